/** When two blocks have no byte in common. */
import type { Block, LiveBlocks } from "#spec";
import type { BlockName } from "#units";

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
