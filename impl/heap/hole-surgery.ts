/**
 * What applies a plan to the list of holes: the writes, and nothing that decides.
 *
 *     list      ├ below ┤   ├──────── hole ────────┤   ├ next ┤
 *     carved    ├ below ┤   ├ before ┤ block ├ after ┤   ├ next ┤
 *
 * Each function is given `below`, the last hole in front of the place, or `NO_HOLE`; finding it is
 * the list's part. Each answers the first hole of the list, which is another one only if there is
 * none below. Every other word stays as it is, and each word that is written lies in a hole of the
 * list as it is then.
 *
 * Nothing loops here, so for lists of any length it is proved what each of them does.
 */
import { assert } from "#support";
import { type Address, advance, type ByteCount } from "#units";
import type { Memory } from "../memory/memory.ts";
import { NO_HOLE, nextOfHole, sizeOfHole, writeHole } from "./hole-words.ts";

/** Takes `block` bytes out of `hole`, leaving `before` and `after`, either of which may be 0. */
export function carveHole(
  memory: Memory,
  base: Address,
  first: Address,
  below: Address,
  hole: Address,
  before: ByteCount,
  block: ByteCount,
  after: ByteCount,
): Address {
  const start = advance(hole, before);
  const end = advance(start, block);
  const next = nextOfHole(memory, base, hole);
  assert(next === NO_HOLE || end + after < next, "a block ends below the next hole");

  if (after > 0) writeHole(memory, base, end, after, next);
  const above = after > 0 ? end : next;
  if (before > 0) writeHole(memory, base, hole, before, above);
  return linkHole(memory, base, first, below, before > 0 ? hole : above);
}

/**
 * Makes `size` bytes at `start` a hole. It is `below`, grown, if `joinsBelow`, and it takes in the
 * next hole, `above`, if `joinsAbove`.
 */
export function mergeHole(
  memory: Memory,
  base: Address,
  first: Address,
  below: Address,
  above: Address,
  start: Address,
  size: ByteCount,
  joinsBelow: boolean,
  joinsAbove: boolean,
): Address {
  const next = joinsAbove ? nextOfHole(memory, base, above) : above;
  writeHole(memory, base, start, size, next);
  return joinsBelow ? first : linkHole(memory, base, first, below, start);
}

/**
 * Makes the `after` bytes from `end` on, the new end of a block, what follows the block: a hole in
 * front of `next`, or nothing if `after` is 0.
 */
export function resizeHole(
  memory: Memory,
  base: Address,
  first: Address,
  below: Address,
  next: Address,
  end: Address,
  after: ByteCount,
): Address {
  if (after > 0) writeHole(memory, base, end, after, next);
  return linkHole(memory, base, first, below, after > 0 ? end : next);
}

/** Makes `hole` the one after `below`, or the first hole if that is none; answers the first hole. */
function linkHole(
  memory: Memory,
  base: Address,
  first: Address,
  below: Address,
  hole: Address,
): Address {
  if (below === NO_HOLE) return hole;
  writeHole(memory, base, below, sizeOfHole(memory, below), hole);
  return first;
}
