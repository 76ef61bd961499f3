/**
 * Mistakes that a heap of slab pages can have, planted in ours one by one: what is right in a file, what
 * somebody could have written instead, and what finds it.
 *
 *     M-01 to M-24     routing, migration, growth, slabs, large blocks, block allocator
 *     M-54 to M-56     resizing, clearing, the switch
 *
 * A rule named `call-returns` says that one of our own assertions found it; then that is named as well.
 */

/** How often a heap is asked for what, so that a mistake shows itself soon. */
export interface Circumstances {
  readonly cores: number;
  readonly memoryBytes: number;
  readonly sizeLimit?: number;
}

export interface PlantedFault {
  readonly mutant: string;
  readonly what: string;
  /** In impl/. */
  readonly file: string;
  /** Stands there once. */
  readonly right: string;
  readonly wrong: string;
  readonly rule: string;
  /** What an assertion says that stops it. */
  readonly reason?: string;
  /** Of the shortest trace that is found. */
  readonly calls: number;
  readonly on: Circumstances;
}

const SMALL: Circumstances = { cores: 2, memoryBytes: 4096 };
const USUAL: Circumstances = { cores: 2, memoryBytes: 65_536 };

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    mutant: "M-01",
    what: "a large block below the area is taken for a page of it",
    file: "heap/slab-area.ts",
    right: "return offset >= 0 && offset < this.#size",
    wrong: "return offset < this.#size",
    rule: "page-changes-told",
    calls: 2,
    on: USUAL,
  },
  {
    mutant: "M-02",
    what: "the page behind the initial heap is taken for one that it lent",
    file: "heap/initial-heap.ts",
    right: "page < this.#behind",
    wrong: "page <= this.#behind",
    rule: "call-returns",
    reason: "ContractViolation: a block lies in the extent",
    calls: 2,
    on: USUAL,
  },
  {
    mutant: "M-03",
    what: "a block is freed into the first heap, whoever has its page",
    file: "heap/block-routing.ts",
    right: "const zone = heaps.zone(heap);",
    wrong: "const zone = heaps.zones()[0] ?? heaps.zone(heap);",
    rule: "call-returns",
    reason: "InvariantViolation: a page that is kept is in the list of its heap",
    calls: 3,
    on: USUAL,
  },
  {
    mutant: "M-04",
    what: "a page that goes to another heap keeps the name of the one before",
    file: "heap/zone-allocator.ts",
    right: "this.#area.setWord(page, slabWord(this.heap, index));\n    this.#add(",
    wrong: `const was = this.#area.word(page);
    const isOther = was >= 32 && was < 2 ** 31;
    const heap = isOther ? (((was >> 5) - 1) as HeapId) : this.heap;
    this.#area.setWord(page, slabWord(heap, index));
    this.#add(`,
    rule: "block-routed-home",
    calls: 9,
    on: SMALL,
  },
  {
    mutant: "M-05",
    what: "a page with live blocks is given away",
    file: "heap/zone-allocator.ts",
    right: "const index = this.#nextGiver(record);\n    const page = this.#store.readWord(emptyAt(",
    wrong: `const index = this.#nextGiver(record);
    const partial = this.#store.readWord(partialAt(record, index)) - 1;
    if (partial >= 0) {
      removePage(this.#area, partialAt(record, index), partial, this.#area.half(partial));
      this.#add(record, PAGE_COUNT_OFFSET, -1);
      return partial;
    }
    const page = this.#store.readWord(emptyAt(`,
    rule: "declined-without-effect",
    calls: 7,
    on: USUAL,
  },
  {
    mutant: "M-06",
    what: "a heap gives a page away at its threshold, not above it",
    file: "heap/zone-allocator.ts",
    right: "EMPTY_COUNT_OFFSET) as Address) <= threshold) return NO_PAGE;",
    wrong: "EMPTY_COUNT_OFFSET) as Address) < threshold) return NO_PAGE;",
    rule: "call-returns",
    reason: "InvariantViolation: there is a class with an empty page",
    calls: 8,
    on: SMALL,
  },
  {
    mutant: "M-10",
    what: "the first page that was never used stays so when it is taken",
    file: "heap/slab-area.ts",
    right: "    this.store.writeWord(this.placeOf(0), fresh + count);\n",
    wrong: "",
    rule: "block-routed-home",
    calls: 1,
    on: SMALL,
  },
  {
    mutant: "M-11",
    what: "one byte more than a class has is served by it",
    file: "heap/class-table.ts",
    right: "const row = align <= 8 ? (size + 7) >> 3",
    wrong: "const row = align <= 8 ? (size + 6) >> 3",
    rule: "live-blocks-disjoint",
    calls: 3,
    on: USUAL,
  },
  {
    mutant: "M-12",
    what: "a block is placed by its size and alignment, and freed by its size alone",
    file: "heap/block-routing.ts",
    right: "if (heaps.classFor(key, size, align) !== index) return",
    wrong: "if (heaps.classFor(key, size, 1 as Alignment) !== index) return",
    rule: "live-block-freeable",
    calls: 3,
    on: USUAL,
  },
  {
    mutant: "M-13",
    what: "the blocks of a page are counted as if nothing were kept of them",
    file: "heap/slab-class.ts",
    right: "10, 8, 7, 6, 5, 4, 3, 3, 2, 1,",
    wrong: "10, 8, 7, 6, 5, 4, 4, 3, 2, 1,",
    rule: "live-block-freeable",
    calls: 6,
    on: { ...USUAL, sizeLimit: 2048 },
  },
  {
    mutant: "M-14",
    what: "a page with one live block counts as empty",
    file: "heap/zone-steps.ts",
    right: "live === 0 ? EMPTIES :",
    wrong: "live <= 1 ? EMPTIES :",
    rule: "call-returns",
    reason: "InvariantViolation: a page that is kept is in the list of its heap",
    calls: 5,
    on: USUAL,
  },
  {
    mutant: "M-15",
    what: "the bits behind the last block of a page are free as well",
    file: "heap/slab-page.ts",
    right: "lowBits(Math.min(32, count - word * 32))",
    wrong: "lowBits(32)",
    rule: "live-blocks-disjoint",
    calls: 4,
    on: USUAL,
  },
  {
    mutant: "M-16",
    what: "the first hole that is large enough is taken, however it is aligned",
    file: "heap/hole-carving.ts",
    right: "const isAligned = holeStart % align === 0;",
    wrong: "const isAligned = holeStart % align >= 0;",
    rule: "block-aligned",
    calls: 1,
    on: USUAL,
  },
  {
    mutant: "M-17",
    what: "a page that changes its class keeps the bits that it had",
    file: "heap/zone-allocator.ts",
    right: "if (!isOwn) {\n      formatPage(this.#store, half, index);",
    wrong: "if (!isOwn) {",
    rule: "live-blocks-disjoint",
    calls: 4,
    on: USUAL,
  },
  {
    mutant: "M-18",
    what: "a page that becomes empty stays among those with live blocks too",
    file: "heap/zone-steps.ts",
    right: "planEmptied(blocksOfSlabClass(index), ",
    wrong: "planEmptied(1, ",
    rule: "call-returns",
    reason: "ContractViolation: a heap was opened",
    calls: 5,
    on: USUAL,
  },
  {
    mutant: "M-19",
    what: "the largest size of a slab counts as large when it is freed",
    file: "heap/block-routing.ts",
    right: "if (heaps.classFor(key, size, align) !== index) return",
    wrong: "if (size >= 8168 || heaps.classFor(key, size, align) !== index) return",
    rule: "live-block-freeable",
    calls: 3,
    on: USUAL,
  },
  {
    mutant: "M-20",
    what: "a large block that is freed stays in the table",
    file: "heap/large-allocations.ts",
    right: "    this.#putNode(this.#blocks.remove(node));\n",
    wrong: "",
    // The table lists the next block on the same page a second time: the page is shown twice, told of once.
    rule: "page-changes-told",
    calls: 4,
    on: USUAL,
  },
  {
    mutant: "M-21",
    what: "the pages of a large block are unmapped, and no core forgets them",
    file: "core/mapper.ts",
    right: "  yield* shootdown.run(cores, core, { first, last, forget }, holding);\n",
    wrong: "",
    rule: "call-returns",
    reason: "InvariantViolation: only words that exist are read",
    calls: 7,
    on: USUAL,
  },
  {
    mutant: "M-22",
    what: "a block that is taken stays free",
    file: "heap/slab-page.ts",
    right: "  memory.writeWord(at, left);\n",
    wrong: "",
    rule: "page-changes-told",
    calls: 3,
    on: USUAL,
  },
  {
    mutant: "M-23",
    what: "what is freed is not put together with the hole above it",
    file: "heap/hole-merging.ts",
    right: "const joinsAbove = aboveSize > 0 && end === aboveStart;",
    wrong: "const joinsAbove = aboveSize < 0 && end === aboveStart;",
    rule: "call-returns",
    reason: "InvariantViolation: holes are in address order and do not touch",
    calls: 2,
    on: USUAL,
  },
  {
    mutant: "M-24",
    what: "a hole that leaves too little for a header is taken, and the rest is lost",
    file: "heap/hole-carving.ts",
    right: "  if (after > 0 && after < HOLE_SIZE_MIN) return undefined;\n",
    wrong: "",
    rule: "call-returns",
    reason: "InvariantViolation: a hole can hold its header",
    calls: 5,
    on: USUAL,
  },
  {
    mutant: "M-54",
    what: "as many bytes are copied as the new block has, not as the old one had",
    file: "heap/combination-heap.ts",
    right: "this.#system?.memory.copy(moved, start, size < newSize ? size : newSize);",
    wrong: "this.#system?.memory.copy(moved, start, newSize);",
    rule: "call-returns",
    reason: "InvariantViolation: only pages that allow it are accessed",
    calls: 3,
    on: USUAL,
  },
  {
    mutant: "M-55",
    what: "the last byte that was asked for is not cleared",
    file: "heap/combination-heap.ts",
    right: "this.#system?.memory.fill(start, size, 0);",
    wrong: "this.#system?.memory.fill(start, Math.max(0, size - 1) as ByteCount, 0);",
    rule: "zeroed-is-zero",
    calls: 3,
    on: USUAL,
  },
  {
    mutant: "M-56",
    what: "the first page that is mapped for heaps is the last of the initial heap",
    file: "heap/heap-system.ts",
    right: "const initialFirst = area.takeFresh(config.initialPages);",
    wrong: "const initialFirst = area.takeFresh(config.initialPages - 1);",
    rule: "page-changes-told",
    calls: 1,
    on: USUAL,
  },
];

/** Mistakes that ours cannot have, and why. */
export const NOT_PLANTED: readonly { readonly mutant: string; readonly why: string }[] = [
  {
    mutant: "M-07",
    why: "no heap has a lock that it could hold while it grows; the original deadlocks, see W-01 and W-32",
  },
  {
    mutant: "M-08",
    why: "growth defers nothing: what a page needs to be kept is in the book before it is mapped",
  },
  {
    mutant: "M-09",
    why: "growth by one page is no mistake here, since bookkeeping takes none of it: it is a configuration",
  },
];
