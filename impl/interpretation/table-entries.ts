/**
 * What the bytes of one page table mean: which of its 512 entries are used, and with which words.
 *
 *     bytes     low, high     entry by entry
 *     meaning   { index -> high, low }
 */
import type { FiniteMap } from "#support";
import { address, type FrameNumber, type PageNumber, type TableIndex, type Word32 } from "#units";
import type { Memory } from "../memory/memory.ts";

/** The two words of an entry that is used. */
export interface EntryWords {
  readonly high: Word32;
  readonly low: Word32;
}

/** The entries of a table that are used, by their numbers. */
export type TableEntries = FiniteMap<TableIndex, EntryWords>;

/** What pages of 4 KiB show that lie below one table, by their numbers. */
export type LeafEntries = FiniteMap<PageNumber, EntryWords>;

/** Whether the table in `table` has for `index` what `entries` say, no less and no more. */
export function isEntryAt(
  entries: TableEntries,
  memory: Memory,
  table: FrameNumber,
  index: TableIndex,
): boolean {
  const at = table * 4096 + index * 8;
  const low = memory.readWord(address(at));
  const high = memory.readWord(address(at + 4));
  if (low === 0 && high === 0) return !entries.has(index);
  return entries.has(index) && entries.get(index).low === low && entries.get(index).high === high;
}

/** Whether the table of level 1 in `table` shows for `page` what `leaves` say, no less and no more. */
export function isLeafAt(
  leaves: LeafEntries,
  memory: Memory,
  table: FrameNumber,
  page: PageNumber,
): boolean {
  const at = table * 4096 + (page % 512) * 8;
  const low = memory.readWord(address(at));
  const high = memory.readWord(address(at + 4));
  if (low === 0 && high === 0) return !leaves.has(page);
  return leaves.has(page) && leaves.get(page).low === low && leaves.get(page).high === high;
}
