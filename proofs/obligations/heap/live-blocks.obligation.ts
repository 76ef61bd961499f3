/** What the questions about live blocks mean, byte by byte, and how blocks come and go. */
import { type Block, liveBlocks } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName, ByteCount, Range } from "#units";
import { assume } from "../assume.ts";
import { isUnchanged } from "./heap-step.ts";

/**
 * Some bytes overlap a live block exactly if one of them, the higher of the two beginnings, belongs to a block
 * that is not excepted.
 *
 * @proves live-blocks-disjoint
 */
export function overlappingMeansACommonByte(
  blocks: FiniteMap<BlockName, Block>,
  start: Address,
  count: ByteCount,
  except: BlockName,
): boolean {
  assume(count > 0);
  const hasCommonByte = (block: Block): boolean => {
    const highest = Math.max(start, block.start) as Address;
    return isWithinReach(block, highest) && highest - start < count;
  };
  const isTaken = blocks.some((block) => block.name !== except && hasCommonByte(block));
  return liveBlocks(blocks).overlapping(start, count, except) === isTaken;
}

/** Whether the byte at `address` is one of the block's. */
function isWithinReach({ start, reach }: Block, address: Address): boolean {
  return start <= address && address - start < reach;
}

/**
 * A free run of one part of an extent is one of the extent, whatever its other parts are.
 *
 * @proves live-blocks, refusal-justified
 */
export function freeRunsOfAPartAreOfTheExtent(
  blocks: FiniteMap<BlockName, Block>,
  extent: readonly Range[],
  part: Range,
  count: ByteCount,
): boolean {
  const live = liveBlocks(blocks);
  assume(live.hasFreeRun([part], count));
  assume(extent.some(({ start, size }) => start === part.start && size === part.size));
  return live.hasFreeRun(extent, count);
}

/**
 * A block is live under its name once it is added, and not any more once it is taken out; no other name is
 * touched. Blocks are none exactly if no name is live.
 *
 * @proves live-blocks
 */
export function blocksComeAndGo(
  blocks: FiniteMap<BlockName, Block>,
  block: Block,
  other: BlockName,
): boolean {
  const before = liveBlocks(blocks);
  const { name } = block;
  const added = before.with(block);
  const left = added.without(name);
  const isAdded = added.has(name) && added.at(name).start === block.start && !added.isEmpty();
  const isGone = !left.has(name) && left.isEmpty() === blocks.every((_, each) => each === name);
  if (other === name) return isAdded && isGone;
  return isAdded && isGone && isUnchanged(before, added, other) && isUnchanged(before, left, other);
}
