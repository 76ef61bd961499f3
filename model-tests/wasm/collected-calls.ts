/**
 * Requests and frees where a collector decides what is garbage: a block is pinned as soon as it is made, and
 * let go of where others would free it.
 *
 * What is judged is that nothing that is pinned is collected, moved or shared. When the rest is used again is
 * the collector's own affair.
 */

import { type Exports, functionOf } from "./exported-function.ts";
import type { Allocator } from "./families.ts";

/** A class of AssemblyScript without references, so that nobody follows what is written into a block. */
const ARRAY_BUFFER = 1;
const REFUSED = 0;
/** Of so many live blocks, one is let go of before the next collection. */
const LIVE_FOR_ONE = 8;

/** The calls of such an allocator. */
export function collectedCalls(
  { calls: { alloc, dealloc, pin, collect }, sizeMax }: Allocator,
  exports: Exports,
): { readonly alloc: (size: number) => number; readonly dealloc: (address: number) => void } {
  const make = functionOf(exports, alloc);
  const unpin = functionOf(exports, dealloc);
  const hold = pin && functionOf(exports, pin);
  const sweep = collect && functionOf(exports, collect);
  let live = 0;
  let garbage = 0;
  return {
    alloc: (size) => {
      if (size > sizeMax) return REFUSED;
      const start = make(size, ARRAY_BUFFER) >>> 0;
      hold?.(start);
      live += 1;
      return start;
    },
    // A collection looks at all that is live: after every free it would cost more than all else together.
    dealloc: (address) => {
      unpin(address);
      live -= 1;
      garbage += 1;
      if (garbage * LIVE_FOR_ONE < live) return;
      garbage = 0;
      sweep?.();
    },
  };
}
