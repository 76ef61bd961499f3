/** A block that is put back into its span, whole: from the words of memory and the cells of the table to the judge. */
import {
  type BlockNumber,
  blocksPerSpan,
  isFirstSpanAt,
  isHeadOf,
  isSpanListAt,
  offsetOfBlock,
  putIntoSpan,
  type Rank,
  SPAN_SIZE,
  type Span,
} from "#impl";
import { type Call, judge, NOTHING_SEEN } from "#spec";
import type { Address, BlockName } from "#units";
import { assume } from "../assume.ts";
import { isAbove } from "./list-in-columns.ts";
import {
  areChained,
  areWhereTheyAre,
  type BlocksOfHeap,
  headNumber,
  isCountedLive,
  isKept,
  isLinkableOrListed,
  isLiveBlock,
  isRowOf,
  type SpanHeap,
  spanOf,
  startOfSpan,
  stateOfBlocks,
} from "./span-heap-in-memory.ts";
import { isChainNow } from "./span-in-memory.ts";

/**
 * A live block of a span that is freed where it starts is found again from its address, and the judge of heaps admits
 * that it is released: what is answered is a dealloc of the specification, with how many blocks of the span are live
 * from then on. How many blocks and spans there are is not bounded.
 *
 * @proves span-put, dealloc, live-block-freeable
 * @split heap.index 0..8
 */
export function wholeSpanPutIsADealloc(
  heap: SpanHeap,
  others: BlocksOfHeap,
  name: BlockName,
): boolean {
  const { store, span, page, index, fresh, count } = heap;
  const { blocks, numbers } = others;
  assume(
    isKept(heap) &&
      isCountedLive(heap) &&
      blocks.has(name) &&
      numbers.has(name) &&
      areWhereTheyAre(heap, others),
  );
  assume(areChained(heap, [heap.head, numbers.get(name)]) && isLinkableOrListed(heap, [span]));
  const { start } = blocks.get(name);
  const first = startOfSpan(heap);
  const left = putIntoSpan(store, span, first, index, start - first);
  const call: Call = { kind: "dealloc", name };
  const verdict = judge(stateOfBlocks(others), call, { kind: "released" }, NOTHING_SEEN);
  const isFound = Math.floor(start / SPAN_SIZE) === page;
  return isFound && left === fresh - count - 1 && verdict.kind === "admitted";
}

/**
 * After a put the table and memory have the block among those that are free, chained and in front: it is not live, and
 * every other one is live exactly if it was.
 *
 * @proves span-put, span-chained
 * @split heap.index 0..8
 */
export function wholeSpanPutKeepsTheSpan(
  heap: SpanHeap,
  block: BlockNumber,
  one: BlockNumber,
  other: BlockNumber,
): boolean {
  const { store, span, index, free, count } = heap;
  assume(isKept(heap) && isCountedLive(heap) && areChained(heap, [heap.head, block, one, other]));
  assume(isLiveBlock(heap, block) && isLinkableOrListed(heap, [span]));
  const wasLive = isLiveBlock(heap, other);
  putIntoSpan(store, span, startOfSpan(heap), index, offsetOfBlock(block, index));
  const now: SpanHeap = {
    ...heap,
    free: free.with(block, count),
    count: (count + 1) as BlockNumber,
    head: block,
  };
  const isChained =
    isChainNow(spanOf(now), one, other) && isHeadOf(now.free, headNumber(now), now.count);
  return isKept(now) && isChained && isLiveBlock(now, other) === (wasLive && other !== block);
}

/**
 * After a put the columns hold the list of the spans of the class with room, to the first of which its cell leads: the
 * same list if the span had room before, and else the list with it above all others.
 *
 * @proves span-put, span-list-well-formed
 * @split heap.index 0..8
 */
export function wholeSpanPutKeepsTheList(
  heap: SpanHeap,
  block: BlockNumber,
  rank: Rank,
  one: Span,
  other: Span,
): boolean {
  const { store, span, index, list, fresh, count } = heap;
  assume(
    isKept(heap) &&
      isCountedLive(heap) &&
      areChained(heap, [heap.head, block]) &&
      isLiveBlock(heap, block),
  );
  assume(isLinkableOrListed(heap, [span, one, other]));
  assume(isAbove(list, rank, [store.first.read(index) as Span, one, other]));
  putIntoSpan(store, span, startOfSpan(heap), index, offsetOfBlock(block, index));
  const { next, previous } = store.columns;
  const wasFull = fresh - count === blocksPerSpan(index);
  const now = wasFull ? list.with(span, rank) : list;
  const first = store.first.read(index);
  return isSpanListAt(now, next, previous, one, other) && isFirstSpanAt(now, first, other);
}

/**
 * A put writes the first word of the block and no other word of memory, and of other spans only links of its list.
 *
 * @proves span-put, only-free-memory-written
 * @split heap.index 0..8
 */
export function wholeSpanPutWritesTheBlockOnly(
  heap: SpanHeap,
  block: BlockNumber,
  row: Span,
  at: Address,
): boolean {
  const { store, span, index } = heap;
  const { memory, columns } = store;
  assume(
    isKept(heap) &&
      isCountedLive(heap) &&
      areChained(heap, [heap.head, block]) &&
      isLiveBlock(heap, block),
  );
  assume(isLinkableOrListed(heap, [span]));
  assume(at % 4 === 0 && memory.start <= at && at + 4 <= memory.start + memory.size);
  assume(row !== span && isRowOf(store, row));
  const offset = offsetOfBlock(block, index);
  const word = memory.readWord(at);
  const live = columns.live.read(row);
  const fresh = columns.fresh.read(row);
  const free = columns.free.read(row);
  putIntoSpan(store, span, startOfSpan(heap), index, offset);
  const isWordKept = memory.readWord(at) === word || at === startOfSpan(heap) + offset;
  const areKept = columns.live.read(row) === live && columns.fresh.read(row) === fresh;
  return isWordKept && areKept && columns.free.read(row) === free;
}
