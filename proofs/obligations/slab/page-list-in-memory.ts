/**
 * A memory that holds a list of slab pages: what every theorem about such lists is about.
 *
 * The list has any number of pages. A theorem takes for granted that the pages which it names are
 * well-formed with each other, and shows the same of any two afterwards: so the step keeps a list
 * well-formed, whatever else is in it.
 */
import {
  type Column,
  halfAt,
  isFirstSlabAt,
  isPlaced,
  isSlabListAt,
  type Memory,
  NO_LINK,
  nextLink,
  previousLink,
  type Rank,
  type SlabList,
  type SlabNumber,
} from "#impl";
import type { Address } from "#units";

/** The memory, where the word lies that leads to the first page, and the pages of the list. */
export interface PageListInMemory {
  readonly memory: Memory;
  readonly places: Column;
  readonly head: Address;
  readonly list: SlabList;
}

/** The link in the word at the head. */
export function headLink({ memory, head }: PageListInMemory): number {
  return memory.readWord(head);
}

/** Whether the head is a word of memory, which leads to the first page as far as `named` can tell. */
export function isHeadOfList(lists: PageListInMemory, named: readonly SlabNumber[]): boolean {
  return isWordOf(lists, lists.head) && named.every((each) => isFirstNow(lists, lists.list, each));
}

/** Whether the word at the head leads to the first page of `list`, as far as `other` can tell. */
export function isFirstNow(lists: PageListInMemory, list: SlabList, other: SlabNumber): boolean {
  return isFirstSlabAt(list, headLink(lists), other);
}

/** Whether memory holds `list` as far as `named` can tell. */
export function areListedPages(
  { memory, places }: PageListInMemory,
  list: SlabList,
  named: readonly SlabNumber[],
): boolean {
  return named.every((x) => named.every((y) => isSlabListAt(list, memory, places, x, y)));
}

/** Whether `named` are placed apart from each other and from the word at the head. */
export function arePlacedApart(lists: PageListInMemory, named: readonly SlabNumber[]): boolean {
  const { places, head } = lists;
  return named.every((x) => {
    if (!isPlacedNow(lists, x)) return true;
    const half = halfAt(places, x);
    const isApart = head + 4 <= half || half + 4096 <= head;
    return (
      isApart && named.every((y) => x === y || !isPlacedNow(lists, y) || half !== halfAt(places, y))
    );
  });
}

/** Whether what is kept of `page` lies in memory. */
export function isPlacedNow({ memory, places }: PageListInMemory, page: SlabNumber): boolean {
  return isPlaced(memory, places, page);
}

/** Whether `rank` is above those of `named`. */
export function isRankAbove(list: SlabList, rank: Rank, named: readonly SlabNumber[]): boolean {
  return named.every((each) => !list.has(each) || list.get(each) < rank);
}

/** The page that follows `page`, if both are in the list, or else `page` itself. */
export function pageAfter(lists: PageListInMemory, page: SlabNumber): SlabNumber {
  if (!lists.list.has(page)) return page;
  const link = nextLink(lists.memory, halfAt(lists.places, page));
  return link === NO_LINK ? page : ((link - 1) as SlabNumber);
}

/** The page that `page` follows, if both are in the list, or else `page` itself. */
export function pageBefore(lists: PageListInMemory, page: SlabNumber): SlabNumber {
  if (!lists.list.has(page)) return page;
  const link = previousLink(lists.memory, halfAt(lists.places, page));
  return link === NO_LINK ? page : ((link - 1) as SlabNumber);
}

/** Whether `at` is the address of a word of memory. */
export function isWordOf({ memory }: PageListInMemory, at: Address): boolean {
  const isInside = memory.start <= at && at + 4 <= memory.start + memory.size;
  return isInside && at % 4 === 0;
}
