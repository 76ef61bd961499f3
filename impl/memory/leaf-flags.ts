/**
 * The flags of an entry that shows a page: those that may be asked for, and those that are there because
 * of where the page is and of what a processor did with it.
 */
import type { LeafLevel } from "#units";
import {
  ACCESSED,
  CACHE_DISABLED,
  DIRTY,
  type EntryFlags,
  EXCLUSIVE,
  entryFlags,
  GLOBAL,
  LARGE,
  NO_EXECUTE,
  PRESENT,
  USER,
  WRITABLE,
  WRITE_THROUGH,
} from "./page-table-entry.ts";

/** What may be asked of a page that is mapped already: that it is there and how large it is, is not. */
const OTHER_FLAGS: EntryFlags = entryFlags(
  WRITABLE | USER | WRITE_THROUGH | CACHE_DISABLED | GLOBAL | NO_EXECUTE,
);

/** What may be asked of a page that is to be mapped. */
const OWN_FLAGS: EntryFlags = entryFlags(OTHER_FLAGS | EXCLUSIVE);

/** What an entry keeps when it gets other flags: a mark of the processor must not be lost. */
const KEPT_FLAGS = PRESENT | ACCESSED | DIRTY | LARGE | EXCLUSIVE;

/** Whether a page may be mapped with `flags`. */
export function areLeafFlags(flags: EntryFlags): boolean {
  return entryFlags(flags & OWN_FLAGS) === flags;
}

/** Whether a page that is mapped may get `flags`: who owns its frame does not change. */
export function areOtherFlags(flags: EntryFlags): boolean {
  return entryFlags(flags & OTHER_FLAGS) === flags;
}

/** The flags of a leaf of `level` that is mapped with `flags`. */
export function mappedFlags(flags: EntryFlags, level: LeafLevel): EntryFlags {
  return entryFlags(flags | PRESENT | (level > 1 ? LARGE : 0));
}

/** The flags of a leaf that had `before` and gets `flags`. */
export function remappedFlags(before: EntryFlags, flags: EntryFlags): EntryFlags {
  return entryFlags(flags | (before & KEPT_FLAGS));
}
