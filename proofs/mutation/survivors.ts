/**
 * The mutants that are proved as well as the right source, each with the reason.
 *
 * Either the change makes no difference, the two texts mean the same, or no theorem claims what it
 * breaks. The first are no mistakes and are not counted; the second are, against the score.
 */
export interface Survivor {
  readonly mutant: string;
  /** Why it is no mistake, or what is not claimed. */
  readonly reason: string;
  /** Whether the changed text means the same as the right one. */
  readonly isSame: boolean;
}

const NO_MISUSE =
  "no theorem speaks of a free of what is not live: that it is refused where it is seen is tested";

export const SURVIVORS: readonly Survivor[] = [
  {
    mutant:
      "spec/support/assert.ts assert : if (!condition) throw new InvariantViolation(claim); : !condition -> false",
    reason:
      "an assertion that checks nothing is owed nothing: that the assertions hold is proved with the right one",
    isSame: false,
  },
  {
    mutant:
      'spec/support/rule.ts firstBroken : if (finding === "held") observer.reached(rule.name); : finding === "held" -> !(finding === "held")',
    reason: "what an observer hears changes nothing that is judged",
    isSame: false,
  },
  {
    mutant:
      'spec/support/rule.ts firstBroken : if (finding === "held") observer.reached(rule.name); : finding === "held" -> false',
    reason: "what an observer hears changes nothing that is judged",
    isSame: false,
  },
  {
    mutant:
      'spec/support/rule.ts firstBroken : if (finding === "held") observer.reached(rule.name); : === -> !==',
    reason: "what an observer hears changes nothing that is judged",
    isSame: false,
  },
  {
    mutant:
      "impl/heap/hole-surgery.ts carveHole : if (after > 0) writeHole(memory, base, end, after, next); : 0 -> 1",
    reason: "a hole that remains has at least 16 bytes, so none has 1",
    isSame: true,
  },
  {
    mutant: "impl/heap/hole-surgery.ts carveHole : const above = after > 0 ? end : next; : 0 -> 1",
    reason: "a hole that remains has at least 16 bytes, so none has 1",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-surgery.ts carveHole : return linkHole(memory, base, first, below, before > 0 ? hole : above); : 0 -> 1",
    reason: "a hole that remains has at least 16 bytes, so none has 1",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-surgery.ts carveHole : if (before > 0) writeHole(memory, base, hole, before, above); : 0 -> 1",
    reason: "a hole that remains has at least 16 bytes, so none has 1",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-words.ts writeHole : const offset = next === NO_HOLE ? 0 : next - base; : 0 -> 1",
    reason: "any number that is no address does",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-words.ts NO_HOLE : export const NO_HOLE: Address = -1 as Address; : 1 -> 2",
    reason: "any number that is no address does",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-words.ts writeHole : memory.writeWord(hole, Math.floor(size / GRANULE)); : floor -> ceil",
    reason: "sizes and offsets of holes are multiples of 8, so nothing is rounded",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-words.ts writeHole : memory.writeWord((hole + NEXT_OFFSET) as Address, Math.floor(offset / GRANULE)); : floor -> ceil",
    reason: "sizes and offsets of holes are multiples of 8, so nothing is rounded",
    isSame: true,
  },
  {
    mutant:
      "impl/interpretation/hole-set.ts withTail : return size > 0 ? others.with(start, size) : others; : 0 -> 1",
    reason: "a hole that remains has at least 16 bytes, so none has 1",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-surgery.ts resizeHole : if (after > 0) writeHole(memory, base, end, after, next); : 0 -> 1",
    reason: "a hole that remains has at least 16 bytes, so none has 1",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/size-class.ts sizeClassFor : const need = size < align ? align : size; : < -> <=",
    reason: "of two equal numbers it does not matter which is taken",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-surgery.ts resizeHole : return linkHole(memory, base, first, below, after > 0 ? end : next); : 0 -> 1",
    reason: "a hole that remains has at least 16 bytes, so none has 1",
    isSame: true,
  },
  {
    mutant: "impl/heap/span-blocks.ts blocksPerSpan : return MOST_BLOCKS >> index; : >> -> >>>",
    reason: "the number that is shifted is not negative",
    isSame: true,
  },
  {
    mutant: "impl/heap/span-blocks.ts blockAt : return offset >> (3 + index); : >> -> >>>",
    reason: "the number that is shifted is not negative",
    isSame: true,
  },
  {
    mutant:
      "impl/interpretation/span-meaning.ts isChainAt : if (place === 0 || word === 0) return isAlone && place === 0 && word === 0; : || -> &&",
    reason:
      "where only one of the two is 0, the block before would have the number -1 or the place -1, and none has",
    isSame: true,
  },
  {
    mutant:
      "spec/chunks/invariants.ts CHUNK_INVARIANTS : holds: ({ held }) => held.every((chunk, name) => chunk.name === name && chunk.count >= 1), : >= -> >",
    reason:
      "no theorem says that an invariant is true of a state with a chunk of one unit; tests do",
    isSame: false,
  },
  {
    mutant:
      "spec/chunks/invariants.ts CHUNK_INVARIANTS : holds: ({ held }) => held.every((chunk, name) => chunk.name === name && chunk.count >= 1), : 1 -> 2",
    reason:
      "no theorem says that an invariant is true of a state with a chunk of one unit; tests do",
    isSame: false,
  },
  {
    mutant:
      "spec/chunks/invariants.ts CHUNK_INVARIANTS : held.every((one) => held.every((other) => one.name === other.name || !overlaps(one, other))), : every -> some",
    reason:
      "that chunks stay apart is proved of two chunks, in words of the theorem; that this says the same is tested",
    isSame: false,
  },
  {
    mutant:
      "spec/chunks/invariants.ts CHUNK_INVARIANTS : held.every((one) => held.every((other) => one.name === other.name || !overlaps(one, other))), : every -> some (2)",
    reason:
      "that chunks stay apart is proved of two chunks, in words of the theorem; that this says the same is tested",
    isSame: false,
  },
  {
    mutant:
      "spec/chunks/invariants.ts CHUNK_INVARIANTS : held.every((one) => held.every((other) => one.name === other.name || !overlaps(one, other))), : || -> &&",
    reason:
      "that chunks stay apart is proved of two chunks, in words of the theorem; that this says the same is tested",
    isSame: false,
  },
  {
    mutant:
      "spec/chunks/invariants.ts CHUNK_INVARIANTS : held.every((one) => held.every((other) => one.name === other.name || !overlaps(one, other))), : === -> !==",
    reason:
      "that chunks stay apart is proved of two chunks, in words of the theorem; that this says the same is tested",
    isSame: false,
  },
  {
    mutant:
      "spec/chunks/invariants.ts CHUNK_INVARIANTS : held.every((one) => held.every((other) => one.name === other.name || !overlaps(one, other))), : !overlaps(one, other) -> overlaps(one, other)",
    reason:
      "that chunks stay apart is proved of two chunks, in words of the theorem; that this says the same is tested",
    isSame: false,
  },
  {
    mutant:
      "spec/heap/state.ts isLegal : if (live.overlapping(address, 1 as ByteCount, -1 as BlockName)) return false; : 1 -> 2 (2)",
    reason: "the name of a block is at least 0, so -2 is none as well as -1",
    isSame: true,
  },
  {
    mutant:
      "spec/heap/state.ts alignmentDue : return (size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1) as Alignment; : 1 -> 0",
    reason: "the larger of this and of what was asked for counts, and that is at least 1",
    isSame: true,
  },
  {
    mutant: "spec/system/heap-switch.ts NO_PROMISES : roomPages: 0 as PageCount, : 0 -> 1",
    reason: "that nothing is promised by default is tested, and no theorem says it",
    isSame: false,
  },
  {
    mutant: "spec/system/heap-switch.ts NO_PROMISES : roomSize: 0 as ByteCount, : 0 -> 1",
    reason: "where no pages make room, nobody asks how large it is, nor how many pages there are",
    isSame: true,
  },
  {
    mutant: "spec/system/heap-switch.ts NO_PROMISES : roomAlign: 1 as Alignment, : 1 -> 2",
    reason: "where no pages make room, nobody asks how large it is, nor how many pages there are",
    isSame: true,
  },
  {
    mutant: "spec/system/heap-switch.ts NO_PROMISES : roomAlign: 1 as Alignment, : 1 -> 0",
    reason: "where no pages make room, nobody asks how large it is, nor how many pages there are",
    isSame: true,
  },
  {
    mutant: "spec/system/heap-switch.ts NO_PROMISES : pageCount: 0 as PageCount, : 0 -> 1",
    reason: "where no pages make room, nobody asks how large it is, nor how many pages there are",
    isSame: true,
  },
  {
    mutant:
      "spec/system/invariants.ts SYSTEM_INVARIANTS : return place < count && pageAt.has(place) && pageAt.get(place) === page; : < -> <=",
    reason:
      "the invariants together mean the same: place-has-its-page says that a number which has a page is below the count",
    isSame: true,
  },
  {
    mutant:
      "spec/units/address-fields.ts tableIndexOf : return ((high >>> 7) & 511) as TableIndex; : >>> -> >>",
    reason: "the bits that come in from above are masked away",
    isSame: true,
  },
  {
    mutant:
      "spec/units/address-fields.ts tableIndexOf : return ((low >>> 21) & 511) as TableIndex; : >>> -> >>",
    reason: "the bits that come in from above are masked away",
    isSame: true,
  },
  {
    mutant:
      "spec/units/address-fields.ts tableIndexOf : return ((low >>> 12) & 511) as TableIndex; : >>> -> >>",
    reason: "the bits that come in from above are masked away",
    isSame: true,
  },
  {
    mutant:
      'spec/hardware/walk.ts endOfWalk : if (isLeaf(level3, 3)) return { kind: "leaf", level: 3 }; : 3 -> 4',
    reason: "of the levels above the last, every one has the same leaves: the large ones",
    isSame: true,
  },
  {
    mutant:
      'spec/hardware/walk.ts endOfWalk : if (isLeaf(level3, 3)) return { kind: "leaf", level: 3 }; : 3 -> 2',
    reason: "of the levels above the last, every one has the same leaves: the large ones",
    isSame: true,
  },
  {
    mutant:
      'spec/hardware/walk.ts endOfWalk : if (isLeaf(level2, 2)) return { kind: "leaf", level: 2 }; : 2 -> 3',
    reason: "of the levels above the last, every one has the same leaves: the large ones",
    isSame: true,
  },
  {
    mutant:
      'spec/machine/invariants.ts MACHINE_INVARIANTS : if (use === "held") return true; : use === "held" -> false (2)',
    reason: "what is said of pages that wait is true of held ones too, of which nobody asks it",
    isSame: false,
  },
  {
    mutant:
      'spec/machine/invariants.ts MACHINE_INVARIANTS : if (use === "held") return true; : true -> changed < nextChange || !waiting.some(() => true)',
    reason: "what is said of pages that wait is true of held ones too, of which nobody asks it",
    isSame: false,
  },
  {
    mutant:
      'spec/chunks/judge.ts chunksAfter : if (call.kind === "release" && answer.kind === "released") { : && -> ||',
    reason: "of the steps that keep the rules, releases and no others are answered so",
    isSame: true,
  },
  {
    mutant:
      'impl/heap/large-pages.ts largeRequestFor : if (align <= PAGE_SIZE) return { kind: "any" }; : <= -> <',
    reason: "every page begins at a multiple of one page: both requests are for any",
    isSame: true,
  },
  {
    mutant:
      'impl/heap/large-pages.ts largeRequestFor : return { kind: "aligned", align: Math.floor(align / PAGE_SIZE) as UnitCount }; : floor -> ceil',
    reason: "an alignment above a page is a whole number of pages",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/page-list.ts removePage : const beforeHalf = before === NO_LINK ? half : pages.half(before - 1); : - -> +",
    reason: "a take removes the first page of a list, in front of which there is none",
    isSame: false,
  },
  {
    mutant:
      "impl/heap/page-list.ts removePage : const beforeHalf = before === NO_LINK ? half : pages.half(before - 1); : 1 -> 2",
    reason: "a take removes the first page of a list, in front of which there is none",
    isSame: false,
  },
  {
    mutant:
      "impl/heap/page-list.ts removePage : const beforeHalf = before === NO_LINK ? half : pages.half(before - 1); : 1 -> 0",
    reason: "a take removes the first page of a list, in front of which there is none",
    isSame: false,
  },
  {
    mutant:
      'impl/heap/span-steps.ts putIntoSpan : demand(block < columns.fresh.read(span) && live > 0, "a live block is freed"); : < -> <=',
    reason: NO_MISUSE,
    isSame: false,
  },
  {
    mutant:
      'impl/heap/span-steps.ts putIntoSpan : demand(block < columns.fresh.read(span) && live > 0, "a live block is freed"); : && -> ||',
    reason: NO_MISUSE,
    isSame: false,
  },
  {
    mutant:
      'impl/heap/span-steps.ts putIntoSpan : demand(block < columns.fresh.read(span) && live > 0, "a live block is freed"); : > -> >=',
    reason: NO_MISUSE,
    isSame: false,
  },
  {
    mutant:
      "spec/support/assert.ts demand : if (!condition) throw new ContractViolation(claim); : !condition -> false",
    reason: NO_MISUSE,
    isSame: false,
  },
];
