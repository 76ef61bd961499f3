/**
 * The words of a heap's record where an empty page comes or goes: how many there are, and of which classes.
 *
 * That the list of the class has the page then, or has it no more, is `puttingInKeepsTheList` and
 * `takingOutKeepsTheList`, of the same words: what is written beside the links are two words of the record.
 */
import {
  EMPTY_COUNT_OFFSET,
  emptyAt,
  hasClass,
  linkPage,
  MAY_OFFSET,
  nextLink,
  noteEmpty,
  planLess,
  type SlabClass,
  unlinkPage,
  withClass,
} from "#impl";
import type { Address, Word32 } from "#units";
import { assume } from "../assume.ts";
import type { Page } from "../heap/span-in-memory.ts";
import type { PageLink } from "./heap-map.obligation.ts";
import {
  classesWithEmpty,
  emptyCount,
  firstEmpty,
  halfOfPage,
  isApart,
  isRecord,
  isWordAt,
  type RecordInMemory,
  recordOf,
} from "./record-in-memory.ts";

/** Where the links of a page are, behind the beginning of what is kept of it. */
const NEXT = 4088;
const PREVIOUS = 4092;

/**
 * If it is noted of each class whether its list has an empty page, then it is noted so after a page has come to
 * the list of one, which has a page from then on.
 *
 * @proves class-bits, zone-record
 * @mode bits
 */
export function classWithOneMoreIsNoted(
  may: Word32,
  index: SlabClass,
  other: SlabClass,
  first: PageLink,
): boolean {
  assume(hasClass(may, other) === (first !== 0));
  const hasPage = other === index || first !== 0;
  const now = withClass(may, index);
  return hasClass(now, other) === hasPage && 0 <= now && now < 2 ** 32;
}

/**
 * If it is noted of each class whether its list has an empty page, then it is noted so after a page has left
 * the list of one: which has none from then on exactly if its head leads to none.
 *
 * @proves plan-less, zone-record
 * @mode bits
 */
export function classWithOneLessIsNoted(
  may: Word32,
  index: SlabClass,
  other: SlabClass,
  first: PageLink,
  left: PageLink,
): boolean {
  assume(hasClass(may, other) === (first !== 0));
  assume(other !== index || first !== 0);
  const hasPage = other === index ? left !== 0 : first !== 0;
  const now = planLess(may, index, left);
  return hasClass(now, other) === hasPage && 0 <= now && now < 2 ** 32;
}

/**
 * Where a page comes to the empty ones of a class, it is the first of its list, the heap counts one more, and
 * has the classes noted that were planned; the list of every other class begins as it did.
 *
 * @proves slab-link, note-empty, zone-record
 */
export function pageThatComesIsCounted(
  zone: RecordInMemory,
  index: SlabClass,
  may: Word32,
  link: PageLink,
  page: Page,
  first: Page,
  other: SlabClass,
): boolean {
  assume(isRecord(zone) && isApart(zone, page) && isApart(zone, first));
  assume(firstEmpty(zone, index) !== link);
  const count = emptyCount(zone);
  const led = firstEmpty(zone, other);
  assume(count < 2 ** 32 - 1);
  putEmptyOf(zone, index, may, link, page, first);
  const isFirst = firstEmpty(zone, other) === (other === index ? link : led);
  return isFirst && emptyCount(zone) === count + 1 && classesWithEmpty(zone) === may;
}

/**
 * Where a page comes to the empty ones of a class, the words that are written are its two links, the link of
 * the page that was first, and three words of the record: the head of the list, the count and the classes.
 *
 * @proves slab-link, note-empty, only-free-memory-written
 */
