/** A block that is taken of a slab page, whole: from the words of memory to the judge of heaps. */
import {
  blocksOfSlabClass,
  halfAt,
  isSlabListAt,
  SLAB_SIZE,
  type SlabBlock,
  type SlabClass,
  type SlabNumber,
  sizeOfSlabClass,
  takeOfList,
} from "#impl";
import { type Block, type Call, judge, NOTHING_SEEN, type Request } from "#spec";
import { DEAF } from "#support";
import type { Address, BlockName } from "#units";
import { assume } from "../assume.ts";
import {
  areApart,
  type BlockHome,
  type HeapInMemory,
  isAtHome,
  isFirstPage,
  pageBehind,
  pagesOf,
  slabOf,
  startOfPage,
  stateOfHeap,
} from "./heap-in-memory.ts";
import {
  areListedPages,
  isFirstNow,
  isHeadOfList,
  isPlacedNow,
  pageAfter,
  pageBefore,
} from "./page-list-in-memory.ts";
import type { BitNumber } from "./slab-bits.obligation.ts";
import {
  firstFree,
  halfOf,
  hasRoom,
  isLive,
  isPage,
  isTakenFrom,
  isWord,
} from "./slab-in-memory.ts";
import { firstFreeIsFound } from "./words-of-steps.obligation.ts";

/**
 * A block that is taken of the first page with room is admitted by the judge of heaps, and has no byte of another:
 * what is answered is an alloc of the specification, whether the page has room for another block or leaves its list.
 * The block is the first free one of the page and lies in it. How many blocks and pages there are is not bounded.
 *
 * @proves take, alloc, live-blocks-disjoint, block-aligned, block-in-extent
 * @opaque lowestOf, withoutLowest, isFreeAmong
 * @split index 0..31
 */
export function wholeTakeIsAnAlloc(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  count: SlabBlock,
  request: Request,
  name: BlockName,
): boolean {
  const { head, blocks, homes } = heap;
  const size = sizeOfSlabClass(index);
  assume(isFirstPage(heap, page) && page < heap.pageCount);
  const slab = slabOf(heap, page, count);
  assume(firstFreeIsFound(slab, 0 as BitNumber));
  assume(isTakenFrom(slab));
  const free = firstFree(slab);
  const start = startOfPage(heap, page);
  const areThere = blocks.every((block, each) => {
    if (block.name !== each || !homes.has(each) || !isAtHome(heap, block, homes.get(each)))
      return false;
    const home = homes.get(each);
    const isThere = block.start === start + home.block * size && block.reach <= size;
    return home.page !== page || (home.count === count && isThere);
  });
  const offset = takeOfList(pagesOf(heap), head, index, DEAF);
  assume(count === blocksOfSlabClass(index) && areThere);
  assume(request.size <= size && request.align >= 1);
  assume((start + free * size) % Math.max(request.align, 8) === 0);
  const address = (startOfPage(heap, 0 as SlabNumber) + offset) as Address;
  const call: Call = { kind: "alloc", name, size: request.size, align: request.align };
  const verdict = judge(stateOfHeap(heap), call, { kind: "placed", address }, NOTHING_SEEN);
  if (verdict.kind === "rejected") return false;
  const { live } = verdict.state;
  if (!live.has(name)) return false;
  const taken = live.at(name);
  return taken.start === start + free * size && taken.start + taken.reach <= start + SLAB_SIZE;
}

/**
 * The block that a take answers, the first free one of the page, is live in the bits of memory afterwards.
 *
 * @proves take, slab-take
 * @opaque lowestOf, withoutLowest, isFreeAmong
 */
export function wholeTakeMakesTheBlockLive(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  count: SlabBlock,
): boolean {
  assume(isFirstPage(heap, page));
  const slab = slabOf(heap, page, count);
  assume(firstFreeIsFound(slab, 0 as BitNumber));
  assume(isTakenFrom(slab));
  const free = firstFree(slab);
  assume(firstFreeIsFound(slab, (free & 31) as BitNumber));
  takeOfList(pagesOf(heap), heap.head, index, DEAF);
  return isLive(slab, free);
}

