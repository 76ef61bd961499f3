/** Slab pages in memory with any blocks live, and lists of such pages, for running the theorems. */
import fc from "fast-check";
import {
  blocksOfSlabClass,
  formatPage,
  freeBlock,
  PlainColumn,
  PlainMemory,
  type Rank,
  type SlabBlock,
  type SlabClass,
  type SlabNumber,
  takeBlock,
} from "#impl";
import { finiteMap } from "#support";
import type { Address } from "#units";
import type { Page } from "../heap/span-in-memory.ts";
import type { PageListInMemory } from "./page-list-in-memory.ts";
import { halfOf, type SlabInMemory } from "./slab-in-memory.ts";

/** The number of a class. */
export const slabClasses: fc.Arbitrary<SlabClass> = fc.nat(31).map((index) => index as SlabClass);

/** Pages that were made one of a class, of which some blocks were taken, and some of these freed. */
export const slabs: fc.Arbitrary<SlabInMemory> = fc
  .record({
    index: fc.oneof(
      slabClasses,
      fc.integer({ min: 8, max: 31 }).map((index) => index as SlabClass),
    ),
    share: fc.constantFrom(0, 0.3, 0.9, 1),
    freed: fc.array(fc.nat(1005), { maxLength: 4 }),
  })
  .map(({ index, share, freed }) => {
    const count = blocksOfSlabClass(index);
    const slab = {
      memory: new PlainMemory(8192, 4096),
      page: 1 as Page,
      count: count as SlabBlock,
    };
    const half = halfOf(slab);
    formatPage(slab.memory, half, index);
    for (let taken = 0; taken < Math.ceil(count * share); taken++) takeBlock(slab.memory, half);
    for (const block of freed) freeBlock(slab.memory, half, block % count);
    return slab;
  });

/** Lists of some of six pages; `pages` begins with those of the list, the first in front. */
export interface ArbitraryPageList {
  readonly lists: PageListInMemory;
  readonly length: number;
  readonly pages: readonly SlabNumber[];
}

const PAGE_COUNT = 6;
const HEAD = (4096 * (PAGE_COUNT + 1)) as Address;
const NEXT = 4088;
const PREVIOUS = 4092;

/** Pages that lie anywhere in memory, each in a place of its own, and a list of some of them. */
export const pageLists: fc.Arbitrary<ArbitraryPageList> = fc
  .record({
    pages: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: PAGE_COUNT }),
    places: fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: PAGE_COUNT }),
    length: fc.nat(PAGE_COUNT - 1),
  })
  .map(({ pages, places, length }) => {
    const memory = new PlainMemory(4096 * (PAGE_COUNT + 1), 4096);
    const listed = pages.slice(0, length);
    listed.forEach((page, at) => {
      const half = 4096 * (places[page] as number);
      memory.writeWord((half + NEXT) as Address, linkTo(listed[at + 1]));
      memory.writeWord((half + PREVIOUS) as Address, linkTo(listed[at - 1]));
    });
    memory.writeWord(HEAD, linkTo(listed[0]));
    const list = finiteMap(
      listed.map((page, at) => [page as SlabNumber, (2 * (length - at)) as Rank] as const),
    );
    const column = new PlainColumn(Int32Array.from(places));
    const lists = { memory, places: column, head: HEAD, list };
    return { lists, length, pages: pages as SlabNumber[] };
  });

function linkTo(page: number | undefined): number {
  return page === undefined ? 0 : page + 1;
}
