/** What the hole list promises its callers, and what a live block must be apart from. */
import type { Block, Contract } from "#spec";
import type { Alignment, ByteCount } from "#units";

/** What the hole list promises. */
export const PROMISES: Contract = {
  alignMax: 4503599627370496 as Alignment,
  alignDefault: 8 as Alignment,
  alignBySize: false,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: true,
  availability: { overhead: 33 as ByteCount, granule: 8 as ByteCount, minimum: 16 as ByteCount },
  rejects: [],
  extentKnown: true,
};

/** Whether `block` has no byte from `start` up to `end`. */
export function isApartFrom(block: Block, start: number, end: number): boolean {
  return block.reach === 0 || block.start + block.reach <= start || end <= block.start;
}
