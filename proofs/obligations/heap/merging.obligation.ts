/**
 * Freed bytes and the holes that they join are one hole, and no two holes touch. Where no hole lies beside
 * them a size of 0 says so, and no address is looked at.
 */
import { assume } from "../assume.ts";
import { type FreedBetween, planOf } from "./freed-between.ts";

/**
 * The merged hole has the freed bytes and those of each neighbour that it joins, and no others.
 *
 * @proves plan-merge
 */
export function mergingLosesNoBytes(freed: FreedBetween): boolean {
  const { belowStart, belowSize, start, size, aboveStart, aboveSize } = freed;
  assume(start + size <= Number.MAX_SAFE_INTEGER);
  assume(aboveStart + aboveSize <= Number.MAX_SAFE_INTEGER);
  const merging = planOf(freed);
  if (merging === undefined) return true;
  const { joinsBelow, joinsAbove } = merging;
  const end = merging.start + merging.size;
  const isFromLowest = merging.start === (joinsBelow ? belowStart : start);
  const isToHighest = end === (joinsAbove ? aboveStart + aboveSize : start + size);
  const isApartBelow = joinsBelow || belowSize === 0 || belowStart + belowSize < merging.start;
  const isApartAbove = joinsAbove || aboveSize === 0 || end < aboveStart;
  return isFromLowest && isToHighest && isApartBelow && isApartAbove;
}

/**
 * A neighbour without bytes is none, wherever it is said to start: freed bytes are not refused for it, and
 * the hole that they become does not take it in.
 *
 * @proves plan-merge
 */
export function neighbourWithoutBytesIsNone(freed: FreedBetween): boolean {
  const { belowSize, start, size, aboveStart, aboveSize } = freed;
  assume(start + size <= Number.MAX_SAFE_INTEGER);
  assume(aboveStart + aboveSize <= Number.MAX_SAFE_INTEGER);
  const merging = planOf(freed);
  if (merging === undefined) return belowSize + aboveSize > 0;
  const takesInNoneBelow = merging.joinsBelow && belowSize === 0;
  const takesInNoneAbove = merging.joinsAbove && aboveSize === 0;
  return !takesInNoneBelow && !takesInNoneAbove;
}
