/**
 * What the words of physical memory say to a walk: the entries that an address selects, from a root down.
 *
 *     row       1024 t + 2 i     1024 t + 2 i + 1
 *               ├──── low ──────┼──── high ──────┤    of entry i of the table in frame t
 *
 * It reads words by their rows, and divides an address as a person would who counts pages. An entry behind
 * one that leads to no table, or to none in memory, is one of zeros.
 */
import type { TableEntry, WalkPath } from "#spec";
import type { FrameNumber, VirtualAddress, Word32 } from "#units";
import type { Column } from "../memory/column.ts";
import { entryMeaning } from "./page-table-entry-meaning.ts";
import { NO_ENTRY } from "./page-table-meaning.ts";

/** An entry that an address selects, and the row of its low word; where there is no table, the row -1. */
export interface WalkedEntry {
  readonly slot: number;
  readonly entry: TableEntry;
}

/** The entry that an address selects at each level. */
export interface WalkedEntries {
  readonly at4: WalkedEntry;
  readonly at3: WalkedEntry;
  readonly at2: WalkedEntry;
  readonly at1: WalkedEntry;
}

const NOWHERE = -1;

/** The entries that the tables below `root` have for `address`. */
export function entriesTo(
  words: Column,
  root: FrameNumber,
  address: VirtualAddress,
): WalkedEntries {
  const at4 = entryOf(words, root, address, 2 ** 39);
  const at3 = entryBelow(words, at4, address, 2 ** 30);
  const at2 = entryBelow(words, at3, address, 2 ** 21);
  const at1 = entryBelow(words, at2, address, 2 ** 12);
  return { at4, at3, at2, at1 };
}

/** The same as the specification has it. */
export function pathOf({ at4, at3, at2, at1 }: WalkedEntries): WalkPath {
  return { level4: at4.entry, level3: at3.entry, level2: at2.entry, level1: at1.entry };
}

/** Whether memory has the frame with this number. */
export function isFrameIn(words: Column, frame: FrameNumber): boolean {
  return frame * 1024 + 1024 <= words.length;
}

/** The entry of the table in `table` that is for the `bytes` bytes around `address`. */
function entryOf(
  words: Column,
  table: FrameNumber,
  address: VirtualAddress,
  bytes: number,
): WalkedEntry {
  if (!isFrameIn(words, table)) return { slot: NOWHERE, entry: NO_ENTRY };
  const slot = table * 1024 + (Math.floor(address / bytes) % 512) * 2;
  return { slot, entry: entryIn(words, slot) };
}

/** The same of the table that `above` leads to, if it leads to one. */
function entryBelow(
  words: Column,
  { entry }: WalkedEntry,
  address: VirtualAddress,
  bytes: number,
): WalkedEntry {
  const isTable = entry.isPresent && !entry.isLarge;
  if (!isTable) return { slot: NOWHERE, entry: NO_ENTRY };
  return entryOf(words, entry.frame, address, bytes);
}

/** The entry whose low word lies in row `slot`; of no table, one of zeros. */
export function entryIn(words: Column, slot: number): TableEntry {
  if (slot === NOWHERE) return NO_ENTRY;
  return entryMeaning(wordIn(words, slot + 1), wordIn(words, slot));
}

/** The word in `row`, which has a sign there. */
function wordIn(words: Column, row: number): Word32 {
  const cell = words.read(row);
  return (cell < 0 ? cell + 2 ** 32 : cell) as Word32;
}
