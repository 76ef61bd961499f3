/** Taking a block of a span and putting it back, from the words of memory to the blocks that live. */
import {
  addressOfBlock,
  type BlockNumber,
  blocksPerSpan,
  blockToTake,
  type FreeBlocks,
  freedBefore,
  isHeadOf,
  keepFreedBefore,
} from "#impl";
import type { Address } from "#units";
import { assume } from "../assume.ts";
import { isChainNow, isSpan, type SpanInMemory, startOf } from "./span-in-memory.ts";

/** A span, and `head`: the block that was freed last, where some are free. */
interface SpanWithHead extends SpanInMemory {
  readonly head: BlockNumber;
}

/**
 * The block that is taken was not live, lies in the span, and is live then; every other block is live
 * afterwards if it was before.
 *
 * @proves span-take, live-blocks-disjoint
 * @split span.index 0..8
 */
export function takingTakesABlockThatIsNotLive(span: SpanWithHead, other: BlockNumber): boolean {
  const { free, fresh, count, index } = span;
  assume(hasRoom(span) && areChained(span, [span.head, fresh, other]));
  const block = blockToTake(headNumber(span), fresh) as BlockNumber;
  const wasLive = isLive(free, fresh, block);
  const isInside = block < blocksPerSpan(index);
  const left = count === 0 ? free : free.without(block);
  const freshNow = count === 0 ? ((block + 1) as BlockNumber) : fresh;
  const isKept = other === block || isLive(left, freshNow, other) === isLive(free, fresh, other);
  return !wasLive && isInside && isLive(left, freshNow, block) && isKept;
}

/**
 * After a block that was free was taken, the others are chained as before, and what is kept as the
 * one that was freed last is the one before it.
 *
 * @proves span-take, span-chained
 * @split span.index 0..8
 */
export function takingKeepsTheChain(
  span: SpanWithHead,
  one: BlockNumber,
  other: BlockNumber,
): boolean {
  const { memory, free, index, head } = span;
  assume(hasRoom(span) && span.count > 0 && areChained(span, [span.head, one, other]));
  const now = freedBefore(memory, addressOfBlock(startOf(span), head, index));
  const left = free.without(head);
  const count = (span.count - 1) as BlockNumber;
  const isChained = isChainNow({ ...span, free: left, count }, one, other);
  return isHeadOf(left, now, count) && isChained;
}

/**
 * After a live block was put back, it is free, and the blocks that are free are chained, this one
 * first.
 *
 * @proves span-put, span-chained
 * @split span.index 0..8
 */
export function puttingKeepsTheChain(
  span: SpanWithHead,
  block: BlockNumber,
  one: BlockNumber,
  other: BlockNumber,
): boolean {
  const { memory, free, fresh, index } = span;
  const named = [span.head, block, one, other];
  assume(isSpan(span) && areChained(span, named) && isLive(free, fresh, block));
  const now = free.with(block, span.count);
  const count = (span.count + 1) as BlockNumber;
  keepFreedBefore(memory, addressOfBlock(startOf(span), block, index), headNumber(span));
  const isChained = isChainNow({ ...span, free: now, count }, one, other);
  return isHeadOf(now, block, count) && isChained;
}

/**
 * Putting a block back writes the first word of the block, and no other word of memory.
 *
 * @proves span-put, only-free-memory-written
 * @split span.index 0..8
 */
export function puttingWritesTheBlockOnly(
  span: SpanWithHead,
  block: BlockNumber,
  at: Address,
): boolean {
  const { memory, index } = span;
  const address = addressOfBlock(startOf(span), block, index);
  assume(isSpan(span) && block < span.fresh);
  assume(at % 4 === 0 && memory.start <= at && at + 4 <= memory.start + memory.size);
  const before = memory.readWord(at);
  keepFreedBefore(memory, address, headNumber(span));
  return memory.readWord(at) === before || at === address;
}

/** Whether the span has a block to take. */
function hasRoom(span: SpanWithHead): boolean {
  const { fresh, count, index } = span;
  return isSpan(span) && (count > 0 || fresh < blocksPerSpan(index));
}

/** The block that was freed last, or -1: what the span table keeps. */
function headNumber({ head, count }: SpanWithHead): number {
  return count === 0 ? -1 : head;
}

/** Whether the free blocks are chained, as far as `named` can tell. */
function areChained(span: SpanWithHead, named: readonly BlockNumber[]): boolean {
  const areAt = named.every((one) => named.every((other) => isChainNow(span, one, other)));
  return areAt && isHeadOf(span.free, headNumber(span), span.count);
}

/** Whether `block` was handed out and is not free. */
function isLive(free: FreeBlocks, fresh: BlockNumber, block: BlockNumber): boolean {
  return block < fresh && !free.has(block);
}
