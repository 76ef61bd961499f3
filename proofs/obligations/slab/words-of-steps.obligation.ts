/**
 * What a take and a put find in the words of a page, and what they leave: said in bits here, and taken for granted
 * where a whole step is proved with integers.
 */
import {
  bitsOf,
  isFreeAmong,
  lowestOf,
  roomsOf,
  type SlabBlock,
  withFree,
  withoutLowest,
} from "#impl";
import { assume } from "../assume.ts";
import type { BitNumber } from "./slab-bits.obligation.ts";
import { halfOf, isInMemory, type SlabInMemory } from "./slab-in-memory.ts";

/**
 * A page that has room has a first word that has, and that word, if it has a bit, a first one; either is the same
 * without its lowest 1, but for that bit.
 *
 * @proves lowest-of, without-lowest, slab-take
 * @mode bits
 */
export function firstFreeIsFound(slab: SlabInMemory, bit: BitNumber): boolean {
  assume(isInMemory(slab));
  const rooms = roomsOf(slab.memory, halfOf(slab));
  if (rooms === 0) return true;
  if (!isLowestFound(rooms, bit)) return false;
  const bits = bitsOf(slab.memory, halfOf(slab), lowestOf(rooms));
  return bits === 0 || isLowestFound(bits, bit);
}

/**
 * With the bit of a block made free, its word is the same, but for that bit, and so is the word that says
 * which words have room with the bit of that word made free.
 *
 * @proves with-free, slab-free
 * @mode bits
 */
export function freedBitIsFound(slab: SlabInMemory, block: SlabBlock, bit: BitNumber): boolean {
  assume(isInMemory(slab));
  const bits = bitsOf(slab.memory, halfOf(slab), block >> 5);
  const rooms = roomsOf(slab.memory, halfOf(slab));
  return isFreedAlone(bits, block & 31, bit) && isFreedAlone(rooms, block >> 5, bit);
}

/** Whether the lowest 1 of `word` is one of its bits, and `word` without it is the same, but for that. */
function isLowestFound(word: number, bit: BitNumber): boolean {
  const lowest = lowestOf(word);
  const left = withoutLowest(word);
  const isBit = 0 <= lowest && lowest <= 31 && isFreeAmong(word, lowest);
  if (!isBit || left < 0 || left >= word) return false;
  return isFreeAmong(left, bit) === (isFreeAmong(word, bit) && bit !== lowest);
}

/** Whether `word` with the bit `freed` made free is the same, but for that, and a word. */
function isFreedAlone(word: number, freed: number, bit: BitNumber): boolean {
  const made = withFree(word, freed);
  if (made < word || made >= 2 ** 32 || made === 0) return false;
  return isFreeAmong(made, bit) === (isFreeAmong(word, bit) || bit === freed);
}
