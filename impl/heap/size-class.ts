/**
 * Bytes to size class, and nothing else.
 *
 *     index   0    1    2    3     4     5     6      7      8
 *     size    8   16   32   64   128   256   512   1024   2048
 *
 * A block of a class starts at a multiple of its size, so a class serves an alignment as well as it
 * serves a size: what counts is the larger of the two. A zero-sized block has a place like any
 * other.
 *
 * Written as comparisons rather than as a count of leading zeros: it costs the same, and a proof
 * needs no word about bits.
 */
import { assert } from "#support";
import type { Alignment, Branded, ByteCount } from "#units";

/**
 * The index of a size class.
 *
 * @range 0..8
 */
export type SizeClassIndex = Branded<"SizeClassIndex">;

export const SIZE_CLASS_COUNT = 9;
export const SIZE_CLASS_SIZE_MIN = 8 as ByteCount;
export const SIZE_CLASS_SIZE_MAX = 2048 as ByteCount;

assert(
  SIZE_CLASS_SIZE_MIN * 2 ** (SIZE_CLASS_COUNT - 1) === SIZE_CLASS_SIZE_MAX,
  "each class is twice the size of the one before",
);

/** Decides whether some class serves `size` bytes at `align`. */
export function hasSizeClass(size: ByteCount, align: Alignment): boolean {
  return size <= SIZE_CLASS_SIZE_MAX && align <= SIZE_CLASS_SIZE_MAX;
}

/** The smallest class that serves `size` bytes at `align`; there is one. */
export function sizeClassFor(size: ByteCount, align: Alignment): SizeClassIndex {
  assert(hasSizeClass(size, align), "only what a class serves is given a class");
  const need = size < align ? align : size;
  if (need <= 8) return 0 as SizeClassIndex;
  if (need <= 16) return 1 as SizeClassIndex;
  if (need <= 32) return 2 as SizeClassIndex;
  if (need <= 64) return 3 as SizeClassIndex;
  if (need <= 128) return 4 as SizeClassIndex;
  if (need <= 256) return 5 as SizeClassIndex;
  if (need <= 512) return 6 as SizeClassIndex;
  if (need <= 1024) return 7 as SizeClassIndex;
  return 8 as SizeClassIndex;
}

/** The size of a block of class `index`. */
export function sizeOfClass(index: SizeClassIndex): ByteCount {
  return (SIZE_CLASS_SIZE_MIN << index) as ByteCount;
}
