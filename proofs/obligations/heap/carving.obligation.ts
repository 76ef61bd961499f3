/** What carving a hole leaves is the hole, whole. */
import { HOLE_SIZE_MIN, planCarving } from "#impl";
import type { Address, Alignment, ByteCount } from "#units";
import { assume } from "../assume.ts";
import { isPowerOfTwo } from "../units/power-of-two.ts";

/** The last address; behind a hole there is room to round up to the next multiple of `align`. */
const ADDRESS_MAX = Number.MAX_SAFE_INTEGER;

/**
 * Before, block and after are the hole; the block is aligned and has the size that was asked for; and
 * what remains on either side can hold the header of a hole.
 *
 * @proves plan-carving
 * @split align 2^0..2^52
 */
export function carvingLosesNoBytes(
  holeStart: Address,
  holeSize: ByteCount,
  size: ByteCount,
  align: Alignment,
): boolean {
  assume(isPowerOfTwo(align));
  assume(holeStart <= ADDRESS_MAX - align - HOLE_SIZE_MIN);
  const carving = planCarving(holeStart, holeSize, size, align);
  if (carving === undefined) return true;
  const { before, block, after } = carving;
  const isWhole = before + block + after === holeSize && block === size;
  const isAligned = (holeStart + before) % align === 0;
  const canHoldFront = before === 0 || before >= HOLE_SIZE_MIN;
  const canHoldBack = after === 0 || after >= HOLE_SIZE_MIN;
  return isWhole && isAligned && canHoldFront && canHoldBack;
}
