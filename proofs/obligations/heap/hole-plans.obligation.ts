/** What the plans of the hole list refuse, what they never refuse, and that they keep to granules. */
import { HOLE_SIZE_MIN, planCarving, planResize, roundedSize } from "#impl";
import type { Address, Alignment, Branded, ByteCount } from "#units";
import { assume } from "../assume.ts";
import { isPowerOfTwo } from "../units/power-of-two.ts";
import { type FreedBetween, planOf } from "./freed-between.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * An address or a size below 2^52, where nothing that a plan adds up is beyond the safe integers.
 *
 * @range 0..2^52-1
 */
type LowAddress = Branded<"LowAddress">;

/**
 * Granules of 8 bytes, as many as lie below 2^52.
 *
 * @range 0..2^49-1
 */
type Granules = Branded<"Granules">;

/**
 * A block takes the least number of bytes that is enough for it and for the header of a hole, and is
 * a whole number of granules.
 *
 * @proves rounded-size
 */
export function roundedSizeIsLeast(size: ByteCount, other: ByteCount): boolean {
  assume(size <= LARGEST - 8);
  const rounded = roundedSize(size);
  const isEnough = rounded >= size && isHoleSize(rounded);
  return isEnough && (other < size || !isHoleSize(other) || rounded <= other);
}

/**
 * A hole is refused only if the block fits nowhere in it: no other place for the block leaves
 * remainders that can hold a header, and no place that does lies in front of the one that is planned.
 *
 * @proves hole-carving, carving-complete
 * @split align 2^0..2^52
 */
export function carvingTakesTheFirstPlaceThatFits(
  holeStart: LowAddress,
  holeSize: LowAddress,
  size: LowAddress,
  align: Alignment,
  front: LowAddress,
): boolean {
  assume(isPowerOfTwo(align) && holeStart % 8 === 0 && isHoleSize(holeSize) && isHoleSize(size));
  const back = holeSize - size - front;
  const isAligned = (holeStart + front) % align === 0;
  const isPlace = isAligned && isHoleSizeOrNothing(front) && isHoleSizeOrNothing(back);
  const carving = planCarving(asBytes(holeStart), asBytes(holeSize), asBytes(size), align);
  return !isPlace || (carving !== undefined && carving.before <= front);
}

/**
 * Where a hole and a block are whole granules of 8 bytes, so is what a carving leaves of the hole.
 *
 * @proves hole-carving
 * @split align 2^0..2^52
 */
export function carvingKeepsToGranules(
  hole: Granules,
  count: Granules,
  block: Granules,
  align: Alignment,
): boolean {
  assume(isPowerOfTwo(align));
  const carving = planCarving(inBytes(hole), inBytes(count), inBytes(block), align);
  return carving === undefined || (carving.before % 8 === 0 && carving.after % 8 === 0);
}

/**
 * What the list promises: a hole that a free run of the rounded size, 33 bytes and one less than the
 * alignment must contain is never refused. The run may begin up to 15 bytes below the hole, inside
 * of what the block in front of it takes. At 2^52 no hole of less than 2^52 bytes is promised.
 *
 * @proves hole-carving, refusal-justified
 * @split align 2^0..2^51
 */
export function promisedRunIsNeverRefused(
  holeStart: LowAddress,
  holeSize: LowAddress,
  inset: LowAddress,
  size: LowAddress,
  align: Alignment,
): boolean {
  assume(isPowerOfTwo(align) && align <= 2251799813685248 && holeStart % 8 === 0);
  assume(isHoleSize(holeSize) && isHoleSize(size));
  assume(inset <= 15 && inset + holeSize >= size + 33 + align - 1);
  const carving = planCarving(asBytes(holeStart), asBytes(holeSize), asBytes(size), align);
  return carving !== undefined;
}

/**
 * A block gets its new size in place exactly if what would follow it is nothing, or can be a hole.
 *
 * @proves hole-resizing, resizing-complete
 */
export function resizingIsRefusedOnlyWhereItMust(
  size: ByteCount,
  aboveSize: ByteCount,
  newSize: ByteCount,
  after: ByteCount,
): boolean {
  assume(size + aboveSize <= LARGEST && newSize <= LARGEST - after);
  const isWhole = newSize + after === size + aboveSize;
  const isPlace = isWhole && (after === 0 || after >= HOLE_SIZE_MIN);
  const resizing = planResize(size, aboveSize, newSize);
  return !isPlace || (resizing !== undefined && resizing.after === after);
}

/**
 * Bytes are refused as freed exactly if one of them is free: then one is the first of them, or the
 * first of the hole above.
 *
 * @proves hole-merging, merging-complete
 */
export function mergingIsRefusedOnlyIfAByteIsFree(freed: FreedBetween, byte: Address): boolean {
  const { belowStart, belowSize, start, size, aboveStart, aboveSize } = freed;
  assume(belowStart <= LARGEST - belowSize && start <= LARGEST - size && size > 0);
  assume(aboveStart <= LARGEST - aboveSize && belowStart <= start && start < aboveStart);
  const merging = planOf(freed);
  const isFreed = start <= byte && byte < start + size;
  const isOfBelow = belowStart <= byte && byte < belowStart + belowSize;
  const isOfAbove = aboveStart <= byte && byte < aboveStart + aboveSize;
  const isStartFree = start < belowStart + belowSize;
  const isAboveFreed = aboveSize > 0 && aboveStart < start + size;
  const isJustified = merging !== undefined || isStartFree || isAboveFreed;
  return isJustified && (merging === undefined || !isFreed || !(isOfBelow || isOfAbove));
}

/** The bytes of some granules. */
function inBytes(granules: Granules): Address & ByteCount {
  return (8 * granules) as Address & ByteCount;
}

/** The same number, as an address or as a size. */
function asBytes(value: LowAddress): Address & ByteCount {
  return value as number as Address & ByteCount;
}

/** Whether a hole can have `size` bytes. */
function isHoleSize(size: number): boolean {
  return size >= HOLE_SIZE_MIN && size % 8 === 0;
}

function isHoleSizeOrNothing(size: number): boolean {
  return size === 0 || isHoleSize(size);
}
