/** Bytes that are freed between two holes, as the plan of a merging is given them. */
import { type Merging, planMerge } from "#impl";
import type { Address, ByteCount } from "#units";

/** Freed bytes, and the holes below and above them: one without bytes is none. */
export interface FreedBetween {
  readonly belowStart: Address;
  readonly belowSize: ByteCount;
  readonly start: Address;
  readonly size: ByteCount;
  readonly aboveStart: Address;
  readonly aboveSize: ByteCount;
}

/** The plan for the freed bytes, if they are not refused. */
export function planOf(freed: FreedBetween): Merging | undefined {
  const { belowStart, belowSize, start, size, aboveStart, aboveSize } = freed;
  return planMerge(belowStart, belowSize, start, size, aboveStart, aboveSize);
}
