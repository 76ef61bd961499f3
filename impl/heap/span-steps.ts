/**
 * The steps of a span: a block is taken out of it, and a block is put back.
 *
 *     take      the block that was freed last ── else the first that never was live
 *               the last one: the span leaves the list of its class
 *     put       the block is in front of the chain; of a span that was full: the span is linked again
 *
 * Nothing loops here, and all that is read and written is handed in: so each step is proved whole, from the
 * words and cells that it touches to what the specification says of a block that is taken or freed, for tables
 * of any length.
 */
import { assert, demand } from "#support";
import type { Address } from "#units";
import type { Column } from "../memory/column.ts";
import type { Memory } from "../memory/memory.ts";
import type { SizeClassIndex } from "./size-class.ts";
import { blockAt, blocksPerSpan, isBlockStart, offsetOfBlock } from "./span-blocks.ts";
import { blockToTake, freedBefore, keepFreedBefore } from "./span-chain.ts";
import { linkSpan, unlinkSpan } from "./span-links.ts";
import { NONE, type SpanNumber } from "./span-number.ts";
import type { SpanColumns } from "./span-opening.ts";

/** What is kept of each page, and of each class: both as the table says. */
export interface SpanStore {
  readonly memory: Memory;
  readonly columns: SpanColumns;
  readonly first: Column;
  readonly spare: Column;
}

/** Takes a block of `span`, which starts at `start` and has room; answers where the block starts. */
export function takeOfSpan(
  { memory, columns, first, spare }: SpanStore,
  span: SpanNumber,
  start: Address,
  index: SizeClassIndex,
): Address {
  const live = columns.live.read(span);
  assert(live < blocksPerSpan(index), "a span that is taken from has room");

  const freed = columns.free.read(span);
  const block = blockToTake(freed, columns.fresh.read(span));
  assert(block < blocksPerSpan(index), "a block lies in its span");
  const at = (start + offsetOfBlock(block, index)) as Address;
  if (freed === NONE) columns.fresh.write(span, block + 1);
  else columns.free.write(span, freedBefore(memory, at));

  columns.live.write(span, live + 1);
  if (live === 0) spare.write(index, NONE);
  if (live + 1 === blocksPerSpan(index)) {
    first.write(index, unlinkSpan(columns.next, columns.previous, first.read(index), span));
  }
  return at;
}

/** Puts the block `offset` bytes into `span`, which starts at `start`, back; answers how many of it are live. */
export function putIntoSpan(
  { memory, columns, first }: SpanStore,
  span: SpanNumber,
  start: Address,
  index: SizeClassIndex,
  offset: number,
): number {
  const block = blockAt(offset, index);
  const live = columns.live.read(span);
  const freed = columns.free.read(span);
  demand(isBlockStart(offset, index), "a block is freed at its start");
  demand(block < columns.fresh.read(span) && live > 0, "a live block is freed");
  demand(block !== freed, "a block is freed once");

  keepFreedBefore(memory, (start + offset) as Address, freed);
  columns.free.write(span, block);
  columns.live.write(span, live - 1);
  if (live === blocksPerSpan(index)) {
    first.write(index, linkSpan(columns.next, columns.previous, first.read(index), span));
  }
  return live - 1;
}
