/**
 * A set of slab classes as one word: bit c is 1 if class c is in it. Functions of words and nothing else,
 * so that they are proved for every set there is.
 */
import { lowestOf } from "./slab-bits.ts";
import type { SlabClass } from "./slab-class.ts";

/** Whether class `index` is in the set. */
export function hasClass(word: number, index: SlabClass): boolean {
  return ((word >>> index) & 1) === 1;
}

/** The set, and class `index`. */
export function withClass(word: number, index: SlabClass): number {
  return (word | (1 << index)) >>> 0;
}

/** The set without class `index`. */
export function withoutClass(word: number, index: SlabClass): number {
  return (word & ~(1 << index)) >>> 0;
}

/** The class whose turn it is after class `turn`: the next one in the set, which has any. */
export function classAfter(word: number, turn: SlabClass): SlabClass {
  const after = (word & (0xffff_fffe << turn)) >>> 0;
  return lowestOf(after === 0 ? word : after) as SlabClass;
}
