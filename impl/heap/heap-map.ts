/**
 * Who has a page of the heaps' area: one word for each.
 *
 *     bit      31        30 …                5  4 … 0
 *              ├ none ──┼── heap, plus 1 ─────┼ class ┤      a slab page of a heap
 *              0         0                       1           the initial heap's
 *              0         0                       2           not to be had: the book, or on its way
 *              1         link to the next, or 0              nobody's, and given back before
 *              0         0                       0           nobody's, and never was anybody's
 *
 * A heap that frees a block by its address alone reads one word to know whose it is and of which size; an
 * address that is nobody's is refused for the price of that. The pages that were given back are a list
 * through their own words, so that to find a place for a page needs no search.
 */
import type { HeapId } from "#units";
import type { SlabClass } from "./slab-class.ts";

export const NEVER_USED = 0;
export const INITIAL = 1;
export const TAKEN = 2;

const CLASSES = 32;
const GIVEN_BACK = 0x8000_0000;

/** The word of a slab page of `heap` with blocks of class `index`. */
export function slabWord(heap: HeapId, index: SlabClass): number {
  return (heap + 1) * CLASSES + index;
}

/** Whether `word` is that of a slab page. */
export function isSlabWord(word: number): boolean {
  return word >= CLASSES && word < GIVEN_BACK;
}

/** The heap that has the slab page of `word`. */
export function heapOfWord(word: number): HeapId {
  return ((word >> 5) - 1) as HeapId;
}

/** The class of the blocks in the slab page of `word`. */
export function classOfWord(word: number): SlabClass {
  return (word & (CLASSES - 1)) as SlabClass;
}

/** The word of a page that was given back, before that of `link`. */
export function givenBackWord(link: number): number {
  return GIVEN_BACK + link;
}

/** The link in the word of a page that was given back. */
export function linkOfWord(word: number): number {
  return word - GIVEN_BACK;
}
