/** Live blocks, and one of them: what every theorem about an answer that leaves it where it is is about. */
import { type Block, type HeapState, liveBlocks } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName, ByteCount, Range } from "#units";
import { isApartFrom, PROMISES } from "./hole-list-promises.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;

/** Live blocks, and one of them: the bytes that it takes lie in the extent and are nobody else's. */
export interface OneOfBlocks {
  readonly blocks: FiniteMap<BlockName, Block>;
  readonly dead: FiniteMap<BlockName, Address>;
  readonly requested: ByteCount;
  readonly extent: Range;
  readonly name: BlockName;
}

/** The heap that has the blocks. */
export function stateOf({ blocks, dead, requested, extent }: OneOfBlocks): HeapState {
  const live = liveBlocks(blocks);
  return { contract: PROMISES, extent: [extent], live, dead, requested, first: undefined };
}

/** Whether `count` bytes from the start of the block lie in the extent and are of no other block. */
export function hasRoom({ blocks, extent, name }: OneOfBlocks, count: number): boolean {
  const { start } = blocks.get(name);
  const end = start + count;
  const isExtent = extent.start <= LARGEST - extent.size;
  const isInside = isExtent && extent.start <= start && end <= extent.start + extent.size;
  const isNamed = blocks.every((block, key) => block.name === key);
  return isInside && isNamed && blocks.every((b) => b.name === name || isApartFrom(b, start, end));
}
