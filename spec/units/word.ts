/**
 * Words of 32 bits, two of which are what a register or a page-table entry of the processor holds.
 *
 *      63                    32 31                     0
 *     ├────────── high ────────┼────────── low ─────────┤
 *
 * A number of JavaScript holds 53 bits and its bit operators 32, so whatever has 64 is two words
 * everywhere. A number of up to 53 bits is taken apart by division, which drops nothing.
 */
import type { Branded } from "./brand.ts";

/**
 * A word, without a sign.
 *
 * @range 0..2^32-1
 */
export type Word32 = Branded<"Word32">;

/** Names `value` as a word; the caller vouches that it is an integer from 0 to 2^32 - 1. */
export function word(value: number): Word32 {
  return value as Word32;
}

/** The bits of `value` above the lowest 32. */
export function highWord(value: number): Word32 {
  return Math.floor(value / 2 ** 32) as Word32;
}

/** The lowest 32 bits of `value`. */
export function lowWord(value: number): Word32 {
  return (value - Math.floor(value / 2 ** 32) * 2 ** 32) as Word32;
}
