/**
 * Nine size classes over a hole list: a block is taken from a page of blocks of its class, a span,
 * and freed into it, both in constant time. Larger requests go to the hole list.
 *
 * Unlike Theseus, whose blocks stay with their class for good, a span without live blocks goes back
 * to the hole list. Each class keeps one such span, its spare, so that a block that is taken and
 * freed again and again does not cost a span each time. Nothing is refused while there is a spare:
 * all are given back first, and the hole list is asked again.
 *
 * An extent with fewer pages than there are classes has no spans: a few classes would soon own all
 * of it. There, and where the hole list has no aligned page left, a block of a class is a single: a
 * block of the hole list with the size of the class. No page that a single lies in is a span, which
 * is how it is known when it is freed; it goes back to the hole list at once.
 *
 * What may be promised of it:
 *
 * - `alignDefault` 8, `reallocKeepsAlign`, `zeroSize` "block" (the smallest class), `reclaims`:
 *   when everything is freed, all but the spares is holes, and a request that these do not serve
 *   gets the spares too: then there is one hole, the extent.
 * - `availability` is not promised: a span with one live block keeps its page from other classes.
 * - `rejects` nothing. Reported where it is seen for the price of a comparison: a free with the
 *   size of another class, of an address inside a block, or of the block that was freed last.
 */
import { assert, DEAF, demand, failure, type Observer, type Result, success } from "#support";
import type { Address, Alignment, ByteCount, Range } from "#units";
import type { Memory } from "../memory/memory.ts";
import { BlockSpans, type SpanView } from "./block-spans.ts";
import { HoleList, type OutOfMemory } from "./hole-list.ts";
import {
  hasSizeClass,
  SIZE_CLASS_COUNT,
  type SizeClassIndex,
  sizeClassFor,
  sizeOfClass,
} from "./size-class.ts";
import { blocksPerSpan, SPAN_SIZE } from "./span-blocks.ts";
import { NONE, type SpanNumber } from "./span-number.ts";

/** The situations worth reaching. */
export const BLOCK_ALLOCATOR_MARKS: readonly string[] = [
  "block-allocator.span-opened",
  "block-allocator.span-has-room-again",
  "block-allocator.span-kept",
  "block-allocator.span-closed",
  "block-allocator.spares-given-back",
  "block-allocator.single-taken",
  "block-allocator.single-freed",
  "block-allocator.refused",
  "block-allocator.resized-in-place",
  "block-allocator.moved",
];

const SPAN_ALIGN = 4096 as Alignment;
const NO_BLOCK = -1 as Address;
const REFUSED: Result<Address, OutOfMemory> = failure({ kind: "out-of-memory" });

export class BlockAllocator {
  readonly #memory: Memory;
  readonly #holes: HoleList;
  readonly #spans: BlockSpans;
  readonly #hasSpans: boolean;
  readonly #observer: Observer;

  /** Manages what of `extent` lies between two multiples of 8. */
  constructor(memory: Memory, extent: Range, observer: Observer = DEAF) {
    this.#memory = memory;
    this.#holes = new HoleList(memory, extent);
    this.#spans = new BlockSpans(memory, this.#holes.extent());
    this.#hasSpans = this.#holes.extent().size >= SIZE_CLASS_COUNT * SPAN_SIZE;
    this.#observer = observer;
  }

  alloc(size: ByteCount, align: Alignment): Result<Address, OutOfMemory> {
    if (!hasSizeClass(size, align)) return this.#allocLarge(size, align);
    demand(size >= 0, "a size is at least 0");
    demand(align > 0 && (align & (align - 1)) === 0, "an alignment is a power of two");

    const index = sizeClassFor(size, align);
    const span = this.#spans.firstOf(index);
    const start = span === NONE ? this.#extend(index, align) : this.#spans.take(span, index);
    if (start !== NO_BLOCK) return success(start);
    this.#observer.reached("block-allocator.refused");
    return REFUSED;
  }

  allocZeroed(size: ByteCount, align: Alignment): Result<Address, OutOfMemory> {
    const placed = this.alloc(size, align);
    if (placed.ok) this.#memory.fill(placed.value, size, 0);
    return placed;
  }

  /** @throws ContractViolation if the block is seen not to be live, or to have another layout. */
  dealloc(start: Address, size: ByteCount, align: Alignment): void {
    const page = this.#spans.pageAt(start);
    const spanClass = this.#spans.classOf(page);
    if (spanClass === NONE) {
      this.#deallocHoles(start, size, align);
    } else {
      demand(hasSizeClass(size, align), "a block is freed with its own layout");
      const index = sizeClassFor(size, align);
      demand(index === spanClass, "a block is freed with its own layout");

      const live = this.#spans.put(page, index, start);
      if (live === 0) this.#keepOrClose(page, index);
      if (live === blocksPerSpan(index) - 1) {
        this.#observer.reached("block-allocator.span-has-room-again");
      }
    }
  }

