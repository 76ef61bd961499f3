/** No two live blocks share a byte, whatever an allocator answers and the judge admits. */
import {
  type Answer,
  type Block,
  type Call,
  type Contract,
  isLegal,
  judge,
  type LiveBlocks,
  liveBlocks,
  type Observation,
  type Request,
} from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName, ByteCount, Range } from "#units";
import { assume } from "../assume.ts";

/** Whether two blocks have no byte in common. */
export function areApart(left: Block, right: Block): boolean {
  const isEmpty = left.reach === 0 || right.reach === 0;
  const leftEnd = left.start + left.reach;
  const rightEnd = right.start + right.reach;
  return isEmpty || leftEnd <= right.start || rightEnd <= left.start;
}

/** Whether the two names, if both are live, are those of blocks that are apart. */
export function namesApart(live: LiveBlocks, one: BlockName, two: BlockName): boolean {
  return one === two || !live.has(one) || !live.has(two) || areApart(live.at(one), live.at(two));
}

/**
 * Any legal call, answered in any way that the judge admits, leaves any two live blocks apart, and
 * each under its own name. The number of blocks is not bounded; `left` and `right` are what two of
 * the names had before. A heap without blocks is such a heap, so every heap that can be reached is.
 */
export function stepKeepsBlocksApart(
  blocks: FiniteMap<BlockName, Block>,
  dead: FiniteMap<BlockName, Address>,
  contract: Contract,
  extent: readonly Range[],
  requested: ByteCount,
  first: Request | undefined,
  call: Call,
  answer: Answer,
  seen: Observation,
  left: Block,
  right: Block,
): boolean {
  assume(contract.availability === undefined || contract.availability.granule >= 1);
  assume(blocks.every((block, name) => block.name === name && block.align >= 1));
  assume(
    blocks.every((block) =>
      blocks.every((other) => block.name === other.name || areApart(block, other)),
    ),
  );
  assume(isValueOf(blocks, left) && isValueOf(blocks, right));
  const live = liveBlocks(blocks);
  const state = { contract, extent, live, dead, requested, first };
  assume(isLegal(state, call));
  const verdict = judge(state, call, answer, seen);
  if (verdict.kind === "rejected") return true;
  const after = verdict.state.live;
  const isNamed = !after.has(left.name) || after.at(left.name).name === left.name;
  return isNamed && namesApart(after, left.name, right.name);
}

/** Whether `block` is the block of its name, if that name is live. */
function isValueOf(blocks: FiniteMap<BlockName, Block>, block: Block): boolean {
  if (!blocks.has(block.name)) return true;
  const { start, size, align, reach } = blocks.get(block.name);
  const isSamePlace = start === block.start && reach === block.reach;
  return isSamePlace && size === block.size && align === block.align;
}
