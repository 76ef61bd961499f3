/**
 * The live blocks in an array sorted by address: fast enough for logs of tens of thousands of
 * calls.
 *
 * It changes in place and so may be used along one line only: after `with` or `without` there is no
 * earlier value. A log is such a line.
 */
import type { Block, LiveBlocks } from "#spec";
import { assert } from "#support";
import type { BlockName, Range } from "#units";

/** No live blocks yet. */
export function sortedLiveBlocks(): LiveBlocks {
  const byName = new Map<BlockName, Block>();
  const inOrder: Block[] = [];

  const at = (name: BlockName): Block => {
    const block = byName.get(name);
    assert(block !== undefined, "only a live block is looked at");
    return block;
  };
  const remove = (name: BlockName): void => {
    const index = firstFrom(inOrder, at(name).start);
    assert(inOrder[index]?.name === name, "no two live blocks start at one address");
    inOrder.splice(index, 1);
    byName.delete(name);
  };

  const blocks: LiveBlocks = {
    isEmpty: () => byName.size === 0,
    has: (name) => byName.has(name),
    at,
    overlapping: (start, count, except) => {
      // Disjoint blocks end in the order in which they start, so two neighbours below are enough.
      const first = Math.max(0, firstFrom(inOrder, start) - 2);
      for (let index = first; index < inOrder.length; index++) {
        const block = inOrder[index] as Block;
        if (block.start >= start + count) return false;
        if (block.name !== except && start < block.start + block.reach) return true;
      }
      return false;
    },
    hasFreeRun: (extent, count) => extent.some((part) => hasRun(inOrder, part, count)),
    with: (block) => {
      if (byName.has(block.name)) remove(block.name);
      inOrder.splice(firstFrom(inOrder, block.start), 0, block);
      byName.set(block.name, block);
      return blocks;
    },
    without: (name) => {
      remove(name);
      return blocks;
    },
  };
  return blocks;
}

/** The index of the first block that starts at or above `start`. */
function firstFrom(inOrder: readonly Block[], start: number): number {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((inOrder[middle] as Block).start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hasRun(inOrder: readonly Block[], part: Range, count: number): boolean {
  let free: number = part.start;
  for (const { start, reach } of inOrder) {
    if (Math.min(start, part.start + part.size) - free >= count) return true;
    free = Math.max(free, start + reach);
  }
  return part.start + part.size - free >= count;
}
