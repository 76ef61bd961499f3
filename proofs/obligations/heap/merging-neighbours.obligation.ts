/** Where no hole lies beside freed bytes, a size of 0 says so, and no address is looked at. */
import { planMerge } from "#impl";
import type { Address, ByteCount } from "#units";
import { assume } from "../assume.ts";

/**
 * A neighbour without bytes is none, wherever it is said to start: freed bytes are not refused for it, and
 * the hole that they become does not take it in.
 *
 * @proves plan-merge
 */
export function neighbourWithoutBytesIsNone(
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
  if (merging === undefined) return belowSize + aboveSize > 0;
  const takesInNoneBelow = merging.joinsBelow && belowSize === 0;
  const takesInNoneAbove = merging.joinsAbove && aboveSize === 0;
  return !takesInNoneBelow && !takesInNoneAbove;
}
