/** Slab classes: which one serves a request, and where the blocks of each lie in a page. */
import {
  alignOfSlabClass,
  blocksOfSlabClass,
  hasSlabClass,
  NO_START,
  SLAB_ALIGN_MAX,
  SLAB_SIZE,
  SLAB_SIZE_MAX,
  type SlabBlock,
  type SlabClass,
  sizeOfSlabClass,
  slabBlockAt,
  slabClassFor,
  wordsForBlocks,
} from "#impl";
import type { Address, Alignment, ByteCount } from "#units";
import { assume } from "../assume.ts";
import type { Page } from "../heap/span-in-memory.ts";
import { isPowerOfTwo } from "../units/power-of-two.ts";

/** The number of every class. */
const CLASSES: readonly SlabClass[] = [
  0 as SlabClass,
  1 as SlabClass,
  2 as SlabClass,
  3 as SlabClass,
  4 as SlabClass,
  5 as SlabClass,
  6 as SlabClass,
  7 as SlabClass,
  8 as SlabClass,
  9 as SlabClass,
  10 as SlabClass,
  11 as SlabClass,
  12 as SlabClass,
  13 as SlabClass,
  14 as SlabClass,
  15 as SlabClass,
  16 as SlabClass,
  17 as SlabClass,
  18 as SlabClass,
  19 as SlabClass,
  20 as SlabClass,
  21 as SlabClass,
  22 as SlabClass,
  23 as SlabClass,
  24 as SlabClass,
  25 as SlabClass,
  26 as SlabClass,
  27 as SlabClass,
  28 as SlabClass,
  29 as SlabClass,
  30 as SlabClass,
  31 as SlabClass,
];

/**
 * The class of a request is large enough, promises the alignment that is asked for, and is the least that
 * does both.
 *
 * @proves slab-class-for
 * @split align 2^0..2^12
 */
export function slabClassIsLeast(size: ByteCount, align: Alignment): boolean {
  assume(isPowerOfTwo(align) && hasSlabClass(size, align));
  const chosen = slabClassFor(size, align);
  const serves = (each: SlabClass): boolean =>
    size <= sizeOfSlabClass(each) && align <= alignOfSlabClass(each);
  return (
    CLASSES.some((each) => each === chosen && serves(each)) &&
    CLASSES.every((each) => chosen <= each || !serves(each))
  );
}

/**
 * Every request of at most 8168 bytes at an alignment of at most 4096 has a class, one of 32, and no other
 * has.
 *
 * @proves slab-class-for, has-slab-class
 * @split align 2^0..2^52
 */
export function everySlabRequestHasAClass(size: ByteCount, align: Alignment): boolean {
  assume(isPowerOfTwo(align));
  const isSmall = size <= SLAB_SIZE_MAX && align <= SLAB_ALIGN_MAX;
  if (!hasSlabClass(size, align)) return !isSmall;
  const chosen = slabClassFor(size, align);
  return isSmall && 0 <= chosen && chosen < 32;
}

/**
 * A request that asks for more bytes at the same alignment never gets a smaller class.
 *
 * @proves slab-class-for
 * @split align 2^0..2^12
 */
export function slabClassIsMonotone(size: ByteCount, more: ByteCount, align: Alignment): boolean {
  assume(isPowerOfTwo(align) && size <= more && hasSlabClass(more, align));
  return slabClassFor(size, align) <= slabClassFor(more, align);
}

/**
 * The blocks of a page, as many as the class has, end where the words begin that say which of them are
 * free; and these words, one for 32 blocks, are at most as many as one word says which have a 1.
 *
 * @proves slab-page-drawn, blocks-of-slab-class
 * @split index 0..31
 */
export function blocksEndBelowTheirBits(index: SlabClass, block: SlabBlock): boolean {
  assume(block < blocksOfSlabClass(index));
  const words = wordsForBlocks(blocksOfSlabClass(index));
  const end = (block + 1) * sizeOfSlabClass(index);
  return end <= SLAB_SIZE - 16 - 4 * words && words <= 32 && block < 32 * words;
}

/**
 * No page has room for one more block of its class, and for the bit of that block.
 *
 * @proves blocks-of-slab-class
 * @split index 0..31
 */
export function pagesAreUsedWhole(index: SlabClass): boolean {
  const more = blocksOfSlabClass(index) + 1;
  return more * sizeOfSlabClass(index) + 4 * wordsForBlocks(more) + 16 > SLAB_SIZE;
}

/**
 * A block is found where it starts in its page, and nothing is found anywhere else.
 *
 * @proves slab-block-at
 * @split index 0..31
 */
export function slabBlocksAreFoundWhereTheyStart(
  index: SlabClass,
  block: SlabBlock,
  offset: ByteCount,
): boolean {
  assume(block < blocksOfSlabClass(index) && offset < SLAB_SIZE);
  const found = slabBlockAt(offset, index);
  const isStart = offset === block * sizeOfSlabClass(index);
  const isOther = found === NO_START || (0 <= found && found < blocksOfSlabClass(index));
  const isThere = found === NO_START || found * sizeOfSlabClass(index) === offset;
  return (found === block) === isStart && isOther && isThere;
}

/**
 * Two blocks of one page have no byte in common.
 *
 * @proves slab-block-at, live-blocks-disjoint
 * @split index 0..31
 */
export function slabBlocksAreApart(index: SlabClass, block: SlabBlock, other: SlabBlock): boolean {
  assume(block !== other);
  const size = sizeOfSlabClass(index);
  const start = block * size;
  const otherStart = other * size;
  return start + size <= otherStart || otherStart + size <= start;
}

/**
 * Each block of a page, which starts at a multiple of 8192, starts at a multiple of what its class promises.
 *
 * @proves align-of-slab-class, block-aligned
 * @split index 0..31
 */
export function slabBlocksAreAligned(index: SlabClass, page: Page, block: SlabBlock): boolean {
  assume(block < blocksOfSlabClass(index));
  const start = (SLAB_SIZE * page + block * sizeOfSlabClass(index)) as Address;
  return start % alignOfSlabClass(index) === 0;
}
