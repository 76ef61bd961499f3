/**
 * One zone over one run of memory, as an allocator of its own: what a heap is without others to ask.
 *
 *     extent    ├─ book ─┼─ pages that were taken … ─┼─ pages that never were ─┤
 *
 * A request that no page serves takes the next page of the extent; one that is larger than the largest
 * class is refused. Pages stay once they were taken, and change their class as they are needed.
 *
 * What may be promised of it: `alignDefault` 8, `alignMax` 4096, `reallocKeepsAlign`, `zeroSize` "block",
 * `reclaims`, and `rejects` of all misuse but a wrong layout of the right class, which does no harm.
 */
import { DEAF, demand, failure, type Observer, type Result, success } from "#support";
import {
  type Address,
  type Alignment,
  type ByteCount,
  bytes,
  type HeapId,
  type Range,
} from "#units";
import type { PagedMemory } from "../memory/memory.ts";
import {
  FREED,
  type Freed,
  NOT_A_START,
  NOT_ITS_LAYOUT,
  NOT_LIVE_NOW,
  NOT_OURS,
} from "./free-refusal.ts";
import { classOfWord, isSlabWord } from "./heap-map.ts";
import type { OutOfMemory } from "./hole-list.ts";
import { NO_PAGE, OUTSIDE, offsetInPage, pageOfOffset, SlabArea } from "./slab-area.ts";
import {
  hasSlabClass,
  NO_START,
  type SlabClass,
  sizeOfSlabClass,
  slabBlockAt,
  slabClassFor,
} from "./slab-class.ts";
import { NOT_LIVE, SLAB_SIZE } from "./slab-page.ts";
import { ZoneAllocator } from "./zone-allocator.ts";
import { NO_BLOCK } from "./zone-steps.ts";

const REFUSED: Result<Address, OutOfMemory> = failure({ kind: "out-of-memory" });

export class ZoneHeap {
  readonly area: SlabArea;
  readonly zone: ZoneAllocator;
  readonly #memory: PagedMemory;

  /** Manages the whole pages of `extent`, which starts at a multiple of 8192 and is zero. */
  constructor(memory: PagedMemory, extent: Range, observer: Observer = DEAF) {
    const pageCount = Math.floor(extent.size / SLAB_SIZE);
    this.#memory = memory;
    this.area = new SlabArea(memory, extent.start, {
      pageCount,
      heapCount: 1,
      bucketCount: 0,
      noteBytes: 0,
    });
    this.zone = new ZoneAllocator(this.area, 0 as HeapId, observer);
  }

  alloc(size: ByteCount, align: Alignment): Result<Address, OutOfMemory> {
    const start = this.take(size, align);
    return start === NO_BLOCK ? REFUSED : success(start);
  }

  /** Takes a block; answers where it starts, or `NO_BLOCK`. */
  take(size: ByteCount, align: Alignment): Address {
    demand(size >= 0, "a size is at least 0");
    if (!hasSlabClass(size, align)) return NO_BLOCK;
    const index = slabClassFor(size, align);
    const offset = this.zone.take(index);
    return this.area.addressOf(offset === NO_BLOCK ? this.#takeFromFresh(index) : offset);
  }

  allocZeroed(size: ByteCount, align: Alignment): Result<Address, OutOfMemory> {
    const placed = this.alloc(size, align);
    if (placed.ok) this.#memory.fill(placed.value, size, 0);
    return placed;
  }

  dealloc(start: Address, size: ByteCount, align: Alignment): Freed {
    const offset = this.area.offsetOf(start);
    if (offset === OUTSIDE) return NOT_OURS;
    const page = pageOfOffset(offset);
    const word = this.area.word(page);
    if (!isSlabWord(word)) return NOT_OURS;
    const index = classOfWord(word);
    const block = slabBlockAt(offsetInPage(offset), index);
    if (block === NO_START) return NOT_A_START;
    if (!isOfClass(size, align, index)) return NOT_ITS_LAYOUT;
    return this.zone.put(page, index, block) === NOT_LIVE ? NOT_LIVE_NOW : FREED;
  }

  /** Resizes in place where the class stays, else moves; a refusal leaves the block as it was. */
  realloc(
    start: Address,
    size: ByteCount,
    align: Alignment,
    newSize: ByteCount,
  ): Result<Address, OutOfMemory> {
    if (!hasSlabClass(newSize, align)) return REFUSED;
    if (isOfClass(size, align, slabClassFor(newSize, align))) return success(start);
    const moved = this.alloc(newSize, align);
    if (!moved.ok) return moved;
    this.#memory.copy(moved.value, start, size < newSize ? size : newSize);
    const freed = this.dealloc(start, size, align);
    demand(freed.ok, "a block that is resized is live");
    return moved;
  }

  /** The bytes that the owner of the block at `start` may use. */
  usableSize(start: Address): ByteCount {
    const page = this.area.pageAt(start);
    demand(page !== NO_PAGE, "a block lies in the area");
    return sizeOfSlabClass(classOfWord(this.area.word(page)));
  }

  /** Where blocks may lie. */
  extent(): Range {
    const start = this.area.startOf(this.area.bookPages);
    return { start, size: bytes((this.area.pageCount - this.area.bookPages) * SLAB_SIZE) };
  }

  #takeFromFresh(index: SlabClass): number {
    const page = this.area.takePage();
    if (page === NO_PAGE) return NO_BLOCK;
    this.zone.refill(page, index);
    return this.zone.take(index);
  }
}

/** Whether class `index` serves `size` bytes at `align`, and no smaller one does. */
function isOfClass(size: ByteCount, align: Alignment, index: SlabClass): boolean {
  return hasSlabClass(size, align) && slabClassFor(size, align) === index;
}
