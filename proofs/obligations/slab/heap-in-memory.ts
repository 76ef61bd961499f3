/**
 * The blocks of a heap as memory has them: which lie in which slab page, and the list of the pages of one class
 * that have room.
 *
 *     memory     record ── head ──► page ──► page ──► 0        a bit for each block of each page
 *     meaning    { name -> block }                             those whose bit is 0
 */
import {
  halfAt,
  isLiveIn,
  isPlaced,
  nextLink,
  previousLink,
  SLAB_SIZE,
  type SlabBlock,
  type SlabNumber,
  type SlabPages,
} from "#impl";
import { type Block, type HeapState, liveBlocks as liveBlocksOf, type Request } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName, ByteCount } from "#units";
import { PROMISES } from "../heap/hole-list-promises.ts";
import type { Page } from "../heap/span-in-memory.ts";
import {
  areListedPages,
  arePlacedApart,
  headLink,
  isHeadOfList,
  isPlacedNow,
  isWordOf,
  type PageListInMemory,
} from "./page-list-in-memory.ts";
import type { SlabInMemory } from "./slab-in-memory.ts";
import type { SlabPage } from "./taken-block.obligation.ts";

/** Where a live block lies: in which page, which of its blocks it is, and how many that page has. */
export interface BlockHome {
  readonly page: SlabNumber;
  readonly block: SlabBlock;
  readonly count: SlabBlock;
}

/** The blocks that are live, and what of the heap's past the judge looks at. */
export interface HeapInMemory extends PageListInMemory {
  readonly blocks: FiniteMap<BlockName, Block>;
  readonly homes: FiniteMap<BlockName, BlockHome>;
  readonly dead: FiniteMap<BlockName, Address>;
  readonly requested: ByteCount;
  readonly first: Request | undefined;
  /** The first page of the area, and how many there are. */
  readonly firstPage: SlabPage;
  readonly pageCount: SlabNumber;
}

/** What the steps of a heap have to look up. A record is named by where it lies, which may be anywhere. */
export function pagesOf({ memory, places }: HeapInMemory): SlabPages {
  return {
    store: memory,
    half: (page) => halfAt(places, page),
    placeOf: (record) => record as Address,
  };
}

/** The heap of the specification that has the blocks. */
export function stateOfHeap(heap: HeapInMemory): HeapState {
  const { blocks, dead, requested, first, firstPage, pageCount } = heap;
  const extent = [
    { start: (SLAB_SIZE * firstPage) as Address, size: (SLAB_SIZE * pageCount) as ByteCount },
  ];
  return { contract: PROMISES, extent, live: liveBlocksOf(blocks), dead, requested, first };
}

/** Where `page` of the area begins. */
export function startOfPage({ firstPage }: HeapInMemory, page: SlabNumber): Address {
  return (SLAB_SIZE * (firstPage + page)) as Address;
}

/** Whether the block at `home` is live in memory, and `block` has no byte outside of its page. */
export function isAtHome(heap: HeapInMemory, block: Block, home: BlockHome): boolean {
  const { memory, places } = heap;
  const start = startOfPage(heap, home.page);
  return (
    isPlaced(memory, places, home.page) &&
    isLiveIn(memory, halfAt(places, home.page), home.count, home.block) &&
    start <= block.start &&
    block.start + block.reach <= start + SLAB_SIZE
  );
}

/** Whether `page` is the first of its list, which is well-formed as far as it and its neighbours can tell. */
export function isFirstPage(heap: HeapInMemory, page: SlabNumber): boolean {
  const { list, head } = heap;
  if (!isWordOf(heap, head) || headLink(heap) !== page + 1) return false;
  if (!list.has(page) || !isPlacedNow(heap, page)) return false;
  const before = pageBefore(heap, page);
  const named = [page, pageBehind(heap, page), before];
  return (
    isHeadOfList(heap, [page, before]) &&
    areListedPages(heap, list, [page]) &&
    arePlacedApart(heap, named)
  );
}

/** The page behind `page`, or `page` itself. */
export function pageBehind({ memory, places }: HeapInMemory, page: SlabNumber): SlabNumber {
  const link = nextLink(memory, halfAt(places, page));
  return link === 0 ? page : ((link - 1) as SlabNumber);
}

function pageBefore({ memory, places }: HeapInMemory, page: SlabNumber): SlabNumber {
  const link = previousLink(memory, halfAt(places, page));
  return link === 0 ? page : ((link - 1) as SlabNumber);
}

/** Whether what is kept of the two pages lies apart, and the word at the head apart from both. */
export function areApart(heap: HeapInMemory, page: SlabNumber, other: SlabNumber): boolean {
  return arePlacedApart(heap, [page, other]);
}

/** `page`, which has `count` blocks. */
export function slabOf(
  { memory, places }: HeapInMemory,
  page: SlabNumber,
  count: SlabBlock,
): SlabInMemory {
  return { memory, page: places.read(page) as Page, count };
}
