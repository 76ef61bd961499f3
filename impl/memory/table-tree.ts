/**
 * The tree of page tables of one address space, table by table: the way down, the entries, and the way
 * back up when a table has become empty.
 */
import { assert } from "#support";
import {
  type Address,
  type FrameNumber,
  firstByteOf,
  type PageNumber,
  type TableIndex,
  type TableLevel,
  tableIndex,
} from "#units";
import {
  clearEntry,
  entryAddress,
  highWordAt,
  isUnusedEntry,
  lowWordAt,
  writeEntry,
} from "./entry-in-memory.ts";
import {
  type EntryFlags,
  entryFlags,
  flagsOfEntry,
  frameOfEntry,
  highEntryWord,
  LARGE,
  lowEntryWord,
  PRESENT,
  USER,
  WRITABLE,
} from "./page-table-entry.ts";
import type { TableFrames } from "./table-frames.ts";

/** What an entry that shows a table allows: everything, for the leaf decides. */
const TABLE_FLAGS: EntryFlags = entryFlags(PRESENT | WRITABLE | USER);

/** Where the way to a table ends: there, at an entry that is not present, or at a leaf above. */
export type WayDown =
  | { readonly kind: "table"; readonly table: FrameNumber }
  | { readonly kind: "missing"; readonly table: FrameNumber; readonly level: TableLevel }
  | { readonly kind: "leaf"; readonly table: FrameNumber; readonly level: TableLevel };

export class TableTree {
  readonly root: FrameNumber;
  readonly #frames: TableFrames;

  constructor(root: FrameNumber, frames: TableFrames) {
    this.root = root;
    this.#frames = frames;
  }

  /** Goes down to the table of `level` on the way to `page`. */
  descend(page: PageNumber, level: TableLevel): WayDown {
    let table = this.root;
    for (let at: number = 4; at > level; at--) {
      const entry = this.#entry(table, page, at as TableLevel);
      const { memory } = this.#frames;
      const low = lowWordAt(memory, entry);
      if ((low & PRESENT) === 0) return { kind: "missing", table, level: at as TableLevel };
      if ((low & LARGE) !== 0) return { kind: "leaf", table, level: at as TableLevel };
      table = frameOfEntry(highWordAt(memory, entry), low);
    }
    return { kind: "table", table };
  }

  /** Links empty tables, taken from the end of `tables`, until `page` has a table of `level`. */
  extend(page: PageNumber, level: TableLevel, tables: FrameNumber[]): FrameNumber {
    let end = this.descend(page, level);
    while (end.kind === "missing") {
      const table = tables.pop();
      assert(table !== undefined, "a plan counts every table that is missing");
      this.write(end.table, page, end.level, table, TABLE_FLAGS);
      end = this.descend(page, level);
    }
    assert(end.kind === "table", "no leaf is on the way to a page that is mapped");
    return end.table;
  }

  /**
   * Takes the table of `level` on the way to `page` out of the tree if it is empty, and then the one
   * above; calls `taken` for each.
   */
  prune(
    page: PageNumber,
    level: TableLevel,
    taken: (table: FrameNumber, level: TableLevel) => void,
  ): void {
    for (let at: number = level; at < 4; at++) {
      const end = this.descend(page, at as TableLevel);
      if (end.kind !== "table" || this.#frames.count(end.table) > 0) return;
      const above = this.descend(page, (at + 1) as TableLevel);
      assert(above.kind === "table", "a table that is reached has a table above");
      this.clear(above.table, page, (at + 1) as TableLevel);
      taken(end.table, at as TableLevel);
    }
  }

  /** Whether the entry for `page` of the table of `level` is unused: both of its words are zero. */
  isUnused(table: FrameNumber, page: PageNumber, level: TableLevel): boolean {
    return isUnusedEntry(this.#frames.memory, this.#entry(table, page, level));
  }

  /** The same of entry `index` of `table`. */
  isUnusedAt(table: FrameNumber, index: TableIndex): boolean {
    return isUnusedEntry(this.#frames.memory, entryAddress(table, index));
  }

  /** The flags of the entry for `page` of the table of `level`. */
  flags(table: FrameNumber, page: PageNumber, level: TableLevel): EntryFlags {
    return this.flagsAt(table, indexOf(page, level));
  }

  /** The flags of entry `index` of `table`. */
  flagsAt(table: FrameNumber, index: TableIndex): EntryFlags {
    const { memory } = this.#frames;
    const entry = entryAddress(table, index);
    return flagsOfEntry(highWordAt(memory, entry), lowWordAt(memory, entry));
  }

  /** The frame that the entry for `page` of the table of `level` shows. */
  frame(table: FrameNumber, page: PageNumber, level: TableLevel): FrameNumber {
    return this.frameAt(table, indexOf(page, level));
  }

  /** The frame that entry `index` of `table` shows. */
  frameAt(table: FrameNumber, index: TableIndex): FrameNumber {
    const { memory } = this.#frames;
    const entry = entryAddress(table, index);
    return frameOfEntry(highWordAt(memory, entry), lowWordAt(memory, entry));
  }

  /** Uses an entry that is unused. */
  write(
    table: FrameNumber,
    page: PageNumber,
    level: TableLevel,
    frame: FrameNumber,
    flags: EntryFlags,
  ): void {
    this.writeAt(table, indexOf(page, level), frame, flags);
  }

  /** Uses entry `index` of `table`, which is unused. */
  writeAt(table: FrameNumber, index: TableIndex, frame: FrameNumber, flags: EntryFlags): void {
    assert(this.isUnusedAt(table, index), "only an unused entry is used");
    this.#set(entryAddress(table, index), frame, flags);
    this.#frames.add(table, 1);
  }

  /** Gives an entry that is used other flags. */
  rewrite(table: FrameNumber, page: PageNumber, level: TableLevel, flags: EntryFlags): void {
    this.#set(this.#entry(table, page, level), this.frame(table, page, level), flags);
  }

  /** Makes an entry that is used unused: both of its words zero. */
  clear(table: FrameNumber, page: PageNumber, level: TableLevel): void {
    this.clearAt(table, indexOf(page, level));
  }

  /** Makes entry `index` of `table`, which is used, unused. */
  clearAt(table: FrameNumber, index: TableIndex): void {
    clearEntry(this.#frames.memory, entryAddress(table, index));
    this.#frames.add(table, -1);
  }

  #set(entry: Address, frame: FrameNumber, flags: EntryFlags): void {
    const high = highEntryWord(frame, flags);
    const low = lowEntryWord(frame, flags);
    writeEntry(this.#frames.memory, entry, high, low);
  }

  /** Where the entry for `page` of the table of `level` lies. */
  #entry(table: FrameNumber, page: PageNumber, level: TableLevel): Address {
    return entryAddress(table, indexOf(page, level));
  }
}

/** Which entry of a table of `level` is for `page`. */
export function indexOf(page: PageNumber, level: TableLevel): TableIndex {
  return tableIndex(firstByteOf(page), level);
}
