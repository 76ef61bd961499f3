/**
 * Plans how freed bytes join the holes on either side. Nothing is written here: the caller applies
 * the plan in one place.
 *
 *              ├─ hole below ─┤      ├── freed ──┤├── hole above ──┤
 *     joins above only               ├──────────── merged ─────────┤
 *
 *              ├─ hole below ─┤├──── freed ──────┤├── hole above ──┤
 *     joins both               ├─ merged: from the start of below ─┤
 *
 * A neighbour of size 0 is none. The hole below is the last that does not start above the freed
 * bytes, the hole above is the next one; if either has a byte of the freed ones, they were not
 * live.
 */
import { assert } from "#support";
import type { Address, ByteCount } from "#units";

/** The hole that the freed bytes become, and which neighbours it takes in. */
export interface Merging {
  readonly start: Address;
  readonly size: ByteCount;
  readonly joinsBelow: boolean;
  readonly joinsAbove: boolean;
}

/** The merging of `size` freed bytes at `start`, or undefined if a neighbour has some of them. */
export function planMerge(
  belowStart: Address,
  belowSize: ByteCount,
  start: Address,
  size: ByteCount,
  aboveStart: Address,
  aboveSize: ByteCount,
): Merging | undefined {
  const belowEnd = belowStart + belowSize;
  const end = start + size;
  if (belowSize > 0 && belowEnd > start) return undefined;
  if (aboveSize > 0 && end > aboveStart) return undefined;

  const joinsBelow = belowSize > 0 && belowEnd === start;
  const joinsAbove = aboveSize > 0 && end === aboveStart;
  const mergedStart = joinsBelow ? belowStart : start;
  const mergedEnd = joinsAbove ? aboveStart + aboveSize : end;
  const gained = (joinsBelow ? belowSize : 0) + (joinsAbove ? aboveSize : 0);
  const merged = mergedEnd - mergedStart;

  assert(merged === size + gained, "a merging loses no bytes");
  assert(mergedStart <= start && end <= mergedEnd, "a merged hole has every freed byte");
  return { start: mergedStart, size: merged as ByteCount, joinsBelow, joinsAbove };
}
