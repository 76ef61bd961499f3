/**
 * The page walk: what the four entries that an address selects say of an access.
 *
 *     level 4 ──> level 3 ──> level 2 ──> level 1 ──> 4 KiB
 *                    │           └─ large ─────────> 2 MiB
 *                    └───────────── large ─────────> 1 GiB
 *
 * From the root down, an entry that is not present ends the walk with a fault, then one with a reserved
 * bit. The first leaf ends it with a translation, if the entries up to there allow the access together.
 *
 * Sources: Intel SDM, volume 3A, sections 4.5.4, 4.6 and 4.7; AMD APM, volume 2, sections 5.3 to 5.6.
 */
import type { FrameNumber, LeafLevel, TableLevel } from "../units/index.ts";
import {
  type Access,
  type FaultCodeBits,
  faultCodeOf,
  type PageRightsHeld,
  permits,
} from "./access.ts";
import {
  frameOfLeaf,
  hasReservedBits,
  isLeaf,
  type PagingControls,
  type TableEntry,
} from "./entry.ts";

/**
 * The entry that an address selects at each level. What comes behind the end of a walk is in it too,
 * and counts for nothing.
 */
export interface WalkPath {
  readonly level4: TableEntry;
  readonly level3: TableEntry;
  readonly level2: TableEntry;
  readonly level1: TableEntry;
}

/** Where a walk ends, whatever the access is. */
export type WalkEnd =
  | { readonly kind: "leaf"; readonly level: LeafLevel }
  | { readonly kind: "not-present"; readonly level: TableLevel }
  | { readonly kind: "reserved"; readonly level: TableLevel };

/** What a walk finds out about an access. */
export type WalkOutcome =
  | {
      readonly kind: "translation";
      readonly level: LeafLevel;
      readonly frame: FrameNumber; // the first that the leaf shows
      readonly rights: PageRightsHeld;
      readonly isGlobal: boolean;
    }
  | { readonly kind: "fault"; readonly code: FaultCodeBits };

/** Walks `path` for `access`. */
export function walk(path: WalkPath, access: Access, controls: PagingControls): WalkOutcome {
  const end = endOfWalk(path, controls);
  if (end.kind !== "leaf") {
    return { kind: "fault", code: faultCodeOf(access, end.kind, controls) };
  }
  const rights = rightsAlong(path, end.level);
  if (!permits(rights, access, controls)) {
    return { kind: "fault", code: faultCodeOf(access, "not-permitted", controls) };
  }
  const leaf = entryAt(path, end.level);
  return {
    kind: "translation",
    level: end.level,
    frame: frameOfLeaf(leaf, end.level),
    rights,
    isGlobal: leaf.isGlobal && controls.isGlobalEnabled,
  };
}

/** Where the walk of `path` ends: at the first entry that is not a well-formed table. */
export function endOfWalk(path: WalkPath, controls: PagingControls): WalkEnd {
  const { level4, level3, level2, level1 } = path;
  if (!level4.isPresent) return { kind: "not-present", level: 4 };
  if (hasReservedBits(level4, 4, controls)) return { kind: "reserved", level: 4 };
  if (!level3.isPresent) return { kind: "not-present", level: 3 };
  if (hasReservedBits(level3, 3, controls)) return { kind: "reserved", level: 3 };
  if (isLeaf(level3, 3)) return { kind: "leaf", level: 3 };
  if (!level2.isPresent) return { kind: "not-present", level: 2 };
  if (hasReservedBits(level2, 2, controls)) return { kind: "reserved", level: 2 };
  if (isLeaf(level2, 2)) return { kind: "leaf", level: 2 };
  if (!level1.isPresent) return { kind: "not-present", level: 1 };
  if (hasReservedBits(level1, 1, controls)) return { kind: "reserved", level: 1 };
  return { kind: "leaf", level: 1 };
}

/**
 * What the entries from the root to a leaf of `level` allow: writing and the user's accesses if all of
 * them do, fetching if none forbids it.
 */
export function rightsAlong(path: WalkPath, level: LeafLevel): PageRightsHeld {
  return {
    isWritable: eachUsed(path, level, ({ isWritable }) => isWritable),
    isUser: eachUsed(path, level, ({ isUser }) => isUser),
    isExecutable: eachUsed(path, level, ({ isNoExecute }) => !isNoExecute),
  };
}

/** Whether `claim` is true of every entry of `path` from the root down to `level`. */
export function eachUsed(
  { level4, level3, level2, level1 }: WalkPath,
  level: TableLevel,
  claim: (entry: TableEntry) => boolean,
): boolean {
  return (
    claim(level4) &&
    (level > 3 || claim(level3)) &&
    (level > 2 || claim(level2)) &&
    (level > 1 || claim(level1))
  );
}

/** The entry of `path` at `level`. */
export function entryAt(path: WalkPath, level: TableLevel): TableEntry {
  if (level === 4) return path.level4;
  if (level === 3) return path.level3;
  return level === 2 ? path.level2 : path.level1;
}
