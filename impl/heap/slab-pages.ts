/**
 * Where slab pages and what is known of them lie: all that the steps of a heap have to look up.
 *
 * A place that was looked up is good until the operation yields, and different pages lie in different
 * places. How it is found, a step does not ask: so it is proved what a step does wherever its pages lie.
 */
import type { Address } from "#units";
import type { Memory } from "../memory/memory.ts";

export interface SlabPages {
  readonly store: Memory;
  /** Where the half of `page` lies that what is kept of it is in. */
  half(page: number): Address;
  /** Where the byte `offset` of the book lies. */
  placeOf(offset: number): Address;
}