export function pageThatComesWritesSixWords(
  zone: RecordInMemory,
  index: SlabClass,
  may: Word32,
  link: PageLink,
  page: Page,
  first: Page,
  at: Address,
): boolean {
  const { memory } = zone;
  assume(isRecord(zone) && isApart(zone, page) && isApart(zone, first));
  assume(firstEmpty(zone, index) !== link && emptyCount(zone) < 2 ** 32 - 1);
  assume(isWordAt(memory, at));
  const before = memory.readWord(at);
  putEmptyOf(zone, index, may, link, page, first);
  const half = halfOfPage(page);
  const isLink =
    at === half + NEXT || at === half + PREVIOUS || at === halfOfPage(first) + PREVIOUS;
  return memory.readWord(at) === before || isLink || isOfRecord(zone, index, at);
}

/**
 * Where a page goes from the empty ones of a class, the heap counts one less, and has the classes noted that were
 * planned; a list begins as it did, unless the page was the first of it: then the next one is.
 *
 * @proves slab-unlink, note-empty, zone-record
 */
export function pageThatGoesIsCounted(
  zone: RecordInMemory,
  index: SlabClass,
  may: Word32,
  above: PageLink,
  before: Page,
  below: PageLink,
  after: Page,
  other: SlabClass,
): boolean {
  assume(isRecord(zone) && isApart(zone, before) && isApart(zone, after));
  const count = emptyCount(zone);
  const led = firstEmpty(zone, other);
  assume(count > 0);
  takeEmptyOf(zone, index, may, above, before, below, after);
  const isFirst = firstEmpty(zone, other) === (other === index && above === 0 ? below : led);
  return isFirst && emptyCount(zone) === count - 1 && classesWithEmpty(zone) === may;
}

/**
 * Where a page goes from the empty ones of a class, the words that are written are the links of its two
 * neighbours to it, and three words of the record: the head of the list, the count and the classes.
 *
 * @proves slab-unlink, note-empty, only-free-memory-written
 */
export function pageThatGoesWritesFiveWords(
  zone: RecordInMemory,
  index: SlabClass,
  may: Word32,
  above: PageLink,
  before: Page,
  below: PageLink,
  after: Page,
  at: Address,
): boolean {
  const { memory } = zone;
  assume(isRecord(zone) && isApart(zone, before) && isApart(zone, after));
  assume(emptyCount(zone) > 0 && isWordAt(memory, at));
  const word = memory.readWord(at);
  takeEmptyOf(zone, index, may, above, before, below, after);
  const isLink = at === halfOfPage(before) + NEXT || at === halfOfPage(after) + PREVIOUS;
  return memory.readWord(at) === word || isLink || isOfRecord(zone, index, at);
}

/** Puts `page` in front of the empty ones of class `index`, the first of which is `first`, if there is one. */
function putEmptyOf(
  zone: RecordInMemory,
  index: SlabClass,
  may: Word32,
  link: PageLink,
  page: Page,
  first: Page,
): void {
  const { memory } = zone;
  const firstHalf = halfOfPage(first);
  const led = firstEmpty(zone, index);
  linkPage(memory, emptyAt(recordOf(zone), index), link, halfOfPage(page), led, firstHalf);
  noteEmpty(memory, recordOf(zone), 1, may);
}

/** Takes the page out that is between `before` and `after`, as far as there are pages there. */
function takeEmptyOf(
  zone: RecordInMemory,
  index: SlabClass,
  may: Word32,
  above: PageLink,
  before: Page,
  below: PageLink,
  after: Page,
): void {
  const { memory } = zone;
  const beforeHalf = halfOfPage(before);
  const afterHalf = halfOfPage(after);
  const link = above === 0 ? firstEmpty(zone, index) : nextLink(memory, beforeHalf);
  const head = emptyAt(recordOf(zone), index);
  unlinkPage(memory, head, link, above, beforeHalf, below, afterHalf);
  noteEmpty(memory, recordOf(zone), -1, may);
}

/** Whether `at` is one of the words of the record that change with an empty page of class `index`. */
function isOfRecord(zone: RecordInMemory, index: SlabClass, at: Address): boolean {
  const record = recordOf(zone);
  const isCounted = at === record + EMPTY_COUNT_OFFSET || at === record + MAY_OFFSET;
  return isCounted || at === emptyAt(record, index);
}
