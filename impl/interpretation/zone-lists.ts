/**
 * What the lists of a heap mean: which of its slab pages is in which, and what a plan makes of that. In the
 * dialect, for any number of pages.
 *
 *     words     head ──► page ──► page ──► 0, a list for each class │ kept
 *     meaning   { page -> class } of those that are partial, and of those that are empty
 *
 * A page is where its number of live blocks says, with one exception: a page that is kept has no live
 * block and is among the partial ones, alone of its class, and the class is noted.
 */
import { assert, type FiniteMap } from "#support";
import type { SlabClass } from "../heap/slab-class.ts";
import { EMPTIES, EMPTIES_AT_ONCE, JOINS, KEPT, LEAVES } from "../heap/zone-plans.ts";
import type { SlabNumber } from "./page-list-meaning.ts";
import type { SlabBlock } from "./slab-page-meaning.ts";

/** Of which class a page is, how many blocks it has, one at least, and how many of these are live. */
export interface ZonePage {
  readonly index: SlabClass;
  readonly count: SlabBlock;
  readonly live: SlabBlock;
}

/** The pages of a heap, those in its lists by the class that the list is of, and the classes noted. */
export interface ZoneLists {
  readonly pages: FiniteMap<SlabNumber, ZonePage>;
  readonly partial: FiniteMap<SlabNumber, SlabClass>;
  readonly empty: FiniteMap<SlabNumber, SlabClass>;
  readonly kept: FiniteMap<SlabClass, boolean>;
}

/** Whether every page is in the list that its live blocks say, and in no other, and nothing else is listed. */
export function areListsRight(lists: ZoneLists): boolean {
  const { pages, partial, empty } = lists;
  return (
    pages.every((_, page) => isListedRight(lists, page)) &&
    partial.every((_, page) => pages.has(page)) &&
    empty.every((_, page) => pages.has(page)) &&
    isAloneWhereNoted(lists)
  );
}

/** Whether `page`, one of the pages, is in the list that its live blocks say. */
export function isListedRight(
  { pages, partial, empty, kept }: ZoneLists,
  page: SlabNumber,
): boolean {
  const { index, count, live } = pages.get(page);
  if (count === 0) return false;
  if (live === 0 && !partial.has(page)) return empty.has(page) && empty.get(page) === index;
  if (empty.has(page)) return false;
  if (live === count) return !partial.has(page);
  const isPartial = partial.has(page) && partial.get(page) === index;
  return isPartial && live < count && (live > 0 || kept.has(index));
}

/** Whether no page of the partial ones of `index` is another than `page`. */
export function isAloneIn({ partial }: ZoneLists, page: SlabNumber, index: SlabClass): boolean {
  return partial.every((other, each) => other !== index || each === page);
}

/** The lists once `plan`, made of `page`, was carried out. */
export function carriedOut(lists: ZoneLists, page: SlabNumber, plan: number): ZoneLists {
  const { index } = lists.pages.get(page);
  if (plan === LEAVES) return left(lists, page, index);
  if (plan === JOINS) return joined(lists, page, index);
  if (plan === EMPTIES) return emptied(left(lists, page, index), page, index);
  if (plan === EMPTIES_AT_ONCE) return emptied(lists, page, index);
  return plan === KEPT ? { ...lists, kept: lists.kept.with(index, true) } : lists;
}

/** The lists, where `page` is one of the partial ones of `index`. */
export function joined(lists: ZoneLists, page: SlabNumber, index: SlabClass): ZoneLists {
  assert(!lists.partial.has(page) && !lists.empty.has(page), "a page is put into a list once");
  return { ...lists, partial: lists.partial.with(page, index) };
}

/** The lists, where `page` is one of the empty ones of `index`. */
export function emptied(lists: ZoneLists, page: SlabNumber, index: SlabClass): ZoneLists {
  assert(!lists.partial.has(page) && !lists.empty.has(page), "a page is put into a list once");
  return { ...lists, empty: lists.empty.with(page, index) };
}

/** The lists, where `page` is one of the empty ones of `index` no more. */
export function filled(lists: ZoneLists, page: SlabNumber, index: SlabClass): ZoneLists {
  const { empty } = lists;
  assert(empty.has(page) && empty.get(page) === index, "a page leaves the list that it is in");
  return { ...lists, empty: empty.without(page) };
}

function left(lists: ZoneLists, page: SlabNumber, index: SlabClass): ZoneLists {
  const { partial } = lists;
  assert(partial.has(page) && partial.get(page) === index, "a page leaves the list that it is in");
  return { ...lists, partial: partial.without(page) };
}

/** Whether of each class that is noted at most one page is among the partial ones. */
function isAloneWhereNoted(lists: ZoneLists): boolean {
  const { partial, kept } = lists;
  return partial.every((index, page) => !kept.has(index) || isAloneIn(lists, page, index));
}
