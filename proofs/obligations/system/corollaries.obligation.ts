/**
 * What a reader of a sound system may rely on, one plain sentence at a time.
 *
 * That moves keep the invariants is proved elsewhere, and an invariant that says less may well be kept too.
 * So what the invariants are for is said here in words that are not theirs.
 */
import type { SystemState } from "#spec";
import type { BlockName, HeapId, Key, PageNumber, PlaceNumber } from "#units";
import { assume } from "../assume.ts";
import { isSound } from "./invariants.obligation.ts";

/**
 * Two keys have two heaps, and the heap of a key is no initial one: whoever allocates by a key shares its heap
 * with nobody.
 *
 * @proves key-has-its-own-heap
 */
export function keysHaveHeapsOfTheirOwn(state: SystemState, one: Key, two: Key): boolean {
  const { heaps, keys } = state;
  assume(isSound(state));
  assume(keys.has(one) && keys.has(two));
  const heap = keys.get(one);
  if (!heaps.has(heap) || heaps.get(heap).isInitial) return false;
  return one === two || heap !== keys.get(two);
}

/**
 * Every number below the count of a heap is the number of one of its pages: a heap owns no fewer pages than
 * it counts.
 *
 * @proves places-without-gap, place-has-its-page
 */
export function countedPagesAreOwned(
  state: SystemState,
  heap: HeapId,
  place: PlaceNumber,
): boolean {
  const { heaps, pages } = state;
  assume(isSound(state));
  assume(heaps.has(heap) && place < heaps.get(heap).count);
  const { pageAt } = heaps.get(heap);
  if (!pageAt.has(place)) return false;
  const page = pageAt.get(place);
  return pages.has(page) && pages.get(page).owner === heap && pages.get(page).place === place;
}

/**
 * The heaps are those below the number of the next one, and no others: that number is how many there are.
 *
 * @proves heaps-without-gap
 */
export function heapsAreThoseBelowTheNext(state: SystemState, heap: HeapId): boolean {
  assume(isSound(state));
  return state.heaps.has(heap) === heap < state.nextHeap;
}

/**
 * A system that has not begun has no heap, no page, and no block.
 *
 * @proves nothing-before-the-beginning
 */
export function nothingIsThereBeforeTheBeginning(
  state: SystemState,
  heap: HeapId,
  page: PageNumber,
  name: BlockName,
): boolean {
  assume(isSound(state));
  assume(state.phase === "uninitialised");
  return !state.heaps.has(heap) && !state.pages.has(page) && !state.blocks.has(name);
}