/**
 * A take leaves every other block where it is: it is live in the bits of its page as before, in the page that was
 * taken from as in any other, of whichever class and heap. What each block has is what it had.
 *
 * @proves take, live-blocks-disjoint
 * @opaque lowestOf, withoutLowest, isFreeAmong
 */
export function wholeTakeLeavesOtherBlocks(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  count: SlabBlock,
  block: Block,
  home: BlockHome,
): boolean {
  assume(isFirstPage(heap, page));
  const slab = slabOf(heap, page, count);
  assume(firstFreeIsFound(slab, (home.block & 31) as BitNumber));
  assume(isTakenFrom(slab));
  assume(isAtHome(heap, block, home) && areApart(heap, page, home.page));
  takeOfList(pagesOf(heap), heap.head, index, DEAF);
  return isAtHome(heap, block, home);
}

/**
 * After a take every page is well-formed as far as any of its blocks can tell, if it was before: the page that was
 * taken from, and every other, of whichever class and heap.
 *
 * @proves take, slab-page-well-formed
 * @opaque lowestOf, withoutLowest, isFreeAmong
 */
export function wholeTakeKeepsEveryPage(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  count: SlabBlock,
  any: SlabNumber,
  countOfAny: SlabBlock,
  block: SlabBlock,
): boolean {
  assume(isFirstPage(heap, page));
  const slab = slabOf(heap, page, count);
  assume(firstFreeIsFound(slab, (block & 31) as BitNumber));
  assume(firstFreeIsFound(slab, (block >> 5) as BitNumber));
  assume(isTakenFrom(slab));
  assume(areApart(heap, page, any) && isPlacedNow(heap, any));
  assume(isPage(slabOf(heap, any, countOfAny), [block]));
  takeOfList(pagesOf(heap), heap.head, index, DEAF);
  return isPage(slabOf(heap, any, countOfAny), [block]);
}

/**
 * After a take memory holds the list of the pages of the class that have room, to the first of which the head leads: the
 * same list if the page has room still, and else the list without it.
 *
 * @proves take, slab-list-well-formed
 * @opaque lowestOf, withoutLowest, isFreeAmong
 */
export function wholeTakeKeepsTheList(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  count: SlabBlock,
  one: SlabNumber,
  other: SlabNumber,
): boolean {
  const { memory, places, list } = heap;
  assume(isFirstPage(heap, page));
  const slab = slabOf(heap, page, count);
  assume(firstFreeIsFound(slab, 0 as BitNumber));
  assume(isTakenFrom(slab));
  const after = pageAfter(heap, page);
  const before = pageBefore(heap, page);
  const named = [page, one, other, after, before];
  assume(areListedPages(heap, list, named) && isHeadOfList(heap, named));
  takeOfList(pagesOf(heap), heap.head, index, DEAF);
  const now = hasRoom(slab) ? list : list.without(page);
  return isSlabListAt(now, memory, places, one, other) && isFirstNow(heap, now, other);
}

/**
 * A take writes three words of its page, the links of the page behind it and of its own list, and no other word of
 * memory: no byte of a block, and nothing of another heap or class.
 *
 * @proves take, only-free-memory-written
 * @opaque lowestOf, withoutLowest, isFreeAmong
 */
export function wholeTakeWritesWhatIsKept(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  count: SlabBlock,
  at: Address,
): boolean {
  const { memory, places, head } = heap;
  assume(isFirstPage(heap, page));
  const slab = slabOf(heap, page, count);
  assume(firstFreeIsFound(slab, 0 as BitNumber));
  assume(isTakenFrom(slab) && isWord(slab, at));
  const before = memory.readWord(at);
  const half = halfOf(slab);
  const behind = halfAt(places, pageBehind(heap, page));
  const wordOfBits = half + 4076 - 4 * (firstFree(slab) >> 5);
  takeOfList(pagesOf(heap), head, index, DEAF);
  const isOfPage = at === wordOfBits || at === half + 4080 || at === half + 4084;
  return memory.readWord(at) === before || isOfPage || at === behind + 4092 || at === head;
}
