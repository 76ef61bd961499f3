/**
 * What it is for a span to chain its free blocks: in the dialect, said of any two blocks.
 *
 *     fresh     ├─ were live at some time ─┤├─ never were live ─┤
 *     free      { block -> place }            places from 0, the block that was freed first
 *
 * A block is live if it was live at some time and is not free now. That the places of the chain go
 * down one by one is what keeps it from ever coming to a block twice.
 */
import type { FiniteMap } from "#support";
import type { Address, Branded } from "#units";
import type { SizeClassIndex } from "../heap/size-class.ts";
import { offsetOfBlock } from "../heap/span-blocks.ts";
import type { Memory } from "../memory/memory.ts";

/**
 * The number of a block in its span, or of blocks in one.
 *
 * @range 0..512
 */
export type BlockNumber = Branded<"BlockNumber">;

/** The blocks that are free again, by how many were freed before each. */
export type FreeBlocks = FiniteMap<BlockNumber, BlockNumber>;

/** The address of `block` in a span of class `index` that starts at `start`. */
export function addressOfBlock(start: Address, block: number, index: SizeClassIndex): Address {
  return (start + offsetOfBlock(block, index)) as Address;
}

/**
 * Whether `one`, if it is one of `count` free blocks, was live before, has a place of its own, and has
 * in its first word which block was freed before it.
 */
export function isChainAt(
  free: FreeBlocks,
  memory: Memory,
  start: Address,
  index: SizeClassIndex,
  fresh: BlockNumber,
  count: BlockNumber,
  one: BlockNumber,
  other: BlockNumber,
): boolean {
  if (!free.has(one)) return true;
  const place = free.get(one);
  if (one >= fresh || place >= count) return false;
  const isAlone = one === other || !free.has(other) || free.get(other) !== place;
  const word = memory.readWord(addressOfBlock(start, one, index));
  if (place === 0 || word === 0) return isAlone && place === 0 && word === 0;
  const before = (word - 1) as BlockNumber;
  return isAlone && free.has(before) && free.get(before) === place - 1;
}

/** Whether `head` is the block that was freed last of `count`, or -1 if none is free. */
export function isHeadOf(free: FreeBlocks, head: number, count: BlockNumber): boolean {
  if (count === 0) return head === -1;
  return free.has(head as BlockNumber) && free.get(head as BlockNumber) === count - 1;
}
