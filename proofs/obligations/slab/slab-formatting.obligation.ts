/** Making a page one of a class: the empty page, from the words that are written to what they mean. */
import {
  type BitsWord,
  bitsOf,
  blocksOfSlabClass,
  formatPage,
  liveAmong,
  liveBlocks,
  type Memory,
  roomsOf,
  type SlabBlock,
  type SlabClass,
  wordsForBlocks,
} from "#impl";
import type { Address } from "#units";
import { assume } from "../assume.ts";
import type { Page } from "../heap/span-in-memory.ts";
import {
  halfOf,
  hasRoom,
  isInMemory,
  isLive,
  isPage,
  isWord,
  type SlabInMemory,
} from "./slab-in-memory.ts";

const WORDS: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
  27, 28, 29, 30, 31,
];

/**
 * A page that was made one of a class has a 1 for each block of the class, in as many words as it takes,
 * and for each of these words, and counts no live block.
 *
 * @proves slab-format
 * @split index 0..31
 */
export function formattingMakesAllFree(memory: Memory, page: Page, index: SlabClass): boolean {
  const slab = pageOf(memory, page, index);
  assume(isInMemory(slab));
  formatPage(memory, halfOf(slab), index);
  return WORDS.every((word) => isFreeIn(slab, word));
}

/**
 * A page with a 1 for each of its blocks is well-formed, has room, and none of its blocks is live; none is
 * counted, in no word of them.
 *
 * @proves slab-format, slab-page-well-formed, slab-count-exact
 * @mode bits
 */
export function pageWithAllFreeIsEmpty(slab: SlabInMemory, block: SlabBlock): boolean {
  const { memory, count } = slab;
  const word = (block >> 5) as BitsWord;
  assume(isInMemory(slab) && count > 0 && isFreeIn(slab, word));
  const half = halfOf(slab);
  const isEmpty = hasRoom(slab) && !isLive(slab, block) && liveBlocks(memory, half) === 0;
  const isCounted = block >= count || liveAmong(memory, half, count, word) === 0;
  return isEmpty && isPage(slab, [block]) && isCounted;
}

/**
 * Making a page one of a class writes the words of the bits of its blocks, the one of rooms and the one of
 * how many are live, and no other word of memory: its links stay as they are.
 *
 * @proves slab-format, only-free-memory-written
 * @split index 0..31
 */
export function formattingWritesWhatIsKept(
  memory: Memory,
  page: Page,
  index: SlabClass,
  at: Address,
): boolean {
  const slab = pageOf(memory, page, index);
  assume(isInMemory(slab) && isWord(slab, at));
  const half = halfOf(slab);
  const before = memory.readWord(at);
  formatPage(memory, half, index);
  const first = half + 4080 - 4 * wordsForBlocks(slab.count);
  return memory.readWord(at) === before || (first <= at && at <= half + 4084);
}

/** The page as it is once it is one of class `index`. */
function pageOf(memory: Memory, page: Page, index: SlabClass): SlabInMemory {
  return { memory, page, count: blocksOfSlabClass(index) as SlabBlock };
}

/** Whether each block of `word` is free, and the page counts no live block. */
function isFreeIn(slab: SlabInMemory, word: number): boolean {
  const { memory, count } = slab;
  const half = halfOf(slab);
  const words = wordsForBlocks(count);
  const isEmpty = roomsOf(memory, half) === lowOnes(words) && liveBlocks(memory, half) === 0;
  if (word >= words) return isEmpty;
  return isEmpty && bitsOf(memory, half, word) === lowOnes(Math.min(32, count - 32 * word));
}

/** The word of which the lowest `count` bits are 1, and no other. */
function lowOnes(count: number): number {
  return 0xffff_ffff >>> (32 - count);
}
