/**
 * What the bytes of page tables say: the entries on the way to a page, and everything that an address
 * space shows.
 *
 * Small, slow, and trusted: it reads words by their addresses, as a person with a dump would, and knows
 * nothing of how the tables are written.
 */
import type { TableEntry, WalkPath } from "#spec";
import {
  address,
  type FrameNumber,
  type LeafLevel,
  type PageNumber,
  type TableLevel,
  word,
} from "#units";
import type { Memory } from "../memory/memory.ts";
import { entryMeaning } from "./page-table-entry-meaning.ts";

/** A leaf of an address space, and the page that it is for, the first of those. */
export interface ShownLeaf {
  readonly page: PageNumber;
  readonly level: LeafLevel;
  readonly entry: TableEntry;
}

/** An entry that is not there. */
export const NO_ENTRY: TableEntry = entryMeaning(word(0), word(0));

const FRAME_SIZE = 4096;
const ENTRY_SIZE = 8;

/** The entries that the tables below `root` have for `page`; what is behind the end is `NO_ENTRY`. */
export function pathTo(memory: Memory, root: FrameNumber, page: PageNumber): WalkPath {
  const level4 = entryIn(memory, root, page, 4);
  const level3 = isWay(memory, level4, 4) ? entryIn(memory, level4.frame, page, 3) : NO_ENTRY;
  const level2 = isWay(memory, level3, 3) ? entryIn(memory, level3.frame, page, 2) : NO_ENTRY;
  const level1 = isWay(memory, level2, 2) ? entryIn(memory, level2.frame, page, 1) : NO_ENTRY;
  return { level4, level3, level2, level1 };
}

/** Every leaf below `root` but those that entry `except` of the root leads to, in order of pages. */
export function leavesOf(
  memory: Memory,
  root: FrameNumber,
  except: number | undefined,
): readonly ShownLeaf[] {
  return leavesIn(memory, root, 0, 4, except);
}

function leavesIn(
  memory: Memory,
  table: FrameNumber,
  first: number,
  level: TableLevel,
  except?: number,
): readonly ShownLeaf[] {
  const leaves: ShownLeaf[] = [];
  for (let index = 0; index < 512; index++) {
    if (index === except) continue;
    const page = (first + index * 512 ** (level - 1)) as PageNumber;
    const entry = entryIn(memory, table, page, level);
    if (!entry.isPresent) continue;
    if (level === 1 || entry.isLarge) leaves.push({ page, level: level as LeafLevel, entry });
    else if (isWay(memory, entry, level)) {
      leaves.push(...leavesIn(memory, entry.frame, page, (level - 1) as TableLevel));
    }
  }
  return leaves;
}

/** Whether `entry` leads to another table, and memory has it. */
function isWay(memory: Memory, entry: TableEntry, level: TableLevel): boolean {
  const isInMemory = entry.frame < memory.size / FRAME_SIZE;
  return entry.isPresent && isInMemory && !(level < 4 && entry.isLarge);
}

/** The entry for `page` of a table of `level`. */
function entryIn(
  memory: Memory,
  table: FrameNumber,
  page: PageNumber,
  level: TableLevel,
): TableEntry {
  const index = Math.floor(page / 512 ** (level - 1)) % 512;
  const at = table * FRAME_SIZE + index * ENTRY_SIZE;
  return entryMeaning(word(memory.readWord(address(at + 4))), word(memory.readWord(address(at))));
}
