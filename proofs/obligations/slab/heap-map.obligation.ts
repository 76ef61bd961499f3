/** The word that says who has a page: it is told what it is, and gives back what it was made of. */
import {
  classOfWord,
  givenBackWord,
  heapOfWord,
  INITIAL,
  isSlabWord,
  linkOfWord,
  NEVER_USED,
  type SlabClass,
  slabWord,
  TAKEN,
} from "#impl";
import type { Branded, HeapId, Word32 } from "#units";
import { assume } from "../assume.ts";

/** One more than the largest number of a heap that has slab pages: such a word has 26 bits for it. */
const HEAPS_MAX = 2 ** 26 - 1;

/**
 * The number of a page of an area plus 1, or 0.
 *
 * @range 0..2^31-1
 */
export type PageLink = Branded<"PageLink">;

/**
 * The word of a slab page is one, and says which heap has the page and of which class its blocks are.
 *
 * @proves slab-word
 * @mode bits
 */
export function slabWordSaysWhoseAndWhich(heap: HeapId, index: SlabClass): boolean {
  assume(heap < HEAPS_MAX);
  const word = slabWord(heap, index);
  return isSlabWord(word) && heapOfWord(word) === heap && classOfWord(word) === index;
}

/**
 * A word that is that of a slab page is the one of its heap and its class, and of no other heap and class.
 *
 * @proves slab-word
 * @mode bits
 */
export function slabWordIsOfOnePage(word: Word32): boolean {
  assume(isSlabWord(word));
  const heap = heapOfWord(word);
  return 0 <= heap && heap < HEAPS_MAX && slabWord(heap, classOfWord(word)) === word;
}

/**
 * The word of a page that was given back is a word, and says which was given back before. It is no slab
 * page's, and neither of the two is that of a page of the initial heap, of one that is not to be had or of
 * one that never was anybody's.
 *
 * @proves slab-word, given-back-word
 * @mode bits
 */
export function wordsOfPagesAreToldApart(heap: HeapId, index: SlabClass, link: PageLink): boolean {
  assume(heap < HEAPS_MAX);
  const word = givenBackWord(link);
  const isLink = linkOfWord(word) === link && word < 2 ** 32 && !isSlabWord(word);
  const others = [NEVER_USED, INITIAL, TAKEN];
  return isLink && others.every((each) => each !== word && each !== slabWord(heap, index));
}
