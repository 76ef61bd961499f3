/**
 * A slab page: 8 KiB of blocks of one size, with what is kept of them behind.
 *
 *     page      0                    4096                                       8192
 *               ├─ block 0 ─┼─ block 1 ─┼ … ┼─ last block ─┤  ┌── what is kept ──┤
 *
 *     kept      from 8048 on in class 0, from 8172 on in classes of up to 32 blocks
 *               ├ bits of blocks 992 … ─┼ … ┼ 32 … 63 ┼ 0 … 31 ┼ rooms ┼ live ┼ next ┼ previous ┤
 *     offset                                          8172     8176    8180   8184   8188
 *
 *     bits      a 1 for each block of 32 that is free; as many words as the class needs, downwards
 *     rooms     bit w is 1 if word w of the bits is not 0
 *     live      how many blocks are live
 *     next      the list that the page is in: index of a page plus 1, or 0
 *
 * 1006 blocks of 8 bytes, 32 words of bits and 4 other words are 8192 bytes: the smallest class uses
 * the whole page, and none needs more than 32 words, so that one more word says which to look at. A block
 * is found by the lowest bit of `rooms` and then of that word, whatever the number of blocks.
 *
 * Nothing here touches a block, so its bytes are as its owner left them. All that is kept lies in the
 * second 4 KiB: the functions work on that half alone, in the memory that it is found in, which costs
 * one translation for all of its words.
 */
import { assert } from "#support";
import type { Address } from "#units";
import type { Memory } from "../memory/memory.ts";
import { isFreeAmong, lowestOf, withFree, withoutLowest } from "./slab-bits.ts";
import { blocksOfSlabClass, type SlabClass } from "./slab-class.ts";

export const SLAB_SIZE = 8192;

/** Where the half of a page begins that what is kept of it lies in. */
export const HALF_OFFSET = 4096;

/** What blocks and their bits have of a page. */
export const BLOCK_BYTES_MAX = 8176;

/** Is added to the number of the last block that was free. */
export const LAST_FREE = 1024;

/** Answered where a live block was to be freed, and there is none: nothing has changed. */
export const NOT_LIVE = -1;

/** Stands for no page in a list. */
export const NO_LINK = 0;

const BITS_OFFSET = 8172 - HALF_OFFSET;
const ROOMS_OFFSET = 8176 - HALF_OFFSET;
const LIVE_OFFSET = 8180 - HALF_OFFSET;
const NEXT_OFFSET = 8184 - HALF_OFFSET;
const PREVIOUS_OFFSET = 8188 - HALF_OFFSET;

assert(PREVIOUS_OFFSET + 4 === SLAB_SIZE - HALF_OFFSET, "what is kept ends with the page");
assert(BITS_OFFSET + 4 === BLOCK_BYTES_MAX - HALF_OFFSET, "the bits end before what else is kept");

/** Takes a free block; answers its number, plus `LAST_FREE` if no block is free any more. */
export function takeBlock(memory: Memory, half: Address): number {
  const rooms = memory.readWord((half + ROOMS_OFFSET) as Address);
  assert(rooms !== 0, "a page that is taken from has room");
  const word = lowestOf(rooms);
  const at = bitsAt(half, word);
  const bits = memory.readWord(at);
  assert(bits !== 0, "a word that has room has a bit");

  const left = withoutLowest(bits);
  memory.writeWord(at, left);
  const live = memory.readWord((half + LIVE_OFFSET) as Address);
  memory.writeWord((half + LIVE_OFFSET) as Address, live + 1);
  const block = word * 32 + lowestOf(bits);
  if (left !== 0) return block;
  const roomsLeft = withoutLowest(rooms);
  memory.writeWord((half + ROOMS_OFFSET) as Address, roomsLeft);
  return roomsLeft === 0 ? block + LAST_FREE : block;
}

/** Frees `block`; answers how many are live from then on, or `NOT_LIVE`. */
export function freeBlock(memory: Memory, half: Address, block: number): number {
  const word = block >> 5;
  const at = bitsAt(half, word);
  const bits = memory.readWord(at);
  if (isFreeAmong(bits, block & 31)) return NOT_LIVE;

  memory.writeWord(at, withFree(bits, block & 31));
  if (bits === 0) {
    const rooms = memory.readWord((half + ROOMS_OFFSET) as Address);
    memory.writeWord((half + ROOMS_OFFSET) as Address, withFree(rooms, word));
  }
  const live = memory.readWord((half + LIVE_OFFSET) as Address);
  assert(live > 0, "a page with a live block counts it");
  memory.writeWord((half + LIVE_OFFSET) as Address, live - 1);
  return live - 1;
}

/** Makes a page one of class `index` without live blocks; its links are not touched. */
export function formatPage(memory: Memory, half: Address, index: SlabClass): void {
  const count = blocksOfSlabClass(index);
  const words = wordsForBlocks(count);
  for (let word = 0; word < words; word++) {
    memory.writeWord(bitsAt(half, word), lowBits(Math.min(32, count - word * 32)));
  }
  memory.writeWord((half + ROOMS_OFFSET) as Address, lowBits(words));
  memory.writeWord((half + LIVE_OFFSET) as Address, 0);
}

/** How many words have a bit for each of `count` blocks. */
export function wordsForBlocks(count: number): number {
  return (count + 31) >> 5;
}

/** Whether `block` is live. */
export function isLiveBlock(memory: Memory, half: Address, block: number): boolean {
  return !isFreeAmong(memory.readWord(bitsAt(half, block >> 5)), block & 31);
}

/** How many blocks are live. */
export function liveBlocks(memory: Memory, half: Address): number {
  return memory.readWord((half + LIVE_OFFSET) as Address);
}

/** The word of which bit w says whether word w of the bits has a 1. */
export function roomsOf(memory: Memory, half: Address): number {
  return memory.readWord((half + ROOMS_OFFSET) as Address);
}

/** The bits of the blocks from 32 * `word` on. */
export function bitsOf(memory: Memory, half: Address, word: number): number {
  return memory.readWord(bitsAt(half, word));
}

export function nextLink(memory: Memory, half: Address): number {
  return memory.readWord((half + NEXT_OFFSET) as Address);
}

export function setNextLink(memory: Memory, half: Address, link: number): void {
  memory.writeWord((half + NEXT_OFFSET) as Address, link);
}

export function previousLink(memory: Memory, half: Address): number {
  return memory.readWord((half + PREVIOUS_OFFSET) as Address);
}

export function setPreviousLink(memory: Memory, half: Address, link: number): void {
  memory.writeWord((half + PREVIOUS_OFFSET) as Address, link);
}

function bitsAt(half: Address, word: number): Address {
  return (half + BITS_OFFSET - word * 4) as Address;
}

/** The word whose lowest `count` bits are 1, of 1 to 32. */
function lowBits(count: number): number {
  return 0xffff_ffff >>> (32 - count);
}
