/**
 * A block that is put back into its slab page, whole: from the words of memory to the judge of heaps. Where the page
 * keeps another live block and had room, that is all that a dealloc does.
 */
import {
  blocksOfSlabClass,
  EMPTIES,
  JOINS,
  offsetInPage,
  pageOfOffset,
  putIntoPage,
  type SlabBlock,
  type SlabClass,
  type SlabNumber,
  STAYS,
  sizeOfSlabClass,
  slabBlockAt,
} from "#impl";
import { type Block, type Call, judge, NOTHING_SEEN } from "#spec";
import type { Address, BlockName, ByteCount } from "#units";
import { assume } from "../assume.ts";
import type { AreaPage } from "./block-homes.obligation.ts";
import {
  areApart,
  type BlockHome,
  type HeapInMemory,
  isAtHome,
  pagesOf,
  slabOf,
  startOfPage,
  stateOfHeap,
} from "./heap-in-memory.ts";
import { isPlacedNow } from "./page-list-in-memory.ts";
import type { BitNumber } from "./slab-bits.obligation.ts";
import { slabBlocksAreFoundWhereTheyStart } from "./slab-class.obligation.ts";
import { halfOf, isCountedLive, isLive, isPage, isWord, liveNow } from "./slab-in-memory.ts";
import { freedBitIsFound } from "./words-of-steps.obligation.ts";

/**
 * A live block that is freed where it starts is found again from its address, and the judge of heaps admits that it
 * is released: what is answered is a dealloc of the specification. The bits of memory have it as free afterwards, and
 * the page stays in its list exactly if another block is live and one was free before. How many blocks there
 * are is not bounded, and how many pages but by what a heap may have.
 *
 * @proves put, dealloc, live-block-freeable
 * @opaque isFreeAmong, withFree, slabBlockAt
 * @split index 0..31
 */
export function wholePutIsADealloc(
  heap: HeapInMemory,
  pageOfArea: AreaPage,
  index: SlabClass,
  count: SlabBlock,
  name: BlockName,
): boolean {
  const { blocks, homes } = heap;
  const page = pageOfArea as number as SlabNumber;
  assume(blocks.has(name) && homes.has(name));
  const { start } = blocks.get(name);
  const { block } = homes.get(name);
  assume(isAtHome(heap, blocks.get(name), homes.get(name)) && blocks.get(name).name === name);
  assume(homes.get(name).page === page && homes.get(name).count === count);
  const slab = slabOf(heap, page, count);
  assume(freedBitIsFound(slab, block, (block & 31) as BitNumber));
  assume(isCountedLive(slab));
  const live = liveNow(slab);
  assume(count === blocksOfSlabClass(index));
  assume(start === startOfPage(heap, page) + block * sizeOfSlabClass(index));
  const offset = start - startOfPage(heap, 0 as SlabNumber);
  const within = offsetInPage(offset) as ByteCount;
  assume(slabBlocksAreFoundWhereTheyStart(index, block, within));
  const found = slabBlockAt(within, index);
  const answer = putIntoPage(pagesOf(heap), pageOfOffset(offset), index, found);
  const isMoveOfPage =
    answer === (live === 1 ? EMPTIES : live === count ? JOINS : STAYS) &&
    liveNow(slab) === live - 1;
  const call: Call = { kind: "dealloc", name };
  const verdict = judge(stateOfHeap(heap), call, { kind: "released" }, NOTHING_SEEN);
  return isMoveOfPage && !isLive(slab, block) && verdict.kind === "admitted";
}

/**
 * A put leaves every other block where it is: it is live in the bits of its page as before, in the page that was
 * put into as in any other, of whichever class and heap.
 *
 * @proves put, live-blocks-disjoint
 * @opaque isFreeAmong, withFree
 */
export function wholePutLeavesOtherBlocks(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  freed: BlockHome,
  block: Block,
  home: BlockHome,
): boolean {
  assume(isPlacedNow(heap, page));
  const slab = slabOf(heap, page, freed.count);
  assume(isLive(slab, freed.block) && isCountedLive(slab));
  assume(freedBitIsFound(slab, freed.block, (home.block & 31) as BitNumber));
  assume(isAtHome(heap, block, home) && areApart(heap, page, home.page));
  assume(home.page !== page || (home.count === freed.count && home.block !== freed.block));
  putIntoPage(pagesOf(heap), page, index, freed.block);
  return isAtHome(heap, block, home);
}

/**
 * After a put every page is well-formed as far as any of its blocks can tell, if it was before: the page that was
 * put into, and every other, of whichever class and heap.
 *
 * @proves put, slab-page-well-formed
 * @opaque isFreeAmong, withFree
 */
export function wholePutKeepsEveryPage(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  freed: BlockHome,
  any: SlabNumber,
  countOfAny: SlabBlock,
  block: SlabBlock,
): boolean {
  assume(isPlacedNow(heap, page));
  const slab = slabOf(heap, page, freed.count);
  assume(isLive(slab, freed.block) && isCountedLive(slab));
  assume(freedBitIsFound(slab, freed.block, (block & 31) as BitNumber));
  assume(freedBitIsFound(slab, freed.block, (block >> 5) as BitNumber));
  assume(areApart(heap, page, any) && isPlacedNow(heap, any));
  assume(any !== page || countOfAny === freed.count);
  assume(isPage(slabOf(heap, any, countOfAny), [block]));
  putIntoPage(pagesOf(heap), page, index, freed.block);
  return isPage(slabOf(heap, any, countOfAny), [block]);
}

/**
 * A put writes three words of its page and no other word of memory: no byte of a block, no link of a list, and
 * nothing of another page.
 *
 * @proves put, only-free-memory-written
 * @opaque isFreeAmong, withFree
 */
export function wholePutWritesThreeWords(
  heap: HeapInMemory,
  page: SlabNumber,
  index: SlabClass,
  freed: BlockHome,
  at: Address,
): boolean {
  const { memory } = heap;
  assume(isPlacedNow(heap, page));
  const slab = slabOf(heap, page, freed.count);
  const half = halfOf(slab);
  assume(isLive(slab, freed.block) && isCountedLive(slab));
  assume(freedBitIsFound(slab, freed.block, 0 as BitNumber) && isWord(slab, at));
  const before = memory.readWord(at);
  putIntoPage(pagesOf(heap), page, index, freed.block);
  const wordOfBits = half + 4076 - 4 * (freed.block >> 5);
  const isOfPage = at === wordOfBits || at === half + 4080 || at === half + 4084;
  return memory.readWord(at) === before || isOfPage;
}
