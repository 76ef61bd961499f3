/** Freeing a block of a slab page, from the words of memory to the blocks that are live. */
import { freeBlock, liveBlocks, NOT_LIVE, type SlabBlock } from "#impl";
import type { Address } from "#units";
import { assume } from "../assume.ts";
import {
  halfOf,
  isCountedLive,
  isInMemory,
  isLive,
  isPage,
  isWord,
  type SlabInMemory,
} from "./slab-in-memory.ts";

/**
 * A live block that is freed is not live any more; every other block is live afterwards exactly if it was
 * before. It is answered how many are live from then on: one less than before.
 *
 * @proves slab-free, live-block-freeable
 * @mode bits
 */
export function freeingFreesThatBlock(
  slab: SlabInMemory,
  block: SlabBlock,
  other: SlabBlock,
): boolean {
  const { memory } = slab;
  const half = halfOf(slab);
  assume(isInMemory(slab) && isLive(slab, block) && isCountedLive(slab));
  const wasOtherLive = isLive(slab, other);
  const counted = liveBlocks(memory, half);
  const left = freeBlock(memory, half, block);
  const isCounted = left === counted - 1 && liveBlocks(memory, half) === left;
  return isCounted && isLive(slab, other) === (wasOtherLive && other !== block);
}

/**
 * After a live block was freed, the page is well-formed.
 *
 * @proves slab-free, slab-page-well-formed
 * @mode bits
 */
export function freeingKeepsThePage(
  slab: SlabInMemory,
  block: SlabBlock,
  other: SlabBlock,
): boolean {
  assume(isInMemory(slab) && isLive(slab, block) && isCountedLive(slab));
  assume(isPage(slab, [block, other]));
  freeBlock(slab.memory, halfOf(slab), block);
  return isPage(slab, [other]);
}

/**
 * A block of the page that is not live is not freed: that is what is answered, and no word of memory
 * changes.
 *
 * @proves slab-free, misuse-rejected, declined-without-effect
 * @mode bits
 */
export function onlyLiveBlocksAreFreed(slab: SlabInMemory, block: SlabBlock, at: Address): boolean {
  const { memory, count } = slab;
  assume(isInMemory(slab) && block < count && !isLive(slab, block) && isWord(slab, at));
  const before = memory.readWord(at);
  const answer = freeBlock(memory, halfOf(slab), block);
  return answer === NOT_LIVE && memory.readWord(at) === before;
}

/**
 * Freeing writes the word of the block's bit, the one of rooms and the one of how many are live, and no
 * other word of memory.
 *
 * @proves slab-free, only-free-memory-written
 * @mode bits
 */
export function freeingWritesThreeWords(
  slab: SlabInMemory,
  block: SlabBlock,
  at: Address,
): boolean {
  const { memory } = slab;
  const half = halfOf(slab);
  assume(isInMemory(slab) && isLive(slab, block) && isCountedLive(slab) && isWord(slab, at));
  const before = memory.readWord(at);
  freeBlock(memory, half, block);
  const word = block >> 5;
  const isOfPage = at === half + 4076 - 4 * word || at === half + 4080 || at === half + 4084;
  return memory.readWord(at) === before || isOfPage;
}
