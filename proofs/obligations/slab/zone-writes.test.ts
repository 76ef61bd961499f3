/** Real heaps make the steps that the theorems are about: they write the same words, and no others. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  emptyAt,
  formatPage,
  halfAt,
  linkPage,
  MAY_OFFSET,
  nextLink,
  noteEmpty,
  PlainColumn,
  PlainMemory,
  planLess,
  previousLink,
  SLAB_SIZE,
  SlabArea,
  type SlabClass,
  unlinkPage,
  withClass,
  ZoneAllocator,
} from "#impl";
import { uninitialised } from "#spec";
import { DEAF } from "#support";
import type { Address, HeapId, PageNumber } from "#units";
import { disown, type HeapsInMemory, own, recordOfHeap } from "./heaps-in-memory.ts";
import { slabClasses } from "./slab.arbitrary.ts";

const PAGES = 8;

/** An area with two heaps, and the same words once more, on which the steps are made. */
class TwoHeaps {
  readonly memory: PlainMemory = new PlainMemory(PAGES * SLAB_SIZE);
  readonly area: SlabArea;
  readonly zones: readonly ZoneAllocator[];
  readonly copy: PlainMemory = new PlainMemory(PAGES * SLAB_SIZE);
  readonly all: HeapsInMemory;
  readonly places: PlainColumn = rows(PAGES, (page) => 2 * page + 1);

  constructor() {
    const size = { pageCount: PAGES, heapCount: 2, bucketCount: 0, noteBytes: 0 };
    this.area = new SlabArea(this.memory, 0 as Address, size);
    this.zones = [0, 1].map((heap) => new ZoneAllocator(this.area, heap as HeapId, DEAF));
    this.copy.bytes().set(this.memory.bytes());
    const records = rows(2, (heap) => this.area.placeOf(this.area.recordOf(heap)) / 512);
    const words = rows(PAGES, (page) => 16 + page);
    this.all = { memory: this.copy, words, records, system: uninitialised() };
  }

  /** What `refill` is: the page's blocks, whose it is, and the list of empty ones. */
  refilled(page: number, heap: number, index: SlabClass): void {
    const record = recordOfHeap(this.all, heap as HeapId);
    const half = halfAt(this.places, page);
    formatPage(this.copy, half, index);
    own(this.all, page as PageNumber, heap as HeapId, index);
    const first = this.copy.readWord(emptyAt(record, index));
    const may = withClass(this.copy.readWord((record + MAY_OFFSET) as Address), index);
    linkPage(this.copy, emptyAt(record, index), page + 1, half, first, this.halfOf(first, half));
    noteEmpty(this.copy, record, 1, may);
  }

  /** What `give` is: the list of empty ones, and how many pages there are. */
  given(page: number, heap: number, index: SlabClass): void {
    const record = recordOfHeap(this.all, heap as HeapId);
    const half = halfAt(this.places, page);
    const [before, after] = [previousLink(this.copy, half), nextLink(this.copy, half)];
    const may = this.copy.readWord((record + MAY_OFFSET) as Address);
    const head = emptyAt(record, index);
    const [beforeHalf, afterHalf] = [this.halfOf(before, half), this.halfOf(after, half)];
    unlinkPage(this.copy, head, page + 1, before, beforeHalf, after, afterHalf);
    noteEmpty(this.copy, record, -1, planLess(may, index, this.copy.readWord(head)));
    disown(this.all, heap as HeapId);
  }

  halfOf(link: number, otherwise: Address): Address {
    return link === 0 ? otherwise : halfAt(this.places, link - 1);
  }
}

function rows(count: number, cell: (row: number) => number): PlainColumn {
  return new PlainColumn(Int32Array.from({ length: count }, (_, row) => cell(row)));
}

/** A page that a heap is given, as one of a class, or that the heap which has it lets go of. */
const wishes = fc.array(fc.tuple(fc.integer({ min: 1, max: PAGES - 1 }), fc.nat(1), slabClasses), {
  maxLength: 30,
  size: "max",
});

test("a heap that is given a page, or lets go of one, writes the words of these steps and no others", () => {
  let count = 0;
  const property = fc.property(wishes, (calls) => {
    const scene = new TwoHeaps();
    const owners = new Map<number, { heap: number; index: SlabClass }>();
    for (const [page, heap, index] of calls) {
      const owner = owners.get(page);
      if (owner === undefined) {
        scene.zones[heap]?.refill(page, index);
        scene.refilled(page, heap, index);
        owners.set(page, { heap, index });
      } else {
        scene.zones[owner.heap]?.give(page);
        scene.given(page, owner.heap, owner.index);
        owners.delete(page);
      }
      count += 1;

      expect(Buffer.compare(scene.memory.bytes(), scene.copy.bytes())).toBe(0);
    }
  });

  fc.assert(property, { seed: 1, numRuns: 100 });

  expect(count).toBeGreaterThan(500);
});
