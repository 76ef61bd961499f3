/** What resizing a block leaves is the block and the hole above it, whole. */
import { HOLE_SIZE_MIN, planResize } from "#impl";
import type { ByteCount } from "#units";
import { assume } from "../assume.ts";

/**
 * The resized block and the hole after it are what was there, and that hole can hold its header.
 *
 * @proves plan-resize
 */
export function resizingLosesNoBytes(
  size: ByteCount,
  aboveSize: ByteCount,
  newSize: ByteCount,
): boolean {
  assume(size + aboveSize <= Number.MAX_SAFE_INTEGER);
  const resizing = planResize(size, aboveSize, newSize);
  if (resizing === undefined) return true;
  const { block, after } = resizing;
  const isWhole = block + after === size + aboveSize && block === newSize;
  return isWhole && (after === 0 || after >= HOLE_SIZE_MIN);
}
