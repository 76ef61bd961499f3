/**
 * How pages change hands. A heap appends the page that it gets; where a page leaves, the heap's last
 * page takes its number, so that the numbers stay without a gap:
 *
 *     place    0      1      2      3               0      1      2
 *     page   ├─ p ──┼─ q ──┼─ r ──┼─ s ──┤  less q  ├─ p ──┼─ s ──┼─ r ──┤
 *
 * Each function takes for granted that its move is possible and keeps the rules.
 */
import type { HeapId, PageCount, PageNumber, PageUse, PlaceNumber } from "../units/index.ts";
import type { SystemState } from "./state.ts";

/** The system, where `heap` was given `page`, which no heap had. */
export function grow(
  state: SystemState,
  page: PageNumber,
  heap: HeapId,
  use: PageUse,
): SystemState {
  const granted = (state.granted + 1) as PageCount;
  return { ...append(state, page, heap, use), granted };
}

/** The system, where the owner of `page` gave it back. */
export function giveBack(state: SystemState, page: PageNumber): SystemState {
  const granted = (state.granted - 1) as PageCount;
  return { ...remove(state, page), granted };
}

/** The system, where `page` has gone from its owner to `heap`, another one. */
export function transfer(
  state: SystemState,
  page: PageNumber,
  heap: HeapId,
  use: PageUse,
): SystemState {
  return append(remove(state, page), page, heap, use);
}

/** The system, where `page` has another use in the heap that it is in. */
export function exchange(state: SystemState, page: PageNumber, use: PageUse): SystemState {
  const { pages } = state;
  return { ...state, pages: pages.with(page, { ...pages.get(page), use }) };
}

function append(state: SystemState, page: PageNumber, owner: HeapId, use: PageUse): SystemState {
  const { pages, heaps } = state;
  const { isInitial, isClosed, count, pageAt } = heaps.get(owner);
  const place = count as number as PlaceNumber;
  const grown = {
    isInitial,
    isClosed,
    count: (count + 1) as PageCount,
    pageAt: pageAt.with(place, page),
  };
  return {
    ...state,
    pages: pages.with(page, { owner, place, use }),
    heaps: heaps.with(owner, grown),
  };
}

function remove(state: SystemState, page: PageNumber): SystemState {
  const { pages, heaps } = state;
  const { owner, place } = pages.get(page);
  const { isInitial, isClosed, count, pageAt } = heaps.get(owner);
  const lastPlace = (count - 1) as PlaceNumber;
  const lastPage = pageAt.get(lastPlace);
  const rest = {
    isInitial,
    isClosed,
    count: (count - 1) as PageCount,
    pageAt: pageAt.with(place, lastPage).without(lastPlace),
  };
  return {
    ...state,
    pages: pages.with(lastPage, { ...pages.get(lastPage), place }).without(page),
    heaps: heaps.with(owner, rest),
  };
}
