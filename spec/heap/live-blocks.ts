/**
 * The live blocks, seen through the few questions that the rules ask. Here each question has its
 * plain meaning; a campaign asks an index instead, which is tested to agree.
 */
import type { FiniteMap } from "../support/index.ts";
import type { Address, BlockName, ByteCount, Range } from "../units/index.ts";
import type { Request } from "./calls.ts";

/** Bytes that an allocator has handed to a caller and not got back. */
export interface Block extends Request {
  readonly name: BlockName;
  readonly start: Address;
  /** The bytes that nobody else may have: those asked for, or more if the allocator said so. */
  readonly reach: ByteCount;
}

export interface LiveBlocks {
  isEmpty(): boolean;
  has(name: BlockName): boolean;
  at(name: BlockName): Block;
  /** Whether a block other than `except` has one of the `count` bytes from `start`; at least 1. */
  overlapping(start: Address, count: ByteCount, except: BlockName): boolean;
  /** Whether `extent` has `count` bytes in a row that no block has. */
  hasFreeRun(extent: readonly Range[], count: number): boolean;
  with(block: Block): LiveBlocks;
  without(name: BlockName): LiveBlocks;
}

/** The live blocks in `blocks`, each under its own name. */
export function liveBlocks(blocks: FiniteMap<BlockName, Block>): LiveBlocks {
  const has = (block: Block, start: number, end: number): boolean =>
    block.reach > 0 && start < block.start + block.reach && block.start < end;
  const isFree = (start: number, { start: low, size }: Range, count: number): boolean =>
    low <= start &&
    start + count <= low + size &&
    !blocks.some((block) => has(block, start, start + count));

  return {
    isEmpty: () => !blocks.some(() => true),
    has: (name) => blocks.has(name),
    at: (name) => blocks.get(name),
    overlapping: (start, count, except) =>
      blocks.some((block) => block.name !== except && has(block, start, start + count)),
    // A free run that is long enough begins with the extent, or where a block ends.
    hasFreeRun: (extent, count) =>
      extent.some(
        (part) =>
          isFree(part.start, part, count) ||
          blocks.some(({ start, reach }) => isFree(start + reach, part, count)),
      ),
    with: (block) => liveBlocks(blocks.with(block.name, block)),
    without: (name) => liveBlocks(blocks.without(name)),
  };
}
