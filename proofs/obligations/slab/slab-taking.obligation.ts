/** Taking a block of a slab page, from the words of memory to the blocks that are live. */
import { LAST_FREE, type SlabBlock, takeBlock } from "#impl";
import type { Address } from "#units";
import { assume } from "../assume.ts";
import {
  firstFree,
  halfOf,
  hasRoom,
  isLive,
  isPage,
  isTakenFrom,
  isWord,
  type SlabInMemory,
} from "./slab-in-memory.ts";

/**
 * The block that is taken is one of the page, was not live, and is live then; every other block is live
 * afterwards exactly if it was before.
 *
 * @proves slab-take, live-blocks-disjoint
 * @mode bits
 */
export function takingTakesAFreeBlock(slab: SlabInMemory, other: SlabBlock): boolean {
  assume(isTakenFrom(slab));
  const free = firstFree(slab);
  const wasLive = isLive(slab, free);
  const wasOtherLive = isLive(slab, other);
  const taken = (takeBlock(slab.memory, halfOf(slab)) % LAST_FREE) as SlabBlock;
  const isTaken = taken === free && !wasLive && isLive(slab, taken);
  return isTaken && isLive(slab, other) === (wasOtherLive || other === taken);
}

/**
 * After a block was taken, the page is well-formed, and it is said of the block that it was the last if
 * no word has room any more, and not otherwise.
 *
 * @proves slab-take, slab-page-well-formed
 * @mode bits
 */
export function takingKeepsThePage(slab: SlabInMemory, other: SlabBlock): boolean {
  assume(isTakenFrom(slab) && isPage(slab, [other]));
  const taken = takeBlock(slab.memory, halfOf(slab));
  return isPage(slab, [other]) && taken >= LAST_FREE === !hasRoom(slab);
}

/**
 * Taking writes the word of the block's bit, the one of rooms and the one of how many are live, and no
 * other word of memory.
 *
 * @proves slab-take, only-free-memory-written
 * @mode bits
 */
export function takingWritesThreeWords(slab: SlabInMemory, at: Address): boolean {
  const { memory } = slab;
  const half = halfOf(slab);
  assume(isTakenFrom(slab));
  assume(isWord(slab, at));
  const before = memory.readWord(at);
  const word = firstFree(slab) >> 5;
  takeBlock(memory, half);
  const isOfPage = at === half + 4076 - 4 * word || at === half + 4080 || at === half + 4084;
  return memory.readWord(at) === before || isOfPage;
}