  /** Resizes in place where that does, else moves; a refusal leaves the block as it was. */
  realloc(
    start: Address,
    size: ByteCount,
    align: Alignment,
    newSize: ByteCount,
  ): Result<Address, OutOfMemory> {
    if (this.#resize(start, size, align, newSize)) return success(start);
    const moved = this.alloc(newSize, align);
    if (!moved.ok) {
      // The spares that were given back may be what the block could not grow into before.
      return this.#resize(start, size, align, newSize) ? success(start) : moved;
    }

    assert(moved.value !== start, "a block moves to another address");
    this.#memory.copy(moved.value, start, size < newSize ? size : newSize);
    this.dealloc(start, size, align);
    this.#observer.reached("block-allocator.moved");
    return moved;
  }

  /** The bytes that the owner of a block may use: those of its class, or those asked for. */
  usableSize(start: Address, size: ByteCount, align: Alignment): ByteCount {
    if (!hasSizeClass(size, align)) return this.#holes.usableSize(start, size, align);
    return sizeOfClass(sizeClassFor(size, align));
  }

  /** What blocks are taken from: the extent asked for, without half a granule at either end. */
  extent(): Range {
    return this.#holes.extent();
  }

  /** The holes, in the order of the list. */
  holes(): readonly Range[] {
    return this.#holes.holes();
  }

  /** The spans, in address order. */
  spans(): readonly SpanView[] {
    return this.#spans.views();
  }

  /** Equal fingerprints, equal answers from here on. */
  fingerprint(): string {
    const spans = this.spans().map(
      ({ start, blockSize, liveCount, fresh, free, place, isSpare }) =>
        `${start}*${blockSize} ${liveCount} ${fresh} ${free.join(",")} ${place} ${isSpare}`,
    );
    return [this.#holes.fingerprint(), ...spans].join(" | ");
  }

  #allocLarge(size: ByteCount, align: Alignment): Result<Address, OutOfMemory> {
    const first = this.#holes.alloc(size, align);
    if (first.ok) return first;
    const again = this.#giveSparesBack() ? this.#holes.alloc(size, align) : first;
    if (!again.ok) this.#observer.reached("block-allocator.refused");
    return again;
  }

  /** Takes a block of a class none of whose spans has room, or answers `NO_BLOCK`. */
  #extend(index: SizeClassIndex, align: Alignment): Address {
    assert(this.#spans.firstOf(index) === NONE, "a span with room is taken from first");
    const start = this.#takeFromHoles(index, align);
    if (start !== NO_BLOCK || !this.#giveSparesBack()) return start;
    return this.#takeFromHoles(index, align);
  }

  #takeFromHoles(index: SizeClassIndex, align: Alignment): Address {
    const page = this.#hasSpans ? this.#holes.alloc(SPAN_SIZE, SPAN_ALIGN) : REFUSED;
    if (page.ok) {
      this.#observer.reached("block-allocator.span-opened");
      return this.#spans.take(this.#spans.open(page.value, index), index);
    }
    const single = this.#holes.alloc(sizeOfClass(index), align);
    if (!single.ok) return NO_BLOCK;
    this.#observer.reached("block-allocator.single-taken");
    return single.value;
  }

  #deallocHoles(start: Address, size: ByteCount, align: Alignment): void {
    if (hasSizeClass(size, align)) {
      this.#holes.dealloc(start, sizeOfClass(sizeClassFor(size, align)), align);
      this.#observer.reached("block-allocator.single-freed");
    } else {
      this.#holes.dealloc(start, size, align);
    }
  }

  /** Keeps `span`, whose last live block was freed, as its class's spare unless there is one. */
  #keepOrClose(span: SpanNumber, index: SizeClassIndex): void {
    if (this.#spans.spareOf(index) === NONE) {
      this.#spans.keep(span, index);
      this.#observer.reached("block-allocator.span-kept");
    } else {
      this.#close(span, index);
    }
  }

  #close(span: SpanNumber, index: SizeClassIndex): void {
    this.#spans.close(span, index);
    this.#holes.dealloc(this.#spans.startOf(span), SPAN_SIZE, SPAN_ALIGN);
    this.#observer.reached("block-allocator.span-closed");
  }

  /** Gives every spare back to the hole list; answers whether there was one. */
  #giveSparesBack(): boolean {
    let count = 0;
    for (let number = 0; number < SIZE_CLASS_COUNT; number++) {
      const index = number as SizeClassIndex;
      const spare = this.#spans.spareOf(index);
      if (spare !== NONE) this.#close(spare, index);
      if (spare !== NONE) count++;
      assert(this.#spans.spareOf(index) === NONE, "a spare that is given back is no spare");
    }
    if (count > 0) this.#observer.reached("block-allocator.spares-given-back");
    return count > 0;
  }

  /** Gives a block another size where it is, or answers false and changes nothing. */
  #resize(start: Address, size: ByteCount, align: Alignment, newSize: ByteCount): boolean {
    const isClassed = hasSizeClass(size, align);
    if (isClassed !== hasSizeClass(newSize, align)) return false;
    const isInPlace = isClassed
      ? sizeClassFor(size, align) === sizeClassFor(newSize, align)
      : this.#holes.resize(start, size, align, newSize);
    if (isInPlace) this.#observer.reached("block-allocator.resized-in-place");
    return isInPlace;
  }
}
