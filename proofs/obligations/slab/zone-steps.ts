/**
 * What a heap does to its lists, step by step: the plans that it makes, carried out on the lists that its
 * words mean. A theorem about these steps is about any heap whatever, with any number of pages.
 */
import {
  carriedOut,
  emptied,
  filled,
  JOINS,
  joined,
  planEmptied,
  planKept,
  planPut,
  planTake,
  type SlabBlock,
  type SlabClass,
  type SlabNumber,
  type ZoneLists,
  type ZonePage,
} from "#impl";

/** After a block of `page`, one of the partial ones, was taken, of which `takeBlock` answers `taken`. */
export function afterTake(lists: ZoneLists, page: SlabNumber, taken: number): ZoneLists {
  const { index, count, live } = lists.pages.get(page);
  const counted = withPage(lists, page, { index, count, live: (live + 1) as SlabBlock });
  return carriedOut(counted, page, planTake(taken));
}

/** After `page`, which is empty and of class `giver`, was made what `made` says and taken from. */
export function afterOpening(
  lists: ZoneLists,
  page: SlabNumber,
  giver: SlabClass,
  made: ZonePage,
  taken: number,
): ZoneLists {
  const ready = withPage(filled(lists, page, giver), page, made);
  return afterTake(joined(ready, page, made.index), page, taken);
}

/** After a block of `page` was put back; `first` is the first of the partial pages of its class, if any is. */
export function afterPut(
  lists: ZoneLists,
  page: SlabNumber,
  isAlone: boolean,
  first: SlabNumber,
): ZoneLists {
  const { index, count, live } = lists.pages.get(page);
  const plan = live > 1 ? planPut(live - 1, count) : planEmptied(count, isAlone);
  const counted = withPage(lists, page, { index, count, live: (live - 1) as SlabBlock });
  const ready = plan === JOINS ? afterKeeping(counted, index, first) : counted;
  return carriedOut(ready, page, plan);
}

/** After the page of class `index` that is kept, if one is, was made an empty one. */
export function afterKeeping(lists: ZoneLists, index: SlabClass, first: SlabNumber): ZoneLists {
  if (!lists.kept.has(index)) return lists;
  const unnoted = { ...lists, kept: lists.kept.without(index) };
  if (!isPartialOf(lists, first, index)) return unnoted;
  return carriedOut(unnoted, first, planKept(lists.pages.get(first).live));
}

/** After `page`, which is nobody's, was made the empty one that `made` says. */
export function afterRefill(lists: ZoneLists, page: SlabNumber, made: ZonePage): ZoneLists {
  return emptied(withPage(lists, page, made), page, made.index);
}

/** After `page`, one of the empty ones, was given away. */
export function afterGiving(lists: ZoneLists, page: SlabNumber): ZoneLists {
  const { index } = lists.pages.get(page);
  const given = filled(lists, page, index);
  return { ...given, pages: given.pages.without(page) };
}

/** Whether `page` is one of the partial ones of class `index`. */
export function isPartialOf({ partial }: ZoneLists, page: SlabNumber, index: SlabClass): boolean {
  return partial.has(page) && partial.get(page) === index;
}

/** Whether `page` is one of the partial ones of class `index`, or none is. */
export function isFirstOf(lists: ZoneLists, page: SlabNumber, index: SlabClass): boolean {
  return isPartialOf(lists, page, index) || hasNoPartial(lists, index);
}

/** Whether no page of class `index` is among the partial ones. */
export function hasNoPartial({ partial }: ZoneLists, index: SlabClass): boolean {
  return partial.every((each) => each !== index);
}

function withPage(lists: ZoneLists, page: SlabNumber, now: ZonePage): ZoneLists {
  return { ...lists, pages: lists.pages.with(page, now) };
}
