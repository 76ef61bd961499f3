/**
 * What a hole list means: the set of its holes, in granules.
 *
 *     memory    ├ size │ next ┤ … ├ size │ next ┤      granules of 8 bytes, counted from `base`
 *     meaning   { start -> size, start -> size }
 *
 * A set says nothing of order: the holes are in that of their addresses. What a change to the list
 * does to the set is said here without a word about memory.
 */
import type { FiniteMap } from "#support";
import type { Address, Branded } from "#units";
import { GRANULE } from "../heap/hole-words.ts";

/**
 * Granules of 8 bytes, counted or numbered from the start of an extent.
 *
 * @range 0..2^31-1
 */
export type Granule = Branded<"Granule">;

/** The sizes of holes, by where they start. */
export type HoleSet = FiniteMap<Granule, Granule>;

/** The address of `granule` in an extent that starts at `base`. */
export function addressOf(base: Address, granule: Granule): Address {
  return (base + GRANULE * granule) as Address;
}

/** Whether `granule` lies in one of `holes`. */
export function isFree(holes: HoleSet, granule: Granule): boolean {
  return holes.some((size, start) => start <= granule && granule < start + size);
}

/** `holes`, but of the one at `hole` only the first `before` and the last `after` granules. */
export function withoutBlock(
  holes: HoleSet,
  hole: Granule,
  before: Granule,
  after: Granule,
): HoleSet {
  const rest = (hole + holes.get(hole) - after) as Granule;
  const front = before > 0 ? holes.with(hole, before) : holes.without(hole);
  return after > 0 ? front.with(rest, after) : front;
}

/** `holes` with `size` granules from `start` on, in one with the holes `below` and `above`. */
export function withMerged(
  holes: HoleSet,
  below: Granule | undefined,
  above: Granule | undefined,
  start: Granule,
  size: Granule,
): HoleSet {
  const lower = below === undefined ? 0 : holes.get(below);
  const upper = above === undefined ? 0 : holes.get(above);
  const others = above === undefined ? holes : holes.without(above);
  return others.with(below ?? start, (lower + size + upper) as Granule);
}

/** `holes` without `above`, if there is one, and with `size` granules from `start` on, if any. */
export function withTail(
  holes: HoleSet,
  above: Granule | undefined,
  start: Granule,
  size: Granule,
): HoleSet {
  const others = above === undefined ? holes : holes.without(above);
  return size > 0 ? others.with(start, size) : others;
}
