/**
 * The accessed and dirty bits: which a processor must set, which it may, and that it clears none.
 *
 * An entry that a translation used is accessed, and the leaf of a write is dirty. A processor may walk
 * ahead of the program, so it may mark any entry that it could use as accessed at any time; a bit that
 * says dirty is set by a write that happens and by nothing else. Nothing else of an entry changes.
 *
 * Sources: Intel SDM, volume 3A, section 4.8; AMD APM, volume 2, section 5.4.2.
 */
import type { TableLevel } from "../units/index.ts";
import type { Access } from "./access.ts";
import type { PagingControls, TableEntry } from "./entry.ts";
import { eachUsed, endOfWalk, entryAt, type WalkOutcome, type WalkPath, walk } from "./walk.ts";

/** Whether `after` is what `access` may make of the entries `before`. */
export function isMarkedRightly(
  before: WalkPath,
  after: WalkPath,
  access: Access,
  controls: PagingControls,
): boolean {
  const outcome = walk(before, access, controls);
  return isMarked(after, outcome, access) && isOnlyMarked(before, after, outcome, access, controls);
}

/** Whether each entry that must be marked is. */
export function isMarked(after: WalkPath, outcome: WalkOutcome, access: Access): boolean {
  if (outcome.kind === "fault") return true;
  const isAccessed = eachUsed(after, outcome.level, (entry) => entry.isAccessed);
  return isAccessed && (access.kind !== "write" || entryAt(after, outcome.level).isDirty);
}

/** Whether nothing changed but marks that may be set. */
function isOnlyMarked(
  before: WalkPath,
  after: WalkPath,
  outcome: WalkOutcome,
  access: Access,
  controls: PagingControls,
): boolean {
  const { kind, level } = endOfWalk(before, controls);
  const lowest = kind === "leaf" ? level : level + 1;
  const dirtied = outcome.kind === "translation" && access.kind === "write" ? outcome.level : 0;
  return (
    mayBecome(before.level4, after.level4, 4, lowest, dirtied) &&
    mayBecome(before.level3, after.level3, 3, lowest, dirtied) &&
    mayBecome(before.level2, after.level2, 2, lowest, dirtied) &&
    mayBecome(before.level1, after.level1, 1, lowest, dirtied)
  );
}

/** Whether the entry of level `at` may become `after` in a walk that can use those from `lowest` up. */
function mayBecome(
  before: TableEntry,
  after: TableEntry,
  at: TableLevel,
  lowest: number,
  dirtied: TableLevel | 0,
): boolean {
  if (!isSameButMarks(before, after)) return false;
  const accessed = after.isAccessed === before.isAccessed || (at >= lowest && after.isAccessed);
  const dirty = after.isDirty === before.isDirty || (at === dirtied && after.isDirty);
  return accessed && dirty;
}

/** Whether two entries differ in their accessed and dirty bits at most. */
export function isSameButMarks(one: TableEntry, other: TableEntry): boolean {
  return (
    one.isPresent === other.isPresent &&
    one.isWritable === other.isWritable &&
    one.isUser === other.isUser &&
    one.isLarge === other.isLarge &&
    one.isGlobal === other.isGlobal &&
    one.frame === other.frame &&
    one.isNoExecute === other.isNoExecute
  );
}
