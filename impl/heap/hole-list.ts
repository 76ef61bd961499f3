/**
 * One list of all holes, in address order, kept inside the holes themselves; the first that does is
 * taken. No byte is lost: the holes and the live blocks, their sizes rounded up, are the extent.
 *
 *     offset    0        4        8                16
 *     hole      ├─ size ─┼─ next ─┼─ not used ─────┤ … size bytes in all
 *     block     ├──────────────── payload ─────────┤ … at >payload, without any header
 *
 * Both words count granules of 8 bytes, so that they stay small integers: `size` those of the hole,
 * `next` those from the extent's start to the next hole. `next` is 0 at the end of the list,
 * because a hole at the extent's start is nobody's next. Every hole and block starts at a multiple
 * of 8 and has a multiple of 8 bytes, at least 16. Two words would fit in 8 bytes; 16 is kept so
 * that a request gets the very address that Theseus gives it.
 *
 * What may be promised of it:
 *
 * - `alignDefault` 8, `reallocKeepsAlign`, `zeroSize` "block" (16 bytes), `reclaims`: when
 *   everything is freed there is one hole, the extent.
 * - `availability` with granule 8, minimum 16, overhead 33. Let S be the rounded size. Three things
 *   come between a free run and a block of S bytes:
 *   1. the rounding of the block below it: a block of 1 byte takes 16, so a run of R bytes is a
 *      hole of at least R - 15;
 *   2. the front remainder: at most align + 8, when the address 16 bytes into the hole is 8 above
 *      an aligned one and so waits for the next;
 *   3. the tail: 8 bytes are refused, and all sizes are multiples of 8, so 9 or more are enough.
 *   So a hole of S + align + 8 + 9 bytes serves, and a run of 15 more: S + 33 + align - 1.
 * - `rejects` nothing. A freed block that overlaps a hole, or does not lie in the extent, is always
 *   reported. But a block of 1 byte leaves room for another block's old address within its 16, and
 *   freeing that one again is not always seen.
 */
import { assert, DEAF, demand, failure, type Observer, type Result, success } from "#support";
import {
  type Address,
  type Alignment,
  address,
  advance,
  type ByteCount,
  bytes,
  endOf,
  isAligned,
  isAlignment,
  type Range,
  roundDown,
  roundUp,
} from "#units";
import type { Memory } from "../memory/memory.ts";
import { type Carving, HOLE_SIZE_MIN, planCarving } from "./hole-carving.ts";
import { type Merging, planMerge } from "./hole-merging.ts";
import { planResize } from "./hole-resizing.ts";
import { carveHole, mergeHole, resizeHole } from "./hole-surgery.ts";
import { GRANULE, NO_HOLE, nextOfHole, sizeOfHole, writeHole } from "./hole-words.ts";
import { roundedSize } from "./rounded-size.ts";

/** The one reason for which a legal request is declined. */
export interface OutOfMemory {
  readonly kind: "out-of-memory";
}

/** The situations worth reaching. */
export const HOLE_LIST_MARKS: readonly string[] = [
  "hole-list.exact-fit",
  "hole-list.front-remainder",
  "hole-list.later-hole",
  "hole-list.refused",
  "hole-list.joined-neither",
  "hole-list.joined-below",
  "hole-list.joined-above",
  "hole-list.joined-both",
  "hole-list.grown-in-place",
  "hole-list.shrunk-in-place",
  "hole-list.moved",
];

const REFUSED: Result<Address, OutOfMemory> = failure({ kind: "out-of-memory" });

export class HoleList {
  readonly #memory: Memory;
  readonly #extent: Range;
  readonly #observer: Observer;
  #first: Address;

  /** Manages what of `extent` lies between two multiples of 8. */
  constructor(memory: Memory, extent: Range, observer: Observer = DEAF) {
    const start = roundUp(extent.start, GRANULE);
    const size = roundDown(endOf(extent), GRANULE) - start;
    demand(memory.start <= extent.start, "the extent lies in memory");
    demand(endOf(extent) <= memory.start + memory.size, "the extent lies in memory");
    demand(size < 2 ** 31 * GRANULE, "an offset within the extent is a small integer");

    this.#memory = memory;
    this.#extent = { start: address(start), size: bytes(size < HOLE_SIZE_MIN ? 0 : size) };
    this.#observer = observer;
    this.#first = NO_HOLE;
    if (this.#extent.size > 0) {
      this.#first = this.#extent.start;
      writeHole(memory, this.#first, this.#first, this.#extent.size, NO_HOLE);
    }
  }

  alloc(size: ByteCount, align: Alignment): Result<Address, OutOfMemory> {
    demand(Number.isSafeInteger(size) && size >= 0, "a size is a whole number of bytes");
    demand(isAlignment(align), "an alignment is a power of two");

    const start = this.#take(roundedSize(size), align);
    if (start !== NO_HOLE) return success(start);
    this.#observer.reached("hole-list.refused");
    return REFUSED;
  }

  allocZeroed(size: ByteCount, align: Alignment): Result<Address, OutOfMemory> {
    const placed = this.alloc(size, align);
    if (placed.ok) this.#memory.fill(placed.value, size, 0);
    return placed;
  }

  /** @throws ContractViolation if the block is seen not to be live. */
  dealloc(start: Address, size: ByteCount, align: Alignment): void {
    const blockSize = roundedSize(size);
    this.#demandBlock(start, blockSize, align);
    const below = this.#holeBelow(start);
    const above = this.#holeAfter(below);
    assert(above === NO_HOLE || start < above, "the hole above a block is the next one");
    const belowSize = this.#sizeOf(below);
    const aboveSize = this.#sizeOf(above);
    const merging = planMerge(below, belowSize, start, blockSize, above, aboveSize);
    demand(merging !== undefined, "a block is freed once");

    this.#first = mergeHole(
      this.#memory,
      this.#extent.start,
      this.#first,
      below,
      above,
      merging.start,
      merging.size,
      merging.joinsBelow,
      merging.joinsAbove,
    );
    this.#observer.reached(markOf(merging));
  }

