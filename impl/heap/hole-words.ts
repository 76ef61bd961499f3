/**
 * The two words that a hole keeps in its own bytes, and nothing else.
 *
 *     offset    0        4        8                16
 *     hole      ├─ size ─┼─ next ─┼─ not used ─────┤ … size bytes in all
 *
 * Both words count granules of 8 bytes, so that they stay small integers: `size` those of the hole,
 * `next` those from `base`, the extent's start, to the next hole. `next` is 0 at the end of the
 * list, because a hole at the extent's start is nobody's next.
 *
 * Functions of a memory rather than methods of the list: what they read and write is then proved for
 * every memory there is. A search calls them once for each hole, so their sums are written out: with
 * calls of \`advance\` the engine inlines less, and a free and an alloc among 100 blocks took a tenth
 * longer.
 */
import { assert } from "#support";
import type { Address, ByteCount } from "#units";
import type { Memory } from "../memory/memory.ts";
import { HOLE_SIZE_MIN } from "./hole-carving.ts";

export const GRANULE = 8;

/** Stands for no hole. */
export const NO_HOLE: Address = -1 as Address;

const NEXT_OFFSET = 4;

assert(HOLE_SIZE_MIN % GRANULE === 0, "the smallest hole is a whole number of granules");
assert(NEXT_OFFSET + 4 <= HOLE_SIZE_MIN, "the smallest hole can hold its header");

/** The size of `hole`. */
export function sizeOfHole(memory: Memory, hole: Address): ByteCount {
  const size = memory.readWord(hole) * GRANULE;
  assert(size >= HOLE_SIZE_MIN, "a hole can hold its header");
  return size as ByteCount;
}

/** The hole after `hole`, or `NO_HOLE`. */
export function nextOfHole(memory: Memory, base: Address, hole: Address): Address {
  const offset = memory.readWord((hole + NEXT_OFFSET) as Address) * GRANULE;
  if (offset === 0) return NO_HOLE;

  const next = (base + offset) as Address;
  assert(next > hole, "holes are in address order");
  return next;
}

/** Makes the bytes at `hole` a hole of `size` bytes before `next`, which may be `NO_HOLE`. */
export function writeHole(
  memory: Memory,
  base: Address,
  hole: Address,
  size: ByteCount,
  next: Address,
): void {
  const offset = next === NO_HOLE ? 0 : next - base;
  assert(size >= HOLE_SIZE_MIN, "a hole can hold its header");
  assert(next === NO_HOLE || hole + size < next, "holes are in address order and do not touch");

  memory.writeWord(hole, Math.floor(size / GRANULE));
  memory.writeWord((hole + NEXT_OFFSET) as Address, Math.floor(offset / GRANULE));
}
