/**
 * How many pages or frames some bytes need, which may begin anywhere in the first of them.
 *
 *     unit      ├────── 4096 ───────┼────── 4096 ───────┤
 *     bytes          offset >├──────────── size ──┤
 *
 * Offset and size are not added up before they are divided, so a size near 2^53 needs as many units
 * as it needs, rather than as many as a rounded sum.
 */
import { assert } from "#support";
import type { ByteCount, UnitCount } from "#units";

/** The bytes of a page or a frame. */
export const UNIT_SIZE = 4096 as ByteCount;

/** The units that have `size` bytes, the first of which is `offset` bytes into its unit. */
export function unitsFor(size: ByteCount, offset: ByteCount): UnitCount {
  assert(offset < UNIT_SIZE, "an offset lies in a unit");
  if (size === 0) return 0 as UnitCount;
  const whole = Math.floor(size / UNIT_SIZE);
  const rest = size - whole * UNIT_SIZE;
  return (whole + Math.ceil((rest + offset) / UNIT_SIZE)) as UnitCount;
}
