/** From what the hole list does to the specification: the judge admits its answers. */
import { planResize, roundedSize } from "#impl";
import { type Answer, type Call, judge, NOTHING_SEEN, type Observation } from "#spec";
import type { ByteCount } from "#units";
import { assume } from "../assume.ts";
import { hasRoom, type OneOfBlocks, stateOf } from "./one-of-blocks.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * A live block may be freed: that it is gone is admitted where a witness saw nothing wrong, and what is
 * counted as in use, if anything is, is what was without the block.
 *
 * @proves dealloc, live-block-freeable
 */
export function freedBlockIsAdmitted(one: OneOfBlocks, seen: Observation): boolean {
  assume(one.blocks.has(one.name) && one.blocks.get(one.name).size <= one.requested);
  assume(seen.payload !== "damaged" && seen.others !== "damaged" && seen.outside !== "touched");
  assume(seen.zeroed !== "dirty" && seen.prefix !== "changed");
  const left = one.requested - one.blocks.get(one.name).size;
  assume(seen.used === "unseen" || seen.used === left);
  const call: Call = { kind: "dealloc", name: one.name };
  return judge(stateOf(one), call, { kind: "released" }, seen).kind === "admitted";
}

/**
 * The usable size of a block, what it takes of the extent, is admitted.
 *
 * @proves usable-size, usable-size-honest
 */
export function usableSizeIsAdmitted(one: OneOfBlocks): boolean {
  assume(one.blocks.has(one.name));
  const { size } = one.blocks.get(one.name);
  assume(size <= LARGEST - 8 && hasRoom(one, roundedSize(size)));
  const call: Call = { kind: "usableSize", name: one.name };
  const answer: Answer = { kind: "usable", bytes: roundedSize(size) };
  return judge(stateOf(one), call, answer, NOTHING_SEEN).kind === "admitted";
}

/**
 * Where the block and the hole above it have no byte of another block, a block that is resized as
 * planned is admitted where it is.
 *
 * @proves realloc, hole-resizing, live-blocks-disjoint
 */
export function resizedBlockIsAdmitted(
  one: OneOfBlocks,
  aboveSize: ByteCount,
  newSize: ByteCount,
): boolean {
  assume(one.blocks.has(one.name) && newSize <= LARGEST - 8);
  const { size, start, align } = one.blocks.get(one.name);
  assume(hasRoom(one, roundedSize(size) + aboveSize));
  assume(align >= 1 && start % Math.max(align, 8) === 0);
  const resizing = planResize(roundedSize(size), aboveSize, roundedSize(newSize));
  if (resizing === undefined) return true;
  const call: Call = { kind: "realloc", name: one.name, size: newSize };
  return (
    judge(stateOf(one), call, { kind: "placed", address: start }, NOTHING_SEEN).kind === "admitted"
  );
}
