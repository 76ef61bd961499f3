/**
 * The count of live blocks that a slab page keeps is the number of its live blocks, whatever is taken and
 * freed.
 *
 * The blocks are counted 32 by 32: row `w` of `below` is how many are live among those in front of word w.
 * That such counts begin with 0, grow from word to word by what is live there, and end with the count that
 * is kept, is what the count being right means; and that the same is true of the counts after a step is
 * what is proved, of any word.
 */
import {
  type BitsWord,
  type Column,
  freeBlock,
  isCountedTo,
  liveAmong,
  liveBlocks,
  type SlabBlock,
  takeBlock,
  wordsForBlocks,
} from "#impl";
import { assume } from "../assume.ts";
import {
  firstFree,
  halfOf,
  isCountedLive,
  isInMemory,
  isLive,
  isPage,
  isTakenFrom,
  type SlabInMemory,
} from "./slab-in-memory.ts";

/** A slab page, and how many of its blocks are live in front of each word of bits. */
interface CountedSlab extends SlabInMemory {
  readonly below: Column;
}

const BITS: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
  27, 28, 29, 30, 31,
];

/** How many blocks are live in front of a word. */
type Count = (word: number) => number;

/**
 * After a block was taken, the count that is kept is right if it was before.
 *
 * @proves slab-take, slab-count-exact
 * @mode bits
 */
export function takingCountsOneMore(slab: CountedSlab, word: BitsWord): boolean {
  const { memory } = slab;
  assume(isTakenFrom(slab));
  const taken = (firstFree(slab) >> 5) as BitsWord;
  const before: Count = (each) => slab.below.read(each);
  assume(isCounted(slab, before, taken) && isCounted(slab, before, word));
  takeBlock(memory, halfOf(slab));
  const after: Count = (each) => before(each) + (each > taken ? 1 : 0);
  return isCounted(slab, after, word);
}

/**
 * After a live block was freed, the count that is kept is right if it was before.
 *
 * @proves slab-free, slab-count-exact
 * @mode bits
 */
export function freeingCountsOneLess(slab: CountedSlab, block: SlabBlock, word: BitsWord): boolean {
  const { memory } = slab;
  const freed = (block >> 5) as BitsWord;
  const before: Count = (each) => slab.below.read(each);
  assume(isInMemory(slab) && isLive(slab, block) && isCountedLive(slab));
  assume(isCounted(slab, before, freed) && isCounted(slab, before, word));
  freeBlock(memory, halfOf(slab), block);
  const after: Count = (each) => before(each) - (each > freed ? 1 : 0);
  return isCounted(slab, after, word);
}

/**
 * Among the blocks of a word no fewer are live than none and no more than all; one more than none if a
 * given block is, and one fewer than all if it is not. So counts grow from word to word, and never
 * by more than there are blocks.
 *
 * @proves slab-count-exact
 * @mode bits
 */
export function eachBlockOfAWordCounts(slab: SlabInMemory, block: SlabBlock): boolean {
  const word = (block >> 5) as BitsWord;
  assume(isInMemory(slab) && block < slab.count);
  assume(BITS.every((bit) => isPage(slab, [(32 * word + bit) as SlabBlock])));
  return isAmong(slab, block);
}

/**
 * Where counts grow so, a page that has a live block counts at least one, and a page that has a free one
 * counts fewer than all.
 *
 * @proves slab-count-exact
 * @mode bits
 */
export function eachBlockOfAPageCounts(slab: CountedSlab, block: SlabBlock): boolean {
  const { memory, count, below } = slab;
  const word = (block >> 5) as BitsWord;
  assume(isInMemory(slab) && block < count && isCounted(slab, (each) => below.read(each), word));
  const rest = count - 32 * word - Math.min(32, count - 32 * word);
  const liveAbove = liveBlocks(memory, halfOf(slab)) - below.read(word + 1);
  assume(0 <= below.read(word) && below.read(word) <= 32 * word);
  assume(0 <= liveAbove && liveAbove <= rest);
  assume(isAmong(slab, block));
  const live = liveBlocks(memory, halfOf(slab));
  return isLive(slab, block) ? isCountedLive(slab) : live < count;
}

/** Whether counts begin with 0, end with what is kept, and grow at `word` by what is live there. */
function isCounted(slab: CountedSlab, count: Count, word: BitsWord): boolean {
  const { memory } = slab;
  const half = halfOf(slab);
  const words = wordsForBlocks(slab.count);
  if (slab.below.length <= words) return false;
  const isWhole = count(0) === 0 && count(words) === liveBlocks(memory, half);
  if (word >= words) return isWhole;
  return isWhole && isCountedTo(memory, half, slab.count, word, count(word), count(word + 1));
}

/** Whether the blocks of the word of `block` are counted, as `eachBlockOfAWordCounts` has it. */
function isAmong(slab: SlabInMemory, block: SlabBlock): boolean {
  const word = (block >> 5) as BitsWord;
  const live = liveAmong(slab.memory, halfOf(slab), slab.count, word);
  const all = Math.min(32, slab.count - 32 * word);
  return isLive(slab, block) ? 1 <= live && live <= all : 0 <= live && live < all;
}
