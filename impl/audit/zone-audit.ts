/**
 * Walks all pages of a heap and compares what is kept of them: the list that a page is in with its live
 * blocks, its summary with its bits, the book's word with the list, the record's counts with all of it.
 * Called by tests, never by a heap itself: it costs as much as there are pages.
 */
import { assert } from "#support";
import type { Address } from "#units";
import { classOfWord, heapOfWord, isSlabWord, slabWord } from "../heap/heap-map.ts";
import type { HeapSystem } from "../heap/heap-system.ts";
import { NO_PAGE, type SlabArea } from "../heap/slab-area.ts";
import { blocksOfSlabClass, SLAB_CLASS_COUNT, type SlabClass } from "../heap/slab-class.ts";
import {
  bitsOf,
  isLiveBlock,
  liveBlocks,
  NO_LINK,
  nextLink,
  previousLink,
  roomsOf,
  wordsForBlocks,
} from "../heap/slab-page.ts";
import type { ZoneAllocator } from "../heap/zone-allocator.ts";

/** Asserts that every page of `zone` is kept as it is, and that there are as many as it counts. */
export function auditZone(area: SlabArea, zone: ZoneAllocator): void {
  const partial = new Set<number>();
  const empty = new Set<number>();
  for (let number = 0; number < SLAB_CLASS_COUNT; number++) {
    const index = number as SlabClass;
    const word = slabWord(zone.heap, index);
    const classPartial = auditList(area, zone.firstPartial(index), word);
    const classEmpty = auditList(area, zone.firstEmpty(index), word);
    const isSaid = ((zone.classesWithEmpty() >>> number) & 1) === 1;
    assert(isSaid === classEmpty.length > 0, "a heap knows which classes have empty pages");
    for (const page of classPartial) partial.add(page);
    for (const page of classEmpty) empty.add(page);
  }
  const pages = pagesOf(area, zone);
  for (const page of pages) auditPage(area, page, partial.has(page), empty.has(page));
  for (let number = 0; number < SLAB_CLASS_COUNT; number++) auditKept(area, zone, number);
  assert(empty.size === zone.emptyCount(), "a heap counts its empty pages");
  assert(pages.length === zone.pageCount(), "a heap counts its pages");
}

/** Asserts the same of every heap of `system`, and that every slab page is a heap's that is there. */
export function auditHeaps({ area, heaps }: HeapSystem): void {
  const zones = heaps.zones();
  for (const zone of zones) auditZone(area, zone);
  const counted = zones.reduce((sum, zone) => sum + zone.pageCount(), 0);
  assert(counted === slabPages(area).length, "pages-conserved");
}

/** The pages of the list that begins with `first`, each of which has `word` in the book. */
function auditList(area: SlabArea, first: number, word: number): readonly number[] {
  const pages: number[] = [];
  let previous = NO_PAGE;
  for (let page = first; page !== NO_PAGE; ) {
    const half = area.half(page);
    assert(pages.length < area.pageCount, "a list of pages ends");
    assert(area.word(page) === word, "a page in a list of a class is of that class");
    assert(previousLink(area.store, half) === previous + 1, "a page knows the one before it");
    pages.push(page);
    previous = page;
    page = nextLink(area.store, half) - 1;
  }
  return pages;
}

function auditPage(area: SlabArea, page: number, isPartial: boolean, isEmpty: boolean): void {
  const half = area.half(page);
  const index = classOfWord(area.word(page));
  const count = blocksOfSlabClass(index);
  const live = countLive(area, half, count);
  assert(live === liveBlocks(area.store, half), "a page counts its live blocks");
  const isKept = live === 0 && isPartial;
  assert(isEmpty === (live === 0 && !isKept), "a page is in the empty list if no block is live");
  assert(isPartial === (isKept || (live > 0 && live < count)), "a page with room is in a list");
  for (let word = 0; word < wordsForBlocks(count); word++) {
    const hasRoom = bitsOf(area.store, half, word) !== 0;
    const isSaid = ((roomsOf(area.store, half) >>> word) & 1) === 1;
    assert(hasRoom === isSaid, "a page knows which words have a free block");
  }
}

/** Asserts that a page of a class that is kept is the only partial one, and that its heap knows of it. */
function auditKept(area: SlabArea, zone: ZoneAllocator, index: number): void {
  const first = zone.firstPartial(index as SlabClass);
  for (let page = first; page !== NO_PAGE; page = nextLink(area.store, area.half(page)) - 1) {
    if (liveBlocks(area.store, area.half(page)) > 0) continue;
    const isAlone = page === first && nextLink(area.store, area.half(page)) === NO_LINK;
    const isSaid = ((zone.classesWithKept() >>> index) & 1) === 1;
    assert(isAlone && isSaid, "a page is kept if it is the only one of its class with room");
  }
}

function countLive(area: SlabArea, half: Address, count: number): number {
  let live = 0;
  for (let block = 0; block < count; block++) {
    if (isLiveBlock(area.store, half, block)) live++;
  }
  return live;
}

function pagesOf(area: SlabArea, zone: ZoneAllocator): readonly number[] {
  return slabPages(area).filter((page) => heapOfWord(area.word(page)) === zone.heap);
}

function slabPages(area: SlabArea): readonly number[] {
  const pages = Array.from({ length: area.freshPage() }, (_, page) => page);
  return pages.filter((page) => isSlabWord(area.word(page)));
}
