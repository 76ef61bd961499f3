/**
 * The answers about a block that stays where it is, of a slab page or with pages of its own: how much of it may be
 * used, and that it has another size. What the block takes is its owner's, whatever was asked for.
 */
import { largePagesFor, type SlabClass, sizeOfSlabClass } from "#impl";
import { type Answer, type Call, judge, NOTHING_SEEN } from "#spec";
import type { ByteCount } from "#units";
import { assume } from "../assume.ts";
import { hasRoom, type OneOfBlocks, stateOf } from "../heap/one-of-blocks.ts";

/**
 * The usable size of a block of a slab page, what its class has, is admitted.
 *
 * @proves usable-size, usable-size-honest
 * @split index 0..31
 */
export function slabUsableSizeIsAdmitted(one: OneOfBlocks, index: SlabClass): boolean {
  assume(one.blocks.has(one.name) && one.blocks.get(one.name).size <= sizeOfSlabClass(index));
  assume(hasRoom(one, sizeOfSlabClass(index)));
  return isUsable(one, sizeOfSlabClass(index));
}

/**
 * A block of a slab page whose new size its class serves is admitted where it is.
 *
 * @proves realloc, live-blocks-disjoint
 * @split index 0..31
 */
export function resizedSlabBlockIsAdmitted(
  one: OneOfBlocks,
  index: SlabClass,
  newSize: ByteCount,
): boolean {
  assume(one.blocks.has(one.name) && newSize <= sizeOfSlabClass(index));
  assume(hasRoom(one, sizeOfSlabClass(index)) && isAligned(one));
  return isResized(one, newSize);
}

/**
 * The usable size of a large block, that of its pages, is admitted.
 *
 * @proves usable-size, usable-size-honest, large-pages-for
 */
export function largeUsableSizeIsAdmitted(one: OneOfBlocks): boolean {
  assume(one.blocks.has(one.name));
  const { size } = one.blocks.get(one.name);
  assume(hasRoom(one, 4096 * largePagesFor(size)));
  return isUsable(one, (4096 * largePagesFor(size)) as ByteCount);
}

/**
 * A large block whose new size the pages serve that it has, or that it has together with those that were added
 * behind it, is admitted where it is.
 *
 * @proves realloc, large-pages-for, live-blocks-disjoint
 */
export function resizedLargeBlockIsAdmitted(one: OneOfBlocks, newSize: ByteCount): boolean {
  assume(one.blocks.has(one.name));
  assume(hasRoom(one, 4096 * largePagesFor(newSize)) && isAligned(one));
  return isResized(one, newSize);
}

/** Whether the judge admits that of the block `usable` bytes may be used. */
function isUsable(one: OneOfBlocks, usable: ByteCount): boolean {
  const call: Call = { kind: "usableSize", name: one.name };
  const answer: Answer = { kind: "usable", bytes: usable };
  return judge(stateOf(one), call, answer, NOTHING_SEEN).kind === "admitted";
}

/** Whether the judge admits that the block has `newSize` bytes where it is. */
function isResized(one: OneOfBlocks, newSize: ByteCount): boolean {
  const call: Call = { kind: "realloc", name: one.name, size: newSize };
  const answer: Answer = { kind: "placed", address: one.blocks.get(one.name).start };
  return judge(stateOf(one), call, answer, NOTHING_SEEN).kind === "admitted";
}

/** Whether the block starts where it may: at a multiple of its alignment, and of what every block has. */
function isAligned({ blocks, name }: OneOfBlocks): boolean {
  const { start, align } = blocks.get(name);
  return align >= 1 && start % Math.max(align, 8) === 0;
}
