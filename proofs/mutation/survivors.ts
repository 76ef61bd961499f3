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
      'spec/heap/judge.ts judge : if (finding === "held") observer.reached(rule.name); : finding === "held" -> !(finding === "held")',
    reason: "what an observer hears changes nothing that is judged",
    isSame: false,
  },
  {
    mutant:
      'spec/heap/judge.ts judge : if (finding === "held") observer.reached(rule.name); : finding === "held" -> false',
    reason: "what an observer hears changes nothing that is judged",
    isSame: false,
  },
  {
    mutant:
      'spec/heap/judge.ts judge : if (finding === "held") observer.reached(rule.name); : === -> !==',
    reason: "what an observer hears changes nothing that is judged",
    isSame: false,
  },
  {
    mutant: "spec/heap/rules.ts isInside : : end <= Number.MAX_SAFE_INTEGER; : <= -> <",
    reason: "whether the last byte of all may be had is not claimed",
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
      "impl/heap/hole-merging.ts planMerge : if (belowSize > 0 && belowEnd > start) return undefined; : > -> >=",
    reason:
      "a neighbour of no bytes that starts at or below the freed bytes does not end above them",
    isSame: true,
  },
  {
    mutant:
      "impl/heap/hole-merging.ts planMerge : const joinsBelow = belowSize > 0 && belowEnd === start; : > -> >=",
    reason: "whether a neighbour of no bytes is joined is not claimed: it adds nothing",
    isSame: false,
  },
  {
    mutant:
      "impl/heap/hole-merging.ts planMerge : const joinsAbove = aboveSize > 0 && end === aboveStart; : > -> >=",
    reason: "whether a neighbour of no bytes is joined is not claimed: it adds nothing",
    isSame: false,
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
];
