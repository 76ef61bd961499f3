/** Words of which each bit says whether something is free: the lowest 1, and what changes. */
import { isFreeAmong, lowestOf, withFree, withoutLowest } from "#impl";
import type { Branded, Word32 } from "#units";
import { assume } from "../assume.ts";

/**
 * The number of a bit in a word.
 *
 * @range 0..31
 */
export type BitNumber = Branded<"BitNumber">;

/**
 * What is free are the digits of a word that are 1.
 *
 * @proves is-free-among
 * @mode bits
 * @split bit 0..31
 */
export function freeAreTheOnes(word: Word32, bit: BitNumber): boolean {
  return isFreeAmong(word, bit) === (Math.floor(word / 2 ** bit) % 2 === 1);
}

/**
 * Of a word that is not 0, the lowest bit that is 1 is found: that one is 1, and no lower one is. Of 0
 * none is.
 *
 * @proves lowest-of, is-free-among
 * @mode bits
 */
export function lowestIsTheFirstThatIsFree(word: Word32, bit: BitNumber): boolean {
  if (word === 0) return !isFreeAmong(word, bit);
  const lowest = lowestOf(word);
  const isFree = 0 <= lowest && lowest <= 31 && isFreeAmong(word, lowest);
  return isFree && (bit >= lowest || !isFreeAmong(word, bit));
}

/**
 * Without its lowest 1 a word is the same, but for that bit, which is 0; it is a word again.
 *
 * @proves without-lowest
 * @mode bits
 */
export function onlyTheLowestIsTaken(word: Word32, bit: BitNumber): boolean {
  assume(word !== 0);
  const left = withoutLowest(word);
  const isKept = isFreeAmong(left, bit) === (isFreeAmong(word, bit) && bit !== lowestOf(word));
  return isKept && 0 <= left && left < word;
}

/**
 * With a bit made free a word is the same, but for that bit, which is 1; it is a word again.
 *
 * @proves with-free
 * @mode bits
 */
export function onlyThatBitIsFreed(word: Word32, freed: BitNumber, bit: BitNumber): boolean {
  const now = withFree(word, freed);
  const isKept = isFreeAmong(now, bit) === (isFreeAmong(word, bit) || bit === freed);
  return isKept && word <= now && now < 2 ** 32;
}
