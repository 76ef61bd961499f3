/**
 * What a reader of a sound system may rely on, one plain sentence at a time.
 *
 * That moves keep the invariants is proved elsewhere, and an invariant that says less may well be kept too.
 * So what the invariants are for is said here in words that are not theirs.
 */
import { SYSTEM_REQUEST_RULES, type SystemRequest, type SystemState } from "#spec";
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
  if (!heaps.has(heap) || heaps.get(heap).isInitial || heaps.get(heap).isClosed) return false;
  return one === two || heap !== keys.get(two);
}

/**
 * A heap that was closed owns no page and frees no block: nothing of it is left to go wrong.
 *
 * @proves closed-heap-has-nothing, block-of-a-ready-heap
 */
export function closedHeapsOwnNothing(
  state: SystemState,
  heap: HeapId,
  page: PageNumber,
  name: BlockName,
): boolean {
  const { heaps, pages, blocks } = state;
  assume(isSound(state));
  assume(heaps.has(heap) && heaps.get(heap).isClosed);
  if (pages.has(page) && pages.get(page).owner === heap) return false;
  return !blocks.has(name) || blocks.get(name).heap !== heap;
}

/**
 * Where a request is declined and no rule is broken, every page has the owner and the use that it had, or none
 * as before; every block is where it was; every key has the heap that it had.
 *
 * @proves declined-request-without-effect
 */
export function declinedRequestsChangeNothing(
  request: SystemRequest,
  page: PageNumber,
  name: BlockName,
  key: Key,
): boolean {
  const { before, after } = request;
  assume(!request.isGranted);
  if (SYSTEM_REQUEST_RULES.some(({ test }) => test(request) === "broken")) return true;
  if (before.phase !== after.phase || before.granted !== after.granted) return false;
  if (before.nextHeap !== after.nextHeap) return false;
  if (before.pages.has(page) !== after.pages.has(page)) return false;
  if (before.blocks.has(name) !== after.blocks.has(name)) return false;
  if (before.keys.has(key) !== after.keys.has(key)) return false;
  if (before.keys.has(key) && before.keys.get(key) !== after.keys.get(key)) return false;
  if (before.blocks.has(name)) {
    const { first, last, heap } = before.blocks.get(name);
    const now = after.blocks.get(name);
    if (now.first !== first || now.last !== last || now.heap !== heap) return false;
  }
  if (!before.pages.has(page)) return true;
  const { owner, use } = before.pages.get(page);
  return after.pages.get(page).owner === owner && after.pages.get(page).use === use;
}

/**
 * A request that is granted may change anything, and one that is declined and leaves the system as it was breaks
 * no rule of requests.
 *
 * @proves declined-request-without-effect
 */
export function requestsWithoutEffectAreAdmitted(before: SystemState, after: SystemState): boolean {
  const granted = SYSTEM_REQUEST_RULES.every(
    ({ test }) => test({ before, after, isGranted: true }) === "not tested",
  );
  const unchanged = SYSTEM_REQUEST_RULES.every(
    ({ test }) => test({ before, after: before, isGranted: false }) === "held",
  );
  return granted && unchanged;
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
