/**
 * What a heap knows of its pages: 512 bytes of the book.
 *
 *     offset   0            128          256    260      264      268     272     276      280
 *              ├─ partial ──┼── empty ───┼─ may ┼─ count ┼─ pages ┼─ turn ┼─ open ┼─ large ┼─ kept ┼ …
 *              one word for each class
 *
 *     partial   the first page of the class with live blocks and room: its number plus 1, or 0
 *     empty     the first page of the class without live blocks
 *     may       bit c is 1 if class c has an empty page
 *     count     how many empty pages there are
 *     pages     how many pages there are
 *     turn      the class that gave an empty page last
 *     open      1 from when the heap is there
 *     large     how many blocks with pages of their own were placed for it
 *     kept      bit c is 0 if no page of class c without live blocks is in the list of partial ones
 *
 * A page without room is in no list. Records start at multiples of 512, so each lies in one page of
 * memory and is looked up once.
 */
import { assert } from "#support";
import type { Address } from "#units";
import { SLAB_CLASS_COUNT, type SlabClass } from "./slab-class.ts";

export const RECORD_SIZE = 512;

/** Where these words are, from the place of a record on. */
export const MAY_OFFSET = 256;
export const EMPTY_COUNT_OFFSET = 260;
export const PAGE_COUNT_OFFSET = 264;
export const TURN_OFFSET = 268;
export const OPEN_OFFSET = 272;
export const LARGE_COUNT_OFFSET = 276;
export const KEPT_OFFSET = 280;

const EMPTY_OFFSET = 128;

assert(EMPTY_OFFSET === SLAB_CLASS_COUNT * 4, "the empty pages come after the partial ones");
assert(MAY_OFFSET === EMPTY_OFFSET * 2, "the other words come after the lists");
assert(KEPT_OFFSET + 4 <= RECORD_SIZE, "a record holds all of its words");

/** The word of the first page of class `index` with live blocks and room. */
export function partialAt(record: Address, index: SlabClass): Address {
  return (record + index * 4) as Address;
}

/** The word of the first page of class `index` without live blocks. */
export function emptyAt(record: Address, index: SlabClass): Address {
  return (record + EMPTY_OFFSET + index * 4) as Address;
}
