/**
 * The blocks of a heap as one of its spans has them, and what the table keeps of that span.
 *
 *     table      live, fresh, free, next, previous of the span; first and spare of its class
 *     memory     the free blocks of the span, chained
 *     meaning    { name -> block }: in the span those that were live and are not free, and any others elsewhere
 */
import {
  type BlockNumber,
  blocksPerSpan,
  type FreeBlocks,
  isFirstSpanAt,
  isHeadOf,
  offsetOfBlock,
  type SizeClassIndex,
  type Span,
  type SpanList,
  type SpanStore,
  sizeOfClass,
} from "#impl";
import { type Block, type HeapState, liveBlocks, type Request } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName, ByteCount } from "#units";
import { PROMISES } from "./hole-list-promises.ts";
import { areAround, areListed, isLinkable, type ListInColumns } from "./list-in-columns.ts";
import { isChainNow, isSpan, type Page, type SpanInMemory, startOf } from "./span-in-memory.ts";

/** A span, the table that has it, and the blocks of the heap that it belongs to. */
export interface SpanHeap {
  readonly store: SpanStore;
  readonly span: Span;
  /** What the span is in memory, as `SpanInMemory` has it. */
  readonly page: Page;
  readonly index: SizeClassIndex;
  readonly free: FreeBlocks;
  readonly fresh: BlockNumber;
  readonly count: BlockNumber;
  /** The block that was freed last, where some are free. */
  readonly head: BlockNumber;
  /** The spans of the class that have room. */
  readonly list: SpanList;
}

/** The blocks that are live, those of the span with their numbers, and where the heap lies. */
export interface BlocksOfHeap {
  readonly blocks: FiniteMap<BlockName, Block>;
  readonly numbers: FiniteMap<BlockName, BlockNumber>;
  readonly dead: FiniteMap<BlockName, Address>;
  readonly requested: ByteCount;
  readonly first: Request | undefined;
  readonly start: Address;
  readonly size: ByteCount;
}

/** The span as it lies in memory. */
export function spanOf({ store, page, index, free, fresh, count }: SpanHeap): SpanInMemory {
  return { memory: store.memory, page, index, free, fresh, count };
}

/** Where the span begins. */
export function startOfSpan(heap: SpanHeap): Address {
  return startOf(spanOf(heap));
}

/** The block that was freed last, or -1: what the table keeps. */
export function headNumber({ head, count }: SpanHeap): number {
  return count === 0 ? -1 : head;
}

/** Whether `block` was handed out and is not free. */
export function isLiveBlock({ free, fresh }: SpanHeap, block: BlockNumber): boolean {
  return block < fresh && !free.has(block);
}

/** Whether a live block is counted: fewer blocks are free than were live at some time. */
export function isCountedLive({ fresh, count }: SpanHeap): boolean {
  return count < fresh;
}

/** Whether the table says of the span what it is: how many blocks are live, never were, and are chained. */
export function isKept(heap: SpanHeap): boolean {
  const { store, span, fresh, count } = heap;
  const { live, fresh: freshOf, free: freeOf } = store.columns;
  if (!isSpan(spanOf(heap)) || !isRowOf(store, span)) return false;
  const isCounted = live.read(span) === fresh - count;
  return isCounted && freshOf.read(span) === fresh && freeOf.read(span) === headNumber(heap);
}

/** Whether the free blocks are chained, as far as `named` can tell. */
export function areChained(heap: SpanHeap, named: readonly BlockNumber[]): boolean {
  const span = spanOf(heap);
  const areAt = named.every((one) => named.every((other) => isChainNow(span, one, other)));
  return areAt && isHeadOf(heap.free, headNumber(heap), heap.count);
}

/** Whether `row` is a row of every column that has one for each page, and the class a row of the others. */
export function isRowOf({ columns, first, spare }: SpanStore, row: Span): boolean {
  const { live, fresh, free, next, previous } = columns;
  const isRow = row < live.length && row < fresh.length && row < free.length;
  const areClasses = first.length === 9 && spare.length === 9;
  return isRow && row < next.length && row < previous.length && areClasses;
}

/** The list of the class, as the columns hold it. */
export function listOf({ store, list }: SpanHeap): ListInColumns {
  const { next, previous } = store.columns;
  return { next, previous, list, others: list };
}

/** Whether the span is in the list of its class, well-formed around it as far as `named`, of which it is one, can tell. */
export function isListed(heap: SpanHeap, named: readonly Span[]): boolean {
  const { store, span, index, list } = heap;
  const first = store.first.read(index) as Span;
  if (!areAround(listOf(heap), span, named)) return false;
  if (!areListed(list, listOf(heap), [first, span])) return false;
  const above = store.columns.previous.read(span) as Span;
  return (
    isFirstSpanAt(list, first, above) && named.every((each) => isFirstSpanAt(list, first, each))
  );
}

/**
 * Whether the list of the class is well-formed as far as its first span and `named` can tell, and the span can be put
 * into it if no block of it is free.
 */
export function isLinkableOrListed(heap: SpanHeap, named: readonly Span[]): boolean {
  const { store, span, index, list, fresh, count } = heap;
  const lists = listOf(heap);
  const first = store.first.read(index) as Span;
  const isFull = fresh - count === blocksPerSpan(index);
  const isWell =
    named.every((each) => areListed(list, lists, [first, each])) && areListed(list, lists, named);
  const isFirst =
    isFirstSpanAt(list, first, first) && named.every((each) => isFirstSpanAt(list, first, each));
  return isWell && isFirst && (!isFull || isLinkable(lists, span));
}

/** Whether each block is a live one of the span, with no byte outside of its place there, or lies elsewhere. */
export function areWhereTheyAre(heap: SpanHeap, { blocks, numbers }: BlocksOfHeap): boolean {
  const start = startOfSpan(heap);
  return blocks.every((block, name) => {
    if (block.name !== name) return false;
    if (!numbers.has(name)) {
      return block.start + block.reach <= start || start + 4096 <= block.start;
    }
    const number = numbers.get(name);
    const isThere = block.start === start + offsetOfBlock(number, heap.index);
    return isLiveBlock(heap, number) && isThere && block.reach <= sizeOfClass(heap.index);
  });
}

/** The heap of the specification that has the blocks. */
export function stateOfBlocks(heap: BlocksOfHeap): HeapState {
  const { blocks, dead, requested, first, start, size } = heap;
  return {
    contract: PROMISES,
    extent: [{ start, size }],
    live: liveBlocks(blocks),
    dead,
    requested,
    first,
  };
}

/** Whether the span has a block to take. */
export function hasRoom({ index, fresh, count }: SpanHeap): boolean {
  return count > 0 || fresh < blocksPerSpan(index);
}
