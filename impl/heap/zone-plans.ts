/**
 * Which list a slab page goes to when one of its blocks is taken or put back: decided from numbers alone.
 *
 *     live blocks    none        some             all
 *     list           empty       partial          none
 *     a take                     ─────────────►   LEAVES
 *     a put                      ◄─────────────   JOINS
 *     a put          ◄────────── EMPTIES, or KEPT: it stays where it is
 *     a put          ◄─────────────────────────   EMPTIES_AT_ONCE, if the page has one block
 *
 * Nothing is read or written here, so it is proved that a page whose plans are carried out is always in
 * the list that its number of live blocks says, for any number of pages and whatever is called.
 */
import { withoutClass } from "./class-bits.ts";
import { type SlabClass, sizeOfSlabClass } from "./slab-class.ts";
import { LAST_FREE, NO_LINK, SLAB_SIZE } from "./slab-page.ts";

/** The page is in the list that it was in. */
export const STAYS = 0;
/** It has no room any more, and is in no list from then on. */
export const LEAVES = 1;
/** It has room again: from no list to the partial ones. */
export const JOINS = 2;
/** From the partial ones to the empty ones. */
export const EMPTIES = 3;
/** From no list to the empty ones. */
export const EMPTIES_AT_ONCE = 4;
/** It is empty and stays among the partial ones, which is noted of its class. */
export const KEPT = 5;

/** What a take does to a page of the partial ones, of which `takeBlock` answered `taken`. */
export function planTake(taken: number): number {
  return taken >= LAST_FREE ? LEAVES : STAYS;
}

/** How far into the area the block of `page`, of class `index`, starts of which `takeBlock` answered `taken`. */
export function startOfTaken(page: number, taken: number, index: SlabClass): number {
  return page * SLAB_SIZE + (taken & (LAST_FREE - 1)) * sizeOfSlabClass(index);
}

/** What a put does to a page of `count` blocks of which `live` are live from then on, at least one. */
export function planPut(live: number, count: number): number {
  return live === count - 1 ? JOINS : STAYS;
}

/**
 * What a put does to a page of `count` blocks of which none is live from then on. Whether it is alone in its
 * list matters only where it is in one.
 */
export function planEmptied(count: number, isAlone: boolean): number {
  if (count === 1) return EMPTIES_AT_ONCE;
  return isAlone ? KEPT : EMPTIES;
}

/** What becomes of the first partial page of a class of which one may be kept, if that is to end. */
export function planKept(live: number): number {
  return live > 0 ? STAYS : EMPTIES;
}

/**
 * The classes with an empty page, which are those of `may`, once class `index` has one less: the list of its
 * empty pages begins with the link `first` then.
 */
export function planLess(may: number, index: SlabClass, first: number): number {
  return first === NO_LINK ? withoutClass(may, index) : may;
}
