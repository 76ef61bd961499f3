/**
 * What the words of a slab page mean: which of its blocks are live, and how many. In the dialect, said of
 * any block and any word of bits, so that a proof can ask it of every page.
 *
 *     words     bits, 32 blocks each │ rooms │ live
 *     meaning   { block } of those that are live, and their number
 *
 * A page is well-formed if `isSlabPageAt` holds of every block, and its live blocks are counted right if
 * the counts that `isCountedTo` ties together, word by word, begin with 0 and end with what is kept.
 */
import type { Address, Branded } from "#units";
import { isFreeAmong } from "../heap/slab-bits.ts";
import { bitsOf, roomsOf, wordsForBlocks } from "../heap/slab-page.ts";
import type { Memory } from "../memory/memory.ts";

/**
 * The number of a block in its slab page, or of blocks in one.
 *
 * @range 0..1023
 */
export type SlabBlock = Branded<"SlabBlock">;

/**
 * The number of 32 blocks in a row, whose bits are one word.
 *
 * @range 0..31
 */
export type BitsWord = Branded<"BitsWord">;

/** Whether `block` is one of the `count` blocks of a page, and live. */
export function isLiveIn(memory: Memory, half: Address, count: number, block: SlabBlock): boolean {
  return block < count && !isFreeAmong(bitsOf(memory, half, block >> 5), block & 31);
}

/**
 * Whether the word of `block` is said to have room exactly if a bit of it is 1, and the bit of `block` is 0
 * unless it is one of the `count` blocks of the page.
 */
export function isSlabPageAt(
  memory: Memory,
  half: Address,
  count: number,
  block: SlabBlock,
): boolean {
  const word = block >> 5;
  const hasRoom = isFreeAmong(roomsOf(memory, half), word);
  if (word >= wordsForBlocks(count)) return !hasRoom;
  const bits = bitsOf(memory, half, word);
  return hasRoom === (bits !== 0) && (block < count || !isFreeAmong(bits, block & 31));
}

/** Whether `after` is `before` with the blocks that are live among the 32 of `word`. */
export function isCountedTo(
  memory: Memory,
  half: Address,
  count: number,
  word: BitsWord,
  before: number,
  after: number,
): boolean {
  return after === before + liveAmong(memory, half, count, word);
}

/** How many of the `count` blocks of a page are live among the 32 of `word`, if it has any of these. */
export function liveAmong(memory: Memory, half: Address, count: number, word: BitsWord): number {
  return Math.min(32, count - 32 * word) - onesIn(bitsOf(memory, half, word));
}

/** How many bits of `word` are 1. */
function onesIn(word: number): number {
  const lower = onesInByte(word & 255) + onesInByte((word >>> 8) & 255);
  return lower + onesInByte((word >>> 16) & 255) + onesInByte((word >>> 24) & 255);
}

function onesInByte(byte: number): number {
  const low = (byte & 1) + ((byte & 2) >> 1) + ((byte & 4) >> 2) + ((byte & 8) >> 3);
  return low + ((byte & 16) >> 4) + ((byte & 32) >> 5) + ((byte & 64) >> 6) + ((byte & 128) >> 7);
}
