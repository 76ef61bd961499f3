/**
 * No page is lost, and none is counted twice.
 *
 * A heap's count is the number of its pages: it numbers them from 0 without a gap. To add up the counts of
 * any number of heaps, the theorem is given a running total, `below`: how many pages the heaps below a
 * number have. It says what the running total is after a move; that is again one, and ends with the pages
 * that were granted.
 *
 *     heap       0       1       2       3
 *     count      3       0       2
 *     below      0       3       3       5  = granted
 */
import { type Move, next, type SystemState, uninitialised } from "#spec";
import { type FiniteMap, finiteMap } from "#support";
import { type HeapId, interval, type PageCount } from "#units";
import { assume } from "../assume.ts";
import { canCount, isAdmitted, isSound } from "./invariants.obligation.ts";

/** A running total, as a function: how many pages the heaps below a number have. */
type Below = (heap: HeapId) => number;

/** Whether `below` adds up the counts of all heaps, in order, to the pages that were granted. */
export function addsUp({ heaps, nextHeap, granted }: SystemState, below: Below): boolean {
  return (
    below(0 as HeapId) === 0 &&
    below(nextHeap) === granted &&
    heaps.every(({ count }, heap) => below((heap + 1) as HeapId) === below(heap) + count)
  );
}

/** The same, one heap at a time: for the heap that a theorem names. */
export function addsUpAt({ heaps }: SystemState, below: Below, heap: HeapId): boolean {
  return !heaps.has(heap) || below((heap + 1) as HeapId) === below(heap) + heaps.get(heap).count;
}

/** Whether `below` has a value for each heap and for the end, and the pages of a heap are below all later ones. */
export function isRunning(
  below: FiniteMap<HeapId, PageCount>,
  { heaps, nextHeap, granted }: SystemState,
): boolean {
  return (
    interval<HeapId>(0, nextHeap).every((heap) => below.has(heap) && below.get(heap) <= granted) &&
    heaps.every(({ count }, low) =>
      interval<HeapId>(low + 1, nextHeap).every(
        (high) => below.has(high) && below.has(low) && below.get(low) + count <= below.get(high),
      ),
    )
  );
}

/** The running total after `move`: one more above a heap that gains a page, one less above one that loses it. */
export function belowAfter(
  state: SystemState,
  below: FiniteMap<HeapId, PageCount>,
  move: Move,
): Below {
  const { pages, nextHeap, granted } = state;
  const opens = move.kind === "open" || move.kind === "open-initial";
  const gains = (heap: HeapId): boolean =>
    (move.kind === "grow" || move.kind === "transfer") && move.heap < heap;
  const loses = (heap: HeapId): boolean =>
    (move.kind === "give-back" || move.kind === "transfer") && pages.get(move.page).owner < heap;
  return (heap) => {
    if (opens && heap > nextHeap) return granted;
    return below.get(heap) + (gains(heap) ? 1 : 0) - (loses(heap) ? 1 : 0);
  };
}

/**
 * A system that has not begun has granted no page.
 *
 * @proves pages-conserved
 */
export function beginningAddsUp(heap: HeapId): boolean {
  const zero = finiteMap<HeapId, PageCount>().with(0 as HeapId, 0 as PageCount);
  const state = uninitialised();
  return addsUp(state, (each) => zero.get(each)) && isRunning(zero, state) && heap >= 0;
}

/**
 * After a move the pages of a heap are still below those of all later heaps, and no total is more than the
 * pages that were granted: with the theorem above, it is again a running total.
 *
 * @proves pages-conserved
 * @split move.kind
 */
export function movesKeepTotalRunning(
  state: SystemState,
  below: FiniteMap<HeapId, PageCount>,
  move: Move,
  low: HeapId,
  high: HeapId,
): boolean {
  assume(canCount(state));
  assume(isSound(state));
  assume(isRunning(below, state));
  assume(isAdmitted(state, move));
  const after = next(state, move);
  assume(after.heaps.has(low) && low < high && high <= after.nextHeap);
  const total = belowAfter(state, below, move);
  const isBelow = total(low) + after.heaps.get(low).count <= total(high);
  return isBelow && total(high) <= after.granted;
}
