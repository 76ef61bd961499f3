/**
 * The lists of a heap: whatever a heap does, each of its pages is afterwards in the list that its number of
 * live blocks says. The plans are those that the heap makes; that it carries them out as `carriedOut`
 * does is tested, and what putting a page into a list and taking it out means is proved of its words.
 */
import {
  areListsRight,
  isAloneIn,
  LAST_FREE,
  type SlabClass,
  type SlabNumber,
  type ZoneLists,
  type ZonePage,
} from "#impl";
import { assume } from "../assume.ts";
import {
  afterGiving,
  afterKeeping,
  afterOpening,
  afterPut,
  afterRefill,
  afterTake,
  hasNoPartial,
  isFirstOf,
} from "./zone-steps.ts";

/**
 * After a block was taken of a partial page, every page is in its list, if the take says whether it was
 * the last that was free, which `takingKeepsThePage` is about.
 *
 * @proves zone-lists, plan-take
 */
export function takingKeepsTheLists(lists: ZoneLists, page: SlabNumber, taken: number): boolean {
  assume(areListsRight(lists) && lists.partial.has(page));
  const { count, live } = lists.pages.get(page);
  assume(taken >= LAST_FREE === (live + 1 === count));
  return areListsRight(afterTake(lists, page, taken));
}

/**
 * After an empty page was taken from, where its class had no page with room, every page is in its list: also
 * if the page was of another class before.
 *
 * @proves zone-lists, plan-take
 */
export function openingKeepsTheLists(
  lists: ZoneLists,
  page: SlabNumber,
  made: ZonePage,
  taken: number,
): boolean {
  assume(areListsRight(lists) && hasNoPartial(lists, made.index));
  assume(lists.empty.has(page));
  assume(made.count > 0 && made.live === 0);
  assume(taken >= LAST_FREE === (made.count === 1));
  const giver = lists.pages.get(page).index;
  return areListsRight(afterOpening(lists, page, giver, made, taken));
}

/**
 * After a block was put back, every page is in its list, or kept as it may be: the page of the block, and
 * the one of its class that was kept till then.
 *
 * @proves zone-lists, plan-put, plan-emptied, plan-kept
 * @split was
 */
export function puttingKeepsTheLists(
  lists: ZoneLists,
  page: SlabNumber,
  was: "full" | "partial",
  isAlone: boolean,
  first: SlabNumber,
): boolean {
  assume(areListsRight(lists) && lists.pages.has(page));
  assume(lists.partial.has(page) === (was === "partial"));
  const { index, live } = lists.pages.get(page);
  assume(live > 0);
  assume(was === "full" || isAlone === isAloneIn(lists, page, index));
  assume(isFirstOf(lists, first, index));
  return areListsRight(afterPut(lists, page, isAlone, first));
}

/**
 * After the pages that are kept of a class were made empty ones, every page is in its list, and none of
 * the class is kept.
 *
 * @proves zone-lists, plan-kept
 */
export function endingOfKeepingKeepsTheLists(
  lists: ZoneLists,
  index: SlabClass,
  first: SlabNumber,
  page: SlabNumber,
): boolean {
  assume(areListsRight(lists) && isFirstOf(lists, first, index));
  const after = afterKeeping(lists, index, first);
  const isKept = after.partial.has(page) && after.pages.get(page).live === 0;
  return areListsRight(after) && !(isKept && after.partial.get(page) === index);
}

/**
 * After a page that was nobody's was made an empty one, and after an empty one was given away, every page
 * is in its list.
 *
 * @proves zone-lists, refill, give
 */
export function pagesThatComeAndGoKeepTheLists(
  lists: ZoneLists,
  page: SlabNumber,
  made: ZonePage,
): boolean {
  assume(areListsRight(lists));
  assume(made.count > 0 && made.live === 0);
  if (!lists.pages.has(page)) return areListsRight(afterRefill(lists, page, made));
  return !lists.empty.has(page) || areListsRight(afterGiving(lists, page));
}

/**
 * A page among the partial ones of a class is of that class and has a block that is not live; a page among the
 * empty ones is of theirs, and has no live block at all. So a heap that takes the first page of a list
 * takes one that has room.
 *
 * @proves zone-lists, take
 */
export function listedPagesHaveRoom(lists: ZoneLists, page: SlabNumber, index: SlabClass): boolean {
  assume(areListsRight(lists));
  const { pages, partial, empty } = lists;
  if (partial.has(page) && partial.get(page) === index) {
    return pages.get(page).index === index && pages.get(page).live < pages.get(page).count;
  }
  if (!empty.has(page) || empty.get(page) !== index) return true;
  return pages.get(page).index === index && pages.get(page).live === 0;
}
