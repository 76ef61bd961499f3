/**
 * Putting a slab page into a list and taking one out, from the words that are written to the list that they
 * mean.
 */
import {
  halfAt,
  hasNoNeighbour,
  isSlabListAt,
  linkPage,
  nextLink,
  previousLink,
  type Rank,
  type SlabNumber,
  unlinkPage,
} from "#impl";
import { assume } from "../assume.ts";
import {
  areListedPages,
  arePlacedApart,
  headLink,
  isFirstNow,
  isHeadOfList,
  isPlacedNow,
  isRankAbove,
  type PageListInMemory,
  pageAfter,
  pageBefore,
} from "./page-list-in-memory.ts";

/**
 * After a page was put in, memory holds the list with the page above all others, to which the head leads.
 *
 * @proves slab-link, slab-list-well-formed
 */
export function puttingInKeepsTheList(
  lists: PageListInMemory,
  first: SlabNumber,
  page: SlabNumber,
  rank: Rank,
  one: SlabNumber,
  other: SlabNumber,
): boolean {
  const { memory, places, head, list } = lists;
  assume(isPlacedNow(lists, page) && !list.has(page));
  assume(isRankAbove(list, rank, [first, one, other]));
  assume(areListedPages(lists, list, [first, one, other]));
  assume(isHeadOfList(lists, [one, other]) && isFirst(lists, first));
  const named = [first, page, one, other, pageAfter(lists, one), pageBefore(lists, one)];
  assume(arePlacedApart(lists, named));
  linkPage(memory, head, page + 1, halfAt(places, page), headLink(lists), halfAt(places, first));
  const now = list.with(page, rank);
  return isSlabListAt(now, memory, places, one, other) && isFirstNow(lists, now, other);
}

/**
 * After a page was taken out, memory holds the list without the page, and the head leads to the first of
 * it, or to none if none is left.
 *
 * @proves slab-unlink, slab-list-well-formed
 */
export function takingOutKeepsTheList(
  lists: PageListInMemory,
  first: SlabNumber,
  page: SlabNumber,
  one: SlabNumber,
  other: SlabNumber,
): boolean {
  const { memory, places, head, list } = lists;
  assume(list.has(page) && areListedPages(lists, list, [page, one, other]));
  const half = halfAt(places, page);
  const after = pageAfter(lists, page);
  const before = pageBefore(lists, page);
  const named = [first, page, one, other, after, before];
  assume(areListedPages(lists, list, named));
  assume(
    arePlacedApart(lists, [
      page,
      one,
      after,
      before,
      pageAfter(lists, one),
      pageBefore(lists, one),
    ]),
  );
  assume(isHeadOfList(lists, [page, before, other]) && headLink(lists) === first + 1);
  const next = nextLink(memory, half);
  const previous = previousLink(memory, half);
  unlinkPage(memory, head, page + 1, previous, halfAt(places, before), next, halfAt(places, after));
  const left = list.without(page);
  return isSlabListAt(left, memory, places, one, other) && isFirstNow(lists, left, other);
}

/**
 * A page of a list has no link to another exactly if it is alone there: of the others that one can name, none
 * is in the list.
 *
 * @proves page-alone, slab-list-well-formed
 */
export function pageWithoutNeighbourIsAlone(
  lists: PageListInMemory,
  page: SlabNumber,
  other: SlabNumber,
): boolean {
  const { memory, places, list } = lists;
  assume(list.has(page) && areListedPages(lists, list, [page, other]));
  const named = [page, other, pageAfter(lists, page), pageBefore(lists, page)];
  if (hasNoNeighbour(memory, halfAt(places, page))) return page === other || !list.has(other);
  return named.some((each) => each !== page && list.has(each));
}

/** Whether `first` is the page that the head leads to; any page if it leads to none. */
function isFirst(lists: PageListInMemory, first: SlabNumber): boolean {
  return (headLink(lists) === 0 || headLink(lists) === first + 1) && isPlacedNow(lists, first);
}
