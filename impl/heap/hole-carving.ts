/**
 * Plans how to carve a block out of a hole. Nothing is written here: the caller applies the plan in
 * one place.
 *
 *     hole   ├──────────────────────────────────────────┤
 *     plan   ├── before ──┤├──── block ────┤├── after ──┤
 *
 * A remainder that cannot hold its own header would be lost until the block is freed, so each
 * remainder is empty or at least `HOLE_SIZE_MIN`, and a hole that would leave a smaller one is
 * refused. In front that is avoidable: a block that does not begin with the hole begins at the first
 * aligned address that leaves room for a header.
 */
import { assert } from "#support";
import type { Address, Alignment, ByteCount } from "#units";

/** What a hole needs for its own header: its size and the address of the next hole. */
export const HOLE_SIZE_MIN = 16 as ByteCount;

/** Three sizes in a row, which together are the hole. */
export interface Carving {
  readonly before: ByteCount;
  readonly block: ByteCount;
  readonly after: ByteCount;
}

/** The carving of `size` bytes at `align` from the hole, or undefined if the hole does not do. */
export function planCarving(
  holeStart: Address,
  holeSize: ByteCount,
  size: ByteCount,
  align: Alignment,
): Carving | undefined {
  const isAligned = holeStart % align === 0;
  const next = Math.ceil((holeStart + HOLE_SIZE_MIN) / align) * align;
  const before = isAligned ? 0 : next - holeStart;
  const after = holeSize - before - size;
  if (after < 0) return undefined;
  if (after > 0 && after < HOLE_SIZE_MIN) return undefined;

  assert(before + size + after === holeSize, "a carving loses no bytes");
  assert(before === 0 || before >= HOLE_SIZE_MIN, "a front remainder can hold its header");
  return { before: before as ByteCount, block: size, after: after as ByteCount };
}
