/**
 * Plans how a block changes its size where it is. Nothing is written here: the caller applies the
 * plan in one place.
 *
 *     now      ├──── block ────┤├───── hole above ─────┤     the hole may be none, of size 0
 *     plan     ├── block, resized ──┤├──── after ──────┤
 *
 * Growing takes from the hole above and shrinking gives to it: what follows the resized block is
 * one hole either way. If it could not hold its own header the block cannot have the new size here.
 */
import { assert } from "#support";
import type { ByteCount } from "#units";
import { HOLE_SIZE_MIN } from "./hole-carving.ts";

/** Two sizes in a row, which together are the block and the hole above it. */
export interface Resizing {
  readonly block: ByteCount;
  readonly after: ByteCount;
}

/** The resizing of a block of `size` to `newSize` bytes, or undefined if its place does not do. */
export function planResize(
  size: ByteCount,
  aboveSize: ByteCount,
  newSize: ByteCount,
): Resizing | undefined {
  const after = size + aboveSize - newSize;
  if (after < 0) return undefined;
  if (after > 0 && after < HOLE_SIZE_MIN) return undefined;

  assert(newSize + after === size + aboveSize, "a resizing loses no bytes");
  assert(after === 0 || after >= HOLE_SIZE_MIN, "the hole after a block can hold its header");
  return { block: newSize, after: after as ByteCount };
}