  /** Resizes in place where that does, else moves; a refusal leaves the block as it was. */
  realloc(
    start: Address,
    size: ByteCount,
    align: Alignment,
    newSize: ByteCount,
  ): Result<Address, OutOfMemory> {
    if (this.resize(start, size, align, newSize)) return success(start);
    const moved = this.alloc(newSize, align);
    if (!moved.ok) return moved;

    assert(moved.value !== start, "a block moves to another address");
    this.#memory.copy(moved.value, start, size < newSize ? size : newSize);
    this.dealloc(start, size, align);
    this.#observer.reached("hole-list.moved");
    return moved;
  }

  /** Gives a block another size where it is, or answers false and changes nothing. */
  resize(start: Address, size: ByteCount, align: Alignment, newSize: ByteCount): boolean {
    demand(Number.isSafeInteger(newSize) && newSize >= 0, "a size is a whole number of bytes");
    const blockSize = roundedSize(size);
    this.#demandBlock(start, blockSize, align);
    const below = this.#holeBelow(start);
    const above = this.#holeAfter(below);
    const blockEnd = advance(start, blockSize);
    demand(below === NO_HOLE || below + this.#sizeOf(below) <= start, "a live block is resized");
    demand(above === NO_HOLE || blockEnd <= above, "a live block is resized");

    const isJoined = blockEnd === above;
    const aboveSize = isJoined ? this.#sizeOf(above) : bytes(0);
    const resizing = planResize(blockSize, aboveSize, roundedSize(newSize));
    if (resizing === undefined) return false;
    if (resizing.block === blockSize) return true;

    const next = isJoined ? this.#holeAfter(above) : above;
    this.#first = resizeHole(
      this.#memory,
      this.#extent.start,
      this.#first,
      below,
      next,
      advance(start, resizing.block),
      resizing.after,
    );
    const isGrown = resizing.block > blockSize;
    this.#observer.reached(isGrown ? "hole-list.grown-in-place" : "hole-list.shrunk-in-place");
    return true;
  }

  /** The bytes that the owner of a block may use: those asked for, rounded up. */
  usableSize(start: Address, size: ByteCount, align: Alignment): ByteCount {
    this.#demandBlock(start, roundedSize(size), align);
    return roundedSize(size);
  }

  /** What blocks are taken from: the extent asked for, without half a granule at either end. */
  extent(): Range {
    return this.#extent;
  }

  /** The holes, in the order of the list. */
  holes(): readonly Range[] {
    const holes: Range[] = [];
    for (let hole = this.#first; hole !== NO_HOLE; hole = this.#holeAfter(hole)) {
      holes.push({ start: hole, size: this.#sizeOf(hole) });
    }
    return holes;
  }

  /** Equal fingerprints, equal answers from here on. */
  fingerprint(): string {
    return this.holes()
      .map(({ start, size }) => `${start}+${size}`)
      .join(" ");
  }

  /** Carves the block out of the first hole that does, or answers `NO_HOLE`. */
  #take(size: ByteCount, align: Alignment): Address {
    const memory = this.#memory;
    const base = this.#extent.start;
    let below = NO_HOLE;
    let hole = this.#first;
    while (hole !== NO_HOLE) {
      const carving = planCarving(hole, sizeOfHole(memory, hole), size, align);
      if (carving !== undefined) return this.#carve(below, hole, carving);
      below = hole;
      hole = nextOfHole(memory, base, hole);
    }
    return NO_HOLE;
  }

  #carve(below: Address, hole: Address, { before, block, after }: Carving): Address {
    assert(this.#holeAfter(below) === hole, "a hole that is carved is the one after that below");
    const base = this.#extent.start;
    this.#first = carveHole(this.#memory, base, this.#first, below, hole, before, block, after);
    if (before > 0) this.#observer.reached("hole-list.front-remainder");
    if (after === 0) this.#observer.reached("hole-list.exact-fit");
    if (below !== NO_HOLE) this.#observer.reached("hole-list.later-hole");
    return advance(hole, before);
  }

  /** The last hole that does not start above `start`, or `NO_HOLE`. */
  #holeBelow(start: Address): Address {
    const memory = this.#memory;
    const base = this.#extent.start;
    let below = NO_HOLE;
    let hole = this.#first;
    while (hole !== NO_HOLE && hole <= start) {
      below = hole;
      hole = nextOfHole(memory, base, hole);
    }
    return below;
  }

  /** The hole after `hole`, which is the first hole if that is none. */
  #holeAfter(hole: Address): Address {
    if (hole === NO_HOLE) return this.#first;
    return nextOfHole(this.#memory, this.#extent.start, hole);
  }

  /** The size of `hole`, which is 0 if that is none. */
  #sizeOf(hole: Address): ByteCount {
    return hole === NO_HOLE ? bytes(0) : sizeOfHole(this.#memory, hole);
  }

  #demandBlock(start: Address, blockSize: ByteCount, align: Alignment): void {
    const { start: low, size } = this.#extent;
    demand(start >= low && start + blockSize <= low + size, "a block lies in the extent");
    demand(isAligned(start, GRANULE), "a block starts at a multiple of 8");
    demand(isAligned(start, align), "a block starts at a multiple of its alignment");
  }
}

function markOf({ joinsBelow, joinsAbove }: Merging): string {
  if (joinsBelow) return joinsAbove ? "hole-list.joined-both" : "hole-list.joined-below";
  return joinsAbove ? "hole-list.joined-above" : "hole-list.joined-neither";
}
