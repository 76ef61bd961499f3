/**
 * Reads what the lists of a heap mean, by following them: for tests, which compare what a heap does with
 * what the plans that are proved say.
 */
import { assert, finiteMap } from "#support";
import { hasClass } from "../heap/class-bits.ts";
import { classOfWord, heapOfWord, isSlabWord } from "../heap/heap-map.ts";
import { NO_PAGE, type SlabArea } from "../heap/slab-area.ts";
import { blocksOfSlabClass, SLAB_CLASS_COUNT, type SlabClass } from "../heap/slab-class.ts";
import { liveBlocks, nextLink } from "../heap/slab-page.ts";
import type { ZoneAllocator } from "../heap/zone-allocator.ts";
import type { SlabNumber } from "./page-list-meaning.ts";
import type { SlabBlock } from "./slab-page-meaning.ts";
import type { ZoneLists, ZonePage } from "./zone-lists.ts";

const CLASSES = Array.from({ length: SLAB_CLASS_COUNT }, (_, index) => index as SlabClass);

/** The pages of `zone`, which are pages of `area`, and what is in its lists. */
export function zoneListsOf(area: SlabArea, zone: ZoneAllocator): ZoneLists {
  const listed = (firstOf: (index: SlabClass) => number) =>
    finiteMap(
      CLASSES.flatMap((index) =>
        pagesFrom(area, firstOf(index)).map((page) => [page, index] as const),
      ),
    );
  const noted = CLASSES.filter((index) => hasClass(zone.classesWithKept(), index));
  return {
    pages: finiteMap(pagesOf(area, zone)),
    partial: listed((index) => zone.firstPartial(index)),
    empty: listed((index) => zone.firstEmpty(index)),
    kept: finiteMap(noted.map((index) => [index, true] as const)),
  };
}

/** The pages of the list that begins with `first`. */
function pagesFrom(area: SlabArea, first: number): readonly SlabNumber[] {
  const pages: SlabNumber[] = [];
  for (let page = first; page !== NO_PAGE; page = nextLink(area.store, area.half(page)) - 1) {
    assert(pages.length < area.pageCount, "a list of pages ends");
    pages.push(page as SlabNumber);
  }
  return pages;
}

function pagesOf(
  area: SlabArea,
  zone: ZoneAllocator,
): readonly (readonly [SlabNumber, ZonePage])[] {
  const pages: [SlabNumber, ZonePage][] = [];
  for (let page = 0; page < area.freshPage(); page++) {
    const word = area.word(page);
    if (!isSlabWord(word) || heapOfWord(word) !== zone.heap) continue;
    const index = classOfWord(word);
    const count = blocksOfSlabClass(index) as SlabBlock;
    const live = liveBlocks(area.store, area.half(page)) as SlabBlock;
    pages.push([page as SlabNumber, { index, count, live }]);
  }
  return pages;
}
