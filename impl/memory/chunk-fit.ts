/**
 * Plans where in a chunk a request fits: at the lowest unit that does.
 *
 *     window         low ├────────────────────────────┤ high
 *     chunk     ├────────────────────────────────┤
 *     fit                   ├─── count ───┤             from a multiple of align
 *
 * The low end of what is free is given first, so what remains stays in one piece. The last unit of
 * the chunk and that of the window are counted in: a request for exactly what is there fits.
 */
import { assert } from "#support";
import type { UnitCount, UnitNumber } from "#units";

/** Where `count` units from a multiple of `align` on lie in both, or undefined if they do not. */
export function planFit(
  chunkFirst: UnitNumber,
  chunkCount: UnitCount,
  low: UnitNumber,
  high: UnitNumber,
  count: UnitCount,
  align: UnitCount,
): UnitNumber | undefined {
  const lowest = Math.max(chunkFirst, low);
  const end = Math.min(chunkFirst + chunkCount, high + 1);
  const first = Math.ceil(lowest / align) * align;
  if (first + count > end) return undefined;

  assert(first >= lowest, "a fit begins in the chunk and in the window");
  return first as UnitNumber;
}
