/** Freed bytes and the holes that they join are one hole, and no two holes touch. */
import { planMerge } from "#impl";
import type { Address, ByteCount } from "#units";
import { assume } from "../assume.ts";

/**
 * The merged hole has the freed bytes and those of each neighbour that it joins, and no others.
 *
 * @proves plan-merge
 */
export function mergingLosesNoBytes(
  belowStart: Address,
  belowSize: ByteCount,
  start: Address,
  size: ByteCount,
  aboveStart: Address,
  aboveSize: ByteCount,
): boolean {
  assume(start + size <= Number.MAX_SAFE_INTEGER);
  assume(aboveStart + aboveSize <= Number.MAX_SAFE_INTEGER);
  const merging = planMerge(belowStart, belowSize, start, size, aboveStart, aboveSize);
  if (merging === undefined) return true;
  const { joinsBelow, joinsAbove } = merging;
  const end = merging.start + merging.size;
  const isFromLowest = merging.start === (joinsBelow ? belowStart : start);
  const isToHighest = end === (joinsAbove ? aboveStart + aboveSize : start + size);
  const isApartBelow = joinsBelow || belowSize === 0 || belowStart + belowSize < merging.start;
  const isApartAbove = joinsAbove || aboveSize === 0 || end < aboveStart;
  return isFromLowest && isToHighest && isApartBelow && isApartAbove;
}
