/**
 * The specification looks for a free run at the beginning of the extent and where blocks end, and nowhere
 * else. Nowhere else is needed: a run that is found anywhere can be moved down until it meets one of these.
 *
 *     blocks      ├─ below ─┤                    ├──────
 *     a free run               ├─── count ───┤
 *     moved down            ├─── count ───┤
 */
import { type Block, liveBlocks } from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName, ByteCount, Range } from "#units";
import { assume } from "../assume.ts";

/** Whether `block` ends at `start` or below it. */
function isBelow(block: Block, start: Address): boolean {
  return block.reach > 0 && block.start + block.reach <= start;
}

/**
 * If `part` of the extent has `count` bytes in a row that no block has, from `start` on, then the question
 * that a refusal is judged by is answered yes. Of the blocks below the run, `name` is the one that ends last.
 *
 * @proves refusal-justified
 */
export function freeRunsAreFound(
  blocks: FiniteMap<BlockName, Block>,
  part: Range,
  start: Address,
  count: ByteCount,
  name: BlockName,
): boolean {
  assume(part.start <= start && start + count <= part.start + part.size);
  assume(part.start + part.size <= Number.MAX_SAFE_INTEGER);
  const live = liveBlocks(blocks);
  assume(!live.overlapping(start, count, -1 as BlockName));
  assume(
    blocks.has(name)
      ? isBelow(blocks.get(name), start) &&
          blocks.every((other) => !isBelow(other, start) || endOf(other) <= endOf(blocks.get(name)))
      : !blocks.some((block) => isBelow(block, start)),
  );
  return live.hasFreeRun([part], count);
}

function endOf({ start, reach }: Block): number {
  return start + reach;
}

/**
 * Where that question is answered yes, a block of `count` bytes would be admitted in `part`: at its beginning,
 * or where some block ends.
 *
 * @proves refusal-justified
 */
export function foundRunsAreFree(
  blocks: FiniteMap<BlockName, Block>,
  part: Range,
  count: ByteCount,
): boolean {
  const live = liveBlocks(blocks);
  const isAdmitted = (start: Address): boolean =>
    part.start <= start &&
    start + count <= part.start + part.size &&
    !live.overlapping(start, count, -1 as BlockName);
  assume(live.hasFreeRun([part], count));
  return isAdmitted(part.start) || blocks.some((block) => isAdmitted(endOf(block) as Address));
}
