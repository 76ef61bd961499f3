/**
 * What it is for memory to hold a list of holes, said of any two granules: in the dialect, so that a
 * proof can ask it of every memory, and a test of the one that it has.
 *
 * A list is well-formed if `isListAt` holds of every two granules and `isFirstAt` of every one. To be
 * said of two rather than of all keeps a proof short: what a step needs to know of the list is that
 * the holes which it names are well-formed with each other.
 */
import type { Address } from "#units";
import type { Memory } from "../memory/memory.ts";
import { addressOf, type Granule, type HoleSet } from "./hole-set.ts";

/**
 * Whether `one`, if it is one of `holes`, lies within the `count` granules of an extent at `base`,
 * is `other` or does not touch it, and has its size and the next hole in its words.
 */
export function isListAt(
  holes: HoleSet,
  memory: Memory,
  base: Address,
  count: Granule,
  one: Granule,
  other: Granule,
): boolean {
  if (!holes.has(one)) return true;
  const size = holes.get(one);
  const end = one + size;
  if (size < 2 || end > count) return false;

  const isSize = memory.readWord(addressOf(base, one)) === size;
  const next = memory.readWord((addressOf(base, one) + 4) as Address) as Granule;
  const isLast = next === 0;
  const isNext = isLast || (end < next && next < count && holes.has(next));
  const isBelow = !holes.has(other) || other <= one;
  return isSize && isNext && (isBelow || (!isLast && next <= other));
}

/**
 * Whether `first`, which may be undefined, is the first of `holes` as far as `other` can tell.
 */
export function isFirstAt(holes: HoleSet, first: Granule | undefined, other: Granule): boolean {
  if (first === undefined) return !holes.has(other);
  return holes.has(first) && (!holes.has(other) || first <= other);
}
