/**
 * What becomes of the other lists of slab pages when a page comes to one or leaves one: nothing. Which lists
 * there are, how many, and of which heaps, is not bounded.
 */
import {
  halfAt,
  isSlabListAt,
  linkPage,
  nextLink,
  previousLink,
  type SlabList,
  type SlabNumber,
  unlinkPage,
} from "#impl";
import type { Address } from "#units";
import { assume } from "../assume.ts";
import {
  areListedPages,
  arePlacedApart,
  headLink,
  isPlacedNow,
  isWordOf,
  type PageListInMemory,
  pageAfter,
  pageBefore,
} from "./page-list-in-memory.ts";

/** Two lists in one memory, each with a word that leads to its first page. */
interface TwoLists extends PageListInMemory {
  readonly others: SlabList;
  readonly otherHead: Address;
}

/**
 * Putting a page into a list leaves every other list as it is, of whichever class and heap: its pages, their
 * order, and the word that leads to the first of them.
 *
 * @proves slab-link, slab-list-well-formed
 */
export function puttingInLeavesOtherLists(
  lists: TwoLists,
  first: SlabNumber,
  page: SlabNumber,
  one: SlabNumber,
  other: SlabNumber,
): boolean {
  const { memory, places, head, others, otherHead } = lists;
  assume(isPlacedNow(lists, page) && isPlacedNow(lists, first));
  assume(isOther(lists, page) && isOther(lists, first));
  assume(areHeadsApart(lists, [page, first, one]));
  assume(headLink(lists) !== page + 1);
  assume(areListedPages(lists, others, [one, other]));
  assume(arePlacedApart(lists, [page, first, one, below(lists, one), above(lists, one)]));
  const leads = memory.readWord(otherHead);
  linkPage(memory, head, page + 1, halfAt(places, page), headLink(lists), halfAt(places, first));
  return isSlabListAt(others, memory, places, one, other) && memory.readWord(otherHead) === leads;
}

/**
 * Taking a page out of a list leaves every other list as it is, of whichever class and heap: its pages, their
 * order, and the word that leads to the first of them.
 *
 * @proves slab-unlink, slab-list-well-formed
 */
export function takingOutLeavesOtherLists(
  lists: TwoLists,
  page: SlabNumber,
  before: SlabNumber,
  after: SlabNumber,
  one: SlabNumber,
  other: SlabNumber,
): boolean {
  const { memory, places, head, others, otherHead } = lists;
  assume(isPlacedNow(lists, page) && isPlacedNow(lists, before) && isPlacedNow(lists, after));
  assume(isOther(lists, before) && isOther(lists, after));
  const half = halfAt(places, page);
  const next = nextLink(memory, half);
  const previous = previousLink(memory, half);
  const beforeHalf = halfAt(places, before);
  const afterHalf = halfAt(places, after);
  assume(areHeadsApart(lists, [before, after, one]));
  assume(page + 1 === (previous === 0 ? headLink(lists) : nextLink(memory, beforeHalf)));
  assume(areListedPages(lists, others, [one, other]));
  assume(arePlacedApart(lists, [before, after, one, below(lists, one), above(lists, one)]));
  const leads = memory.readWord(otherHead);
  unlinkPage(memory, head, page + 1, previous, beforeHalf, next, afterHalf);
  return isSlabListAt(others, memory, places, one, other) && memory.readWord(otherHead) === leads;
}

/** Whether `page` is no page of the other list. */
function isOther({ others }: TwoLists, page: SlabNumber): boolean {
  return !others.has(page);
}

/** Whether the words that lead to the lists are two, and neither is kept of one of `named`. */
function areHeadsApart(lists: TwoLists, named: readonly SlabNumber[]): boolean {
  const { head, otherHead } = lists;
  const areWords = isWordOf(lists, head) && isWordOf(lists, otherHead) && head !== otherHead;
  return areWords && arePlacedApart({ ...lists, head: otherHead }, named);
}

/** The page that follows `page` in the other list, or else `page` itself. */
function below(lists: TwoLists, page: SlabNumber): SlabNumber {
  return pageAfter({ ...lists, list: lists.others }, page);
}

/** The page that `page` follows in the other list, or else `page` itself. */
function above(lists: TwoLists, page: SlabNumber): SlabNumber {
  return pageBefore({ ...lists, list: lists.others }, page);
}
