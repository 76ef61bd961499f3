/** Where the induction over the steps of a heap begins. */
import { type Block, liveBlocks } from "#spec";
import type { FiniteMap } from "#support";
import type { BlockName } from "#units";
import { assume } from "../assume.ts";

/**
 * A heap of which nothing was asked has no block, so that every claim about its blocks is true.
 *
 * @proves live-blocks-disjoint, block-aligned, block-in-extent
 */
export function freshHeapHasNoBlock(blocks: FiniteMap<BlockName, Block>, name: BlockName): boolean {
  assume(!blocks.some(() => true));
  const live = liveBlocks(blocks);
  return live.isEmpty() && !live.has(name);
}
