/**
 * Which size class serves a request, and how the blocks of a class lie in a slab page.
 *
 *     index   0 … 7          8 … 11          12 … 15          16 … 19           20 …
 *     size    8, 16 … 64     80, 96 … 128    160, 192 … 256   320, 384 … 512    576 … 8168
 *     blocks  1006 … 127     102 … 63        51 … 31          25 … 15           14 … 1   in a page
 *
 * Up to 512 bytes a class is a quarter larger than the one before at most, but for the first few. Above, it
 * is the largest multiple of 16 of which 14, 12, 10, 8, 7, 6, 5, 4, 3 or 2 fit into a page, and the
 * last class has a page for one block. There are 32, so that a set of classes is one word.
 *
 * A block lies at a multiple of the size of its class, in a page that starts at a multiple of 8192: so it
 * starts at a multiple of the largest power of two that divides the size. That is what the class promises,
 * and a request is given the smallest class that is large enough and promises enough. This depends on
 * the request alone, so whoever frees a block finds the same class again. Class 28 is there for its
 * alignment.
 */
import { assert } from "#support";
import type { Alignment, Branded, ByteCount } from "#units";

/**
 * The index of a size class of slab pages.
 *
 * @range 0..31
 */
export type SlabClass = Branded<"SlabClass">;

export const SLAB_CLASS_COUNT = 32;

/** The most that a class serves: larger requests get pages of their own. */
export const SLAB_SIZE_MAX = 8168;
export const SLAB_ALIGN_MAX = 4096;

/** No block starts there. */
export const NO_START = -1;

const SIZES: readonly number[] = [
  8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 672,
  816, 1008, 1152, 1360, 1632, 2032, 2048, 2720, 4080, 8168,
];
const COUNTS: readonly number[] = [
  1006, 507, 338, 254, 203, 169, 145, 127, 102, 85, 72, 63, 51, 42, 36, 31, 25, 21, 18, 15, 14, 12,
  10, 8, 7, 6, 5, 4, 3, 3, 2, 1,
];
const ALIGNS: readonly number[] = [
  8, 16, 8, 32, 8, 16, 8, 64, 16, 32, 16, 128, 32, 64, 32, 256, 64, 128, 64, 512, 64, 32, 16, 16,
  128, 16, 32, 16, 2048, 32, 16, 4096,
];
/** 2^18 divided by the sizes, rounded up: a product and a shift divide faster than a division. */
const PARTS: readonly number[] = [
  32768, 16384, 10923, 8192, 6554, 5462, 4682, 4096, 3277, 2731, 2341, 2048, 1639, 1366, 1171, 1024,
  820, 683, 586, 512, 456, 391, 322, 261, 228, 193, 161, 130, 128, 97, 65, 33,
];

assert(SIZES.length === SLAB_CLASS_COUNT, "every class has a size");
assert(COUNTS.length === SLAB_CLASS_COUNT, "every class has a number of blocks");
assert(ALIGNS.length === SLAB_CLASS_COUNT, "every class promises an alignment");
assert(
  SIZES.every((size, index) => PARTS[index] === Math.ceil(2 ** 18 / size)),
  "a part is that of its size",
);
assert(SIZES.at(-1) === SLAB_SIZE_MAX, "the last class is the largest");
assert(ALIGNS.at(-1) === SLAB_ALIGN_MAX, "the last class promises the most");

/** Whether some class serves `size` bytes at `align`. */
export function hasSlabClass(size: ByteCount, align: Alignment): boolean {
  return size <= SLAB_SIZE_MAX && align <= SLAB_ALIGN_MAX;
}

/** The smallest class that serves `size` bytes at `align`; there is one. No bytes are served as one is. */
export function slabClassFor(size: ByteCount, align: Alignment): SlabClass {
  assert(size <= SLAB_SIZE_MAX && align <= SLAB_ALIGN_MAX, "what a class serves is given a class");
  const need = size === 0 ? 1 : size;
  if (align <= 8) return classOfSize(need);
  if (align <= 16) return classOfSize(((need + 15) >> 4) << 4);
  const rounded = Math.ceil(need / align) * align;
  const smallest = classOfSize(rounded);
  return alignOfSlabClass(smallest) >= align ? smallest : classAlignedTo(rounded, align);
}

/** Stands for no class. */
export const NO_CLASS: SlabClass = -1 as SlabClass;

/** The smallest class among `classes`, one bit each, that serves a request, or `NO_CLASS`. */
export function slabClassAmong(classes: number, size: ByteCount, align: Alignment): SlabClass {
  if (!hasSlabClass(size, align)) return NO_CLASS;
  const smallest = slabClassFor(size, align);
  for (let index: number = smallest; index < SLAB_CLASS_COUNT; index++) {
    const isThere = ((classes >>> index) & 1) === 1;
    if (isThere && (ALIGNS[index] as number) >= align) return index as SlabClass;
  }
  return NO_CLASS;
}

/** The bytes of each block of class `index`. */
export function sizeOfSlabClass(index: SlabClass): ByteCount {
  return SIZES[index] as ByteCount;
}

/** How many blocks of class `index` lie in a slab page. */
export function blocksOfSlabClass(index: SlabClass): number {
  return COUNTS[index] as number;
}

/** The alignment that every block of class `index` has. */
export function alignOfSlabClass(index: SlabClass): Alignment {
  return ALIGNS[index] as Alignment;
}

/**
 * The number of the block of class `index` that starts `offset` bytes into a page, or `NO_START`.
 *
 * A part of 2^18 that is rounded up is too large by less than 1, so for an offset of `block` times the size
 * the product is too large by less than that offset, which is less than 2^18: the shift is exact there,
 * and whatever it gives elsewhere, the size times that is not the offset.
 */
export function slabBlockAt(offset: number, index: SlabClass): number {
  const block = (offset * (PARTS[index] as number)) >> 18;
  const isStart = block * sizeOfSlabClass(index) === offset;
  return isStart && block < blocksOfSlabClass(index) ? block : NO_START;
}

/** The smallest class of at least `size` bytes, at least 1, whatever it promises. */
function classOfSize(size: number): SlabClass {
  if (size <= 64) return (((size + 7) >> 3) - 1) as SlabClass;
  if (size <= 128) return (((size + 15) >> 4) + 3) as SlabClass;
  if (size <= 256) return (((size + 31) >> 5) + 7) as SlabClass;
  if (size <= 512) return (((size + 63) >> 6) + 11) as SlabClass;
  if (size <= 1008) {
    if (size <= 576) return 20 as SlabClass;
    if (size <= 672) return 21 as SlabClass;
    return (size <= 816 ? 22 : 23) as SlabClass;
  }
  if (size <= 2032) {
    if (size <= 1152) return 24 as SlabClass;
    if (size <= 1360) return 25 as SlabClass;
    return (size <= 1632 ? 26 : 27) as SlabClass;
  }
  if (size <= 2048) return 28 as SlabClass;
  if (size <= 2720) return 29 as SlabClass;
  return (size <= 4080 ? 30 : 31) as SlabClass;
}

/** The smallest class of at least `size` bytes, a multiple of `align`, where the first does not do. */
function classAlignedTo(size: number, align: Alignment): SlabClass {
  if (size <= 1152 && align <= 128) return 24 as SlabClass;
  if (size <= 1632 && align <= 32) return 26 as SlabClass;
  if (size <= 2048 && align <= 2048) return 28 as SlabClass;
  if (size <= 2720 && align <= 32) return 29 as SlabClass;
  return 31 as SlabClass;
}
