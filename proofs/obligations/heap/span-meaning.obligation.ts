/**
 * What a chain of free blocks is, said without the predicates of `impl/interpretation`, and that they say the
 * same.
 *
 * Taking and putting back take `isChainAt` and `isHeadOf` for granted and show them again, which they would
 * also do if these said what can never be. So each is tied here, in both directions, to the first words
 * of the blocks and to the order in which they were freed.
 */
import {
  type BlockNumber,
  blockToTake,
  type FreeBlocks,
  hasSizeClass,
  isHeadOf,
  SIZE_CLASS_COUNT,
  SIZE_CLASS_SIZE_MAX,
  sizeClassFor,
  sizeOfClass,
} from "#impl";
import type { Address, Alignment, ByteCount } from "#units";
import { assume } from "../assume.ts";
import { isChainNow, isSpan, type SpanInMemory, startOf } from "./span-in-memory.ts";

/**
 * A free block was live before. The first word of the block that was freed first is 0; that of each other is
 * one more than the number of a free block, the one that was freed right before it: so the chain goes
 * down to the block that was freed first, and comes to no block twice.
 *
 * @proves span-chained
 * @split span.index 0..8
 */
export function freeBlockNamesTheOneBefore(span: SpanInMemory, block: BlockNumber): boolean {
  const { memory, free, fresh, count } = span;
  assume(isSpan(span) && free.has(block) && isChainNow(span, block, block));
  const place = free.get(block);
  const word = memory.readWord(firstWordOf(span, block));
  const before = (word - 1) as BlockNumber;
  const isFreedFirst = place === 0 && word === 0;
  const isFreedLater = word > 0 && free.has(before) && free.get(before) + 1 === place;
  return block < fresh && place < count && (isFreedFirst || isFreedLater);
}

/**
 * No two blocks were freed at the same place in the order.
 *
 * @proves span-chained
 * @split span.index 0..8
 */
export function freeBlocksHaveTheirOwnPlaces(
  span: SpanInMemory,
  block: BlockNumber,
  other: BlockNumber,
): boolean {
  const { free } = span;
  assume(isSpan(span) && isChainNow(span, block, other));
  assume(free.has(block) && free.has(other) && block !== other);
  return free.get(block) !== free.get(other);
}

/**
 * Blocks that were live before, in an order in which no two have the same place, each with 0 in its first word
 * or one more than the number of the block right before it, are a chain.
 *
 * @proves span-chained
 * @split span.index 0..8
 */
export function blocksWithTheirWordsAreAChain(
  span: SpanInMemory,
  block: BlockNumber,
  other: BlockNumber,
): boolean {
  const { memory, free, fresh, count } = span;
  assume(isSpan(span));
  assume(free.every((place, each) => each < fresh && place < count));
  assume(
    !free.has(block) || free.every((place, each) => each === block || place !== free.get(block)),
  );
  assume(
    !free.has(block) ||
      isPlacedBehind(free, free.get(block), memory.readWord(firstWordOf(span, block))),
  );
  return isChainNow(span, block, other);
}

/**
 * A page that was made a span just now has no free block: it is a chain without a head, and the block that is
 * taken is the first of the page.
 *
 * @proves span-chained, span-take
 * @split span.index 0..8
 */
export function newSpanHasNoFreeBlock(
  span: SpanInMemory,
  block: BlockNumber,
  other: BlockNumber,
): boolean {
  assume(isSpan(span) && span.fresh === 0);
  assume(!span.free.some(() => true));
  const isChain = isChainNow(span, block, other) && isHeadOf(span.free, -1, span.count);
  return isChain && blockToTake(-1, span.fresh) === 0;
}

/**
 * Where no block is free, -1 is kept as the one that was freed last, and the number of a block never is.
 *
 * @proves span-chained
 */
export function headIsNoneOnlyIfNoBlockIsFree(free: FreeBlocks, block: BlockNumber): boolean {
  const none = 0 as BlockNumber;
  return isHeadOf(free, -1, none) && !isHeadOf(free, block, none);
}

/**
 * The head of a chain is a free block, and each of the others was freed before it.
 *
 * @proves span-chained
 * @split span.index 0..8
 */
export function headWasFreedLast(
  span: SpanInMemory,
  head: BlockNumber,
  other: BlockNumber,
): boolean {
  const { free, count } = span;
  assume(isSpan(span) && free.has(other) && isChainNow(span, other, head));
  assume(isHeadOf(free, head, count));
  if (!free.has(head)) return false;
  return other === head ? count === free.get(head) + 1 : free.get(other) < free.get(head);
}

/**
 * A free block that every other one was freed before is the head, as many as there are places.
 *
 * @proves span-chained
 */
export function blockThatWasFreedLastIsTheHead(free: FreeBlocks, last: BlockNumber): boolean {
  assume(free.has(last) && free.get(last) < 512);
  const count = (free.get(last) + 1) as BlockNumber;
  return isHeadOf(free, last, count);
}

/**
 * The last of the classes serves exactly those requests that ask for more than half of the largest size, or
 * for more than half of the largest alignment.
 *
 * @proves size-class-for, size-of-class
 */
export function lastClassServesTheLargest(size: ByteCount, align: Alignment): boolean {
  assume(hasSizeClass(size, align));
  const isLarge = 2 * size > SIZE_CLASS_SIZE_MAX || 2 * align > SIZE_CLASS_SIZE_MAX;
  return (sizeClassFor(size, align) === SIZE_CLASS_COUNT - 1) === isLarge;
}

/** The address of the first word of `block`. */
function firstWordOf(span: SpanInMemory, block: BlockNumber): Address {
  return (startOf(span) + block * sizeOfClass(span.index)) as Address;
}

/** Whether `word` is what the block at `place` keeps: 0, or one more than the block at the place before. */
function isPlacedBehind(free: FreeBlocks, place: BlockNumber, word: number): boolean {
  if (place === 0) return word === 0;
  const before = (word - 1) as BlockNumber;
  return word > 0 && free.has(before) && free.get(before) === place - 1;
}
