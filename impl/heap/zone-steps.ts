/**
 * The steps of a heap: a block is taken out of a page that has room, a block is put back, and the page changes
 * its list.
 *
 *     take      partial ──► no list, if it was the last that was free
 *     put       no list ──► partial         partial ──► empty, or kept where it is
 *
 * Nothing loops here, and what has to be looked up is asked of `SlabPages`: so each step is proved whole, from
 * the words that it reads and writes to what the specification says of a block that is taken or freed, for any
 * number of pages.
 */
import { assert, type Observer } from "#support";
import type { Address } from "#units";
import { hasClass, withClass, withoutClass } from "./class-bits.ts";
import { isAlone, pushPage, removePage } from "./page-list.ts";
import { blocksOfSlabClass, type SlabClass } from "./slab-class.ts";
import { freeBlock, liveBlocks, NO_LINK, NOT_LIVE, takeBlock } from "./slab-page.ts";
import type { SlabPages } from "./slab-pages.ts";
import {
  EMPTIES,
  KEPT,
  LEAVES,
  planEmptied,
  planKept,
  planPut,
  planTake,
  startOfTaken,
} from "./zone-plans.ts";
import { emptyAt, KEPT_OFFSET, MAY_OFFSET, partialAt } from "./zone-record.ts";
import { noteEmpty } from "./zone-surgery.ts";

/** Answered where there is no block to take. */
export const NO_BLOCK: Address = -1 as Address;

/** Answered to a free: whether its page is one of the empty ones from then on. */
export const EMPTIED = 0;
export const PUT = 1;

/**
 * Takes a block of the first page in the list at `head`, of class `index`; answers how far into the area it
 * starts, or `NO_BLOCK` if the list is empty.
 */
export function takeOfList(
  pages: SlabPages,
  head: Address,
  index: SlabClass,
  observer: Observer,
): number {
  const link = pages.store.readWord(head);
  if (link === NO_LINK) return NO_BLOCK;
  const page = link - 1;
  const half = pages.half(page);
  const taken = takeBlock(pages.store, half);
  if (planTake(taken) === LEAVES) {
    removePage(pages, head, page, half);
    observer.reached("zone.page-filled");
  }
  return startOfTaken(page, taken, index);
}

/**
 * Puts `block` back into `page`, of class `index`; answers `NOT_LIVE`, or what is to become of the page: `STAYS`,
 * `JOINS` if it had no room, or `EMPTIES` if no block of it is live.
 */
export function putIntoPage(
  pages: SlabPages,
  page: number,
  index: SlabClass,
  block: number,
): number {
  const live = freeBlock(pages.store, pages.half(page), block);
  if (live < 0) return NOT_LIVE;
  return live === 0 ? EMPTIES : planPut(live, blocksOfSlabClass(index));
}

/**
 * Does with `page` what `putIntoPage` answered, in the lists of the heap whose record is at `record`; answers
 * `EMPTIED` or `PUT`.
 */
export function movePage(
  pages: SlabPages,
  record: Address,
  page: number,
  index: SlabClass,
  move: number,
  observer: Observer,
): number {
  const half = pages.half(page);
  if (move === EMPTIES) return becomeEmpty(pages, record, page, half, index, observer);
  becomePartial(pages, record, page, half, index, observer);
  return PUT;
}

/** Makes the page of class `index` that is kept, if there is one, one of the empty pages of its class. */
export function emptyKeptOf(
  pages: SlabPages,
  record: Address,
  index: SlabClass,
  observer: Observer,
): void {
  const { store } = pages;
  const at = (record + KEPT_OFFSET) as Address;
  store.writeWord(at, withoutClass(store.readWord(at), index));
  const head = partialAt(record, index);
  const link = store.readWord(head);
  if (link === NO_LINK) return;
  const half = pages.half(link - 1);
  if (planKept(liveBlocks(store, half)) !== EMPTIES) return;
  removePage(pages, head, link - 1, half);
  addEmpty(pages, record, link - 1, half, index);
  observer.reached("zone.kept-page-emptied");
}

/** Puts `page`, which is in no list and has no live block, among the empty pages of class `index`. */
export function addEmpty(
  pages: SlabPages,
  record: Address,
  page: number,
  half: Address,
  index: SlabClass,
): void {
  pushPage(pages, emptyAt(record, index), page, half);
  const may = pages.store.readWord((record + MAY_OFFSET) as Address);
  noteEmpty(pages.store, record, 1, withClass(may, index));
}

/** Makes `page` an empty one, or keeps it if it is the only one of its class with room. */
function becomeEmpty(
  pages: SlabPages,
  record: Address,
  page: number,
  half: Address,
  index: SlabClass,
  observer: Observer,
): number {
  const plan = planEmptied(blocksOfSlabClass(index), isAlone(pages, half));
  if (plan === KEPT) return keep(pages, record, page, index, observer);
  if (plan === EMPTIES) removePage(pages, partialAt(record, index), page, half);
  addEmpty(pages, record, page, half, index);
  observer.reached("zone.page-emptied");
  return EMPTIED;
}

function becomePartial(
  pages: SlabPages,
  record: Address,
  page: number,
  half: Address,
  index: SlabClass,
  observer: Observer,
): void {
  const kept = pages.store.readWord((record + KEPT_OFFSET) as Address);
  if (hasClass(kept, index)) emptyKeptOf(pages, record, index, observer);
  pushPage(pages, partialAt(record, index), page, half);
  observer.reached("zone.page-has-room-again");
}

function keep(
  { store }: SlabPages,
  record: Address,
  page: number,
  index: SlabClass,
  observer: Observer,
): number {
  const first = store.readWord(partialAt(record, index));
  assert(first === page + 1, "a page that is kept is in the list of its heap");
  const at = (record + KEPT_OFFSET) as Address;
  const kept = store.readWord(at);
  if (!hasClass(kept, index)) store.writeWord(at, withClass(kept, index));
  observer.reached("zone.page-kept");
  return PUT;
}
