/** Heaps in memory: pages with live blocks, a list of those of one class that have room, and what is live by name. */
import fc from "fast-check";
import {
  blocksOfSlabClass,
  formatPage,
  freeBlock,
  halfAt,
  isLiveIn,
  type SlabBlock,
  type SlabClass,
  type SlabNumber,
  sizeOfSlabClass,
  takeBlock,
} from "#impl";
import type { Block } from "#spec";
import { finiteMap } from "#support";
import type { Address, Alignment, BlockName, ByteCount } from "#units";
import type { BlockHome, HeapInMemory } from "./heap-in-memory.ts";
import { pageLists, slabClasses } from "./slab.arbitrary.ts";
import type { SlabPage } from "./taken-block.obligation.ts";

/** A heap, the class of the pages that are in its list, and each of its pages with how many blocks it has. */
export interface ArbitrarySlabHeap {
  readonly heap: HeapInMemory;
  readonly index: SlabClass;
  /** The pages of the list are the first ones. */
  readonly pages: readonly SlabNumber[];
  readonly length: number;
  readonly counts: readonly SlabBlock[];
  /** The names of live blocks, and where these are. */
  readonly names: readonly BlockName[];
  readonly homes: readonly BlockHome[];
}

const FIRST_PAGE = 3;
const PAGES = 6;
const NAMED_OF_A_PAGE = 3;

/** How much of each page is live: all but one block is often, since the page leaves its list then. */
const shares = fc.array(fc.constantFrom(0, 0.4, 0.9, 1), { minLength: PAGES, maxLength: PAGES });

export const slabHeaps: fc.Arbitrary<ArbitrarySlabHeap> = fc
  .record({
    list: pageLists,
    index: slabClasses,
    others: fc.array(slabClasses, { minLength: PAGES, maxLength: PAGES }),
    shares,
    freed: fc.array(fc.nat(1005), { maxLength: 3 }),
  })
  .map(({ list, index, others, shares, freed }) => {
    const { lists, length, pages } = list;
    const classes = pages.map((_, at) => (at < length ? index : (others[at] as SlabClass)));
    const counts = classes.map((each) => blocksOfSlabClass(each) as SlabBlock);
    const homes: BlockHome[] = [];
    for (const [at, page] of pages.entries()) {
      const count = counts[at] as SlabBlock;
      const most = at < length ? count - 1 : count;
      fillPage(lists, page, classes[at] as SlabClass, Math.ceil(most * (shares[at] as number)));
      for (const block of freed) freeBlock(lists.memory, halfAt(lists.places, page), block % count);
      homes.push(...liveHomes(lists, page, count).slice(0, NAMED_OF_A_PAGE));
    }
    const names = homes.map((_, name) => name as BlockName);
    const blocks = homes.map((home, name): [BlockName, Block] => {
      const size = sizeOfSlabClass(classes[pages.indexOf(home.page)] as SlabClass);
      const start = (8192 * (FIRST_PAGE + home.page) + home.block * size) as Address;
      const reach = (size - (name % 3)) as ByteCount;
      return [
        name as BlockName,
        { name: name as BlockName, start, size: reach, reach, align: 8 as Alignment },
      ];
    });
    const heap: HeapInMemory = {
      ...lists,
      blocks: finiteMap(blocks),
      homes: finiteMap(homes.map((home, name) => [name as BlockName, home] as const)),
      dead: finiteMap([]),
      requested: 0 as ByteCount,
      first: undefined,
      firstPage: FIRST_PAGE as SlabPage,
      pageCount: PAGES as SlabNumber,
    };
    return { heap, index, pages, length, counts, names, homes };
  });

function fillPage(
  { memory, places }: Pick<HeapInMemory, "memory" | "places">,
  page: SlabNumber,
  index: SlabClass,
  live: number,
): void {
  formatPage(memory, halfAt(places, page), index);
  for (let taken = 0; taken < live; taken++) takeBlock(memory, halfAt(places, page));
}

/** The live blocks of `page`, the last one in front. */
function liveHomes(
  { memory, places }: Pick<HeapInMemory, "memory" | "places">,
  page: SlabNumber,
  count: SlabBlock,
): readonly BlockHome[] {
  const all = Array.from({ length: count }, (_, at) => (count - 1 - at) as SlabBlock);
  return all
    .filter((block) => isLiveIn(memory, halfAt(places, page), count, block))
    .map((block) => ({ page, block, count }));
}
