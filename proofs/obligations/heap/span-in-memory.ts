/** A span in memory: what every theorem about the free blocks of a span is about. */
import {
  type BlockNumber,
  blocksPerSpan,
  type FreeBlocks,
  isChainAt,
  type Memory,
  type SizeClassIndex,
} from "#impl";
import type { Address, Branded } from "#units";

/**
 * A page, by its number: of the first 2^52 bytes.
 *
 * @range 0..2^40-1
 */
export type Page = Branded<"Page">;

/** A span in memory, of which `count` blocks are free and those from `fresh` on never were live. */
export interface SpanInMemory {
  readonly memory: Memory;
  readonly page: Page;
  readonly index: SizeClassIndex;
  readonly free: FreeBlocks;
  readonly fresh: BlockNumber;
  readonly count: BlockNumber;
}

/** The first address of the span. */
export function startOf({ page }: SpanInMemory): Address {
  return (4096 * page) as Address;
}

/** Whether the span lies in memory and its numbers are those of a span. */
export function isSpan(span: SpanInMemory): boolean {
  const { memory, index, fresh, count } = span;
  const start = startOf(span);
  const isInside = memory.start <= start && start + 4096 <= memory.start + memory.size;
  return isInside && index <= 8 && fresh <= blocksPerSpan(index) && count <= fresh;
}

/** Whether the free blocks of the span are chained, as far as `one` and `other` can tell. */
export function isChainNow(span: SpanInMemory, one: BlockNumber, other: BlockNumber): boolean {
  const { memory, index, free, fresh, count } = span;
  return isChainAt(free, memory, startOf(span), index, fresh, count, one, other);
}
