/** Size classes: which one serves a request, and where the blocks of each lie in a span. */
import {
  blockAt,
  blocksPerSpan,
  hasSizeClass,
  isBlockStart,
  offsetOfBlock,
  SIZE_CLASS_COUNT,
  SIZE_CLASS_SIZE_MAX,
  type SizeClassIndex,
  SPAN_SIZE,
  sizeClassFor,
  sizeOfClass,
} from "#impl";
import type { Address, Alignment, ByteCount } from "#units";
import { assume } from "../assume.ts";
import { isPowerOfTwo } from "../units/power-of-two.ts";

const CLASSES: readonly SizeClassIndex[] = [
  0 as SizeClassIndex,
  1 as SizeClassIndex,
  2 as SizeClassIndex,
  3 as SizeClassIndex,
  4 as SizeClassIndex,
  5 as SizeClassIndex,
  6 as SizeClassIndex,
  7 as SizeClassIndex,
  8 as SizeClassIndex,
];

/**
 * The class of a request is the least whose blocks have the size and the alignment that are asked
 * for: no class with a smaller number has.
 *
 * @proves size-class-for
 * @split index 0..8
 */
export function sizeClassIsLeast(
  size: ByteCount,
  align: Alignment,
  index: SizeClassIndex,
): boolean {
  assume(hasSizeClass(size, align));
  const chosen = sizeClassFor(size, align);
  const isServed = size <= sizeOfClass(index) && align <= sizeOfClass(index);
  return isServed === chosen <= index;
}

/**
 * Every request of at most 2048 bytes at an alignment of at most 2048 has a class, one of nine, and
 * no other has.
 *
 * @proves size-class-for, has-size-class
 */
export function everySmallRequestHasAClass(size: ByteCount, align: Alignment): boolean {
  const isSmall = size <= SIZE_CLASS_SIZE_MAX && align <= SIZE_CLASS_SIZE_MAX;
  return hasSizeClass(size, align) === isSmall && (!isSmall || isClass(sizeClassFor(size, align)));
}

/**
 * A request that asks for no less never gets a smaller class.
 *
 * @proves size-class-for
 */
export function sizeClassIsMonotone(
  size: ByteCount,
  align: Alignment,
  more: ByteCount,
  stricter: Alignment,
): boolean {
  assume(size <= more && align <= stricter && hasSizeClass(more, stricter));
  return sizeClassFor(size, align) <= sizeClassFor(more, stricter);
}

/**
 * Blocks of the first class have 8 bytes, those of each other class twice as many as those of the one
 * before, and those of the last as many as a request that has a class may ask for.
 *
 * @proves size-of-class
 * @split index 0..8
 */
export function classSizesDouble(index: SizeClassIndex): boolean {
  if (index === 0) return sizeOfClass(index) === 8;
  const isTwice = sizeOfClass(index) === 2 * sizeOfClass((index - 1) as SizeClassIndex);
  return isTwice && (index < 8 || sizeOfClass(index) === SIZE_CLASS_SIZE_MAX);
}

/**
 * The blocks of a class fill a span: as many as there are, each of the size of the class, are 4096
 * bytes.
 *
 * @proves blocks-per-span
 * @split index 0..8
 */
export function blocksFillASpan(index: SizeClassIndex): boolean {
  return blocksPerSpan(index) * sizeOfClass(index) === SPAN_SIZE;
}

/**
 * A block's number and its offset say each other: the offset of a number is where a block starts, and
 * every byte of the block, and no byte of another, has its number.
 *
 * @proves block-at, offset-of-block
 * @split index 0..8
 */
export function blockNumbersAndOffsetsAgree(
  index: SizeClassIndex,
  block: ByteCount,
  offset: ByteCount,
): boolean {
  assume(block < blocksPerSpan(index) && offset < SPAN_SIZE);
  const start = offsetOfBlock(block, index);
  const isByte = start <= offset && offset < start + sizeOfClass(index);
  const isStart =
    isBlockStart(offset, index) === (offsetOfBlock(blockAt(offset, index), index) === offset);
  return (blockAt(offset, index) === block) === isByte && isStart && isBlockStart(start, index);
}

/**
 * A block of a span lies in the span, and two blocks of one span have no byte in common.
 *
 * @proves offset-of-block, live-blocks-disjoint
 * @split index 0..8
 */
export function blocksOfASpanAreApart(
  index: SizeClassIndex,
  block: ByteCount,
  other: ByteCount,
): boolean {
  assume(block < blocksPerSpan(index) && other < blocksPerSpan(index));
  const start = offsetOfBlock(block, index);
  const size = sizeOfClass(index);
  const otherStart = offsetOfBlock(other, index);
  const isApart = start + size <= otherStart || otherStart + size <= start;
  return (block === other || isApart) && start + size <= SPAN_SIZE;
}

/**
 * A block of a span, which is a page of 4096 bytes, starts at a multiple of the size of its class.
 *
 * @proves offset-of-block, block-aligned
 * @split index 0..8
 */
export function blocksStartAtMultiplesOfTheirSize(
  index: SizeClassIndex,
  page: Address,
  block: ByteCount,
): boolean {
  assume(block < blocksPerSpan(index) && page <= 2199023255551);
  const start = page * SPAN_SIZE + offsetOfBlock(block, index);
  return start % sizeOfClass(index) === 0;
}

/**
 * The size of the class that serves a request is a multiple of the alignment that is asked for.
 *
 * @proves size-class-for, block-aligned
 * @split align 2^0..2^11
 */
export function classesKeepAlignments(size: ByteCount, align: Alignment): boolean {
  assume(isPowerOfTwo(align) && hasSizeClass(size, align));
  const chosen = sizeClassFor(size, align);
  return CLASSES.some((index) => index === chosen && sizeOfClass(index) % align === 0);
}

/** Whether `index` is that of a class. */
function isClass(index: number): boolean {
  return index < SIZE_CLASS_COUNT;
}
