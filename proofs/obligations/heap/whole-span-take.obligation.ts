/** A block that is taken of a span, whole: from the words of memory and the cells of the table to the judge of heaps. */
import {
  type BlockNumber,
  blocksPerSpan,
  blockToTake,
  isFirstSpanAt,
  isHeadOf,
  isSpanListAt,
  NONE,
  offsetOfBlock,
  type Span,
  sizeOfClass,
  takeOfSpan,
} from "#impl";
import { type Call, judge, NOTHING_SEEN, type Request } from "#spec";
import type { Address, BlockName } from "#units";
import { assume } from "../assume.ts";
import {
  areChained,
  areWhereTheyAre,
  type BlocksOfHeap,
  hasRoom,
  headNumber,
  isKept,
  isListed,
  isLiveBlock,
  isRowOf,
  type SpanHeap,
  spanOf,
  startOfSpan,
  stateOfBlocks,
} from "./span-heap-in-memory.ts";
import { isChainNow } from "./span-in-memory.ts";

/**
 * A block that is taken of a span with room is admitted by the judge of heaps, and has no byte of another, in the span
 * or elsewhere: what is answered is an alloc of the specification, whether it was freed before or never was live, and
 * whether the span has room for another or leaves its list. How many blocks and spans there are is not bounded.
 *
 * @proves span-take, alloc, live-blocks-disjoint, block-aligned, block-in-extent
 * @split heap.index 0..8
 */
export function wholeSpanTakeIsAnAlloc(
  heap: SpanHeap,
  others: BlocksOfHeap,
  request: Request,
  name: BlockName,
): boolean {
  const { store, span, index, fresh } = heap;
  const start = startOfSpan(heap);
  assume(isKept(heap) && hasRoom(heap) && areChained(heap, [heap.head]));
  assume(isListed(heap, [span]));
  assume(others.start <= start && start + 4096 <= others.start + others.size);
  const block = blockToTake(headNumber(heap), fresh);
  assume(request.size <= sizeOfClass(index) && request.align >= 1);
  assume((start + offsetOfBlock(block, index)) % Math.max(request.align, 8) === 0);
  assume(areWhereTheyAre(heap, others));
  const address = takeOfSpan(store, span, start, index);
  const call: Call = { kind: "alloc", name, size: request.size, align: request.align };
  const verdict = judge(stateOfBlocks(others), call, { kind: "placed", address }, NOTHING_SEEN);
  return verdict.kind === "admitted" && address === start + offsetOfBlock(block, index);
}

/**
 * After a take the table and memory have the span without the block that was taken among those that are free: it is
 * live, every other one is live if it was, and those that are free are chained. No block of the class is kept spare
 * if the first one is taken.
 *
 * @proves span-take, span-chained
 * @split heap.index 0..8
 */
export function wholeSpanTakeKeepsTheSpan(
  heap: SpanHeap,
  one: BlockNumber,
  other: BlockNumber,
): boolean {
  const { store, span, index, fresh, count, free } = heap;
  const named = [heap.head, fresh, one, other];
  assume(isKept(heap) && hasRoom(heap) && areChained(heap, named) && isListed(heap, [span]));
  const block = blockToTake(headNumber(heap), fresh) as BlockNumber;
  const wasLive = isLiveBlock(heap, other);
  const wasEmpty = count === fresh;
  takeOfSpan(store, span, startOfSpan(heap), index);
  const now: SpanHeap = {
    ...heap,
    free: count === 0 ? free : free.without(block),
    fresh: (count === 0 ? fresh + 1 : fresh) as BlockNumber,
    count: (count === 0 ? 0 : count - 1) as BlockNumber,
    head: (count < 2 ? 0 : store.columns.free.read(span)) as BlockNumber,
  };
  const isChained =
    isChainNow(spanOf(now), one, other) && isHeadOf(now.free, headNumber(now), now.count);
  const areLive = isLiveBlock(now, other) === (wasLive || other === block);
  const isSpareGone = !wasEmpty || store.spare.read(index) === NONE;
  return isKept(now) && isChained && areLive && isSpareGone;
}

/**
 * After a take the columns hold the list of the spans of the class with room, to the first of which its cell leads:
 * the same list if the span has room still, and else the list without it.
 *
 * @proves span-take, span-list-well-formed
 * @split heap.index 0..8
 */
export function wholeSpanTakeKeepsTheList(heap: SpanHeap, one: Span, other: Span): boolean {
  const { store, span, index, fresh, count, list } = heap;
  assume(isKept(heap) && hasRoom(heap) && areChained(heap, [heap.head]));
  assume(isListed(heap, [span, one, other]));
  takeOfSpan(store, span, startOfSpan(heap), index);
  const { next, previous } = store.columns;
  const hasRoomNow = fresh - count + 1 < blocksPerSpan(index);
  const now = hasRoomNow ? list : list.without(span);
  const first = store.first.read(index);
  return isSpanListAt(now, next, previous, one, other) && isFirstSpanAt(now, first, other);
}

/**
 * A take writes no word of memory, and of other spans only links of its list: how many of their blocks are live, which
 * never were and which was freed last stays as it was.
 *
 * @proves span-take, only-free-memory-written
 * @split heap.index 0..8
 */
export function wholeSpanTakeLeavesOtherSpans(heap: SpanHeap, row: Span, at: Address): boolean {
  const { store, span, index } = heap;
  const { memory, columns } = store;
  assume(isKept(heap) && hasRoom(heap) && areChained(heap, [heap.head]) && isListed(heap, [span]));
  assume(at % 4 === 0 && memory.start <= at && at + 4 <= memory.start + memory.size);
  assume(row !== span && isRowOf(store, row));
  const word = memory.readWord(at);
  const live = columns.live.read(row);
  const fresh = columns.fresh.read(row);
  const free = columns.free.read(row);
  takeOfSpan(store, span, startOfSpan(heap), index);
  const areKept = columns.live.read(row) === live && columns.fresh.read(row) === fresh;
  return memory.readWord(at) === word && areKept && columns.free.read(row) === free;
}
