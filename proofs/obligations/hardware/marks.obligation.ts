/** What a walk may make of its entries, said of each mark of each entry, in both directions. */
import {
  type Access,
  endOfWalk,
  isMarkedRightly,
  isSameButMarks,
  type PagingControls,
  type TableEntry,
  type WalkPath,
  walk,
} from "#spec";

/** What a walk says of its entries: the lowest that it could use, and that it did, or even wrote. */
interface Use {
  readonly lowest: number;
  readonly isTranslated: boolean;
  readonly isWrite: boolean;
}

/**
 * Entries are marked rightly exactly if each is: nothing of it changes but marks, and none is taken away; the accessed
 * one comes only to what the walk could use, and is there if it is used; the dirty one comes only to the leaf
 * of a write that is translated, and is there then.
 *
 * @proves is-marked-rightly, is-marked
 */
export function marksAreRightOneByOne(
  before: WalkPath,
  after: WalkPath,
  access: Access,
  controls: PagingControls,
): boolean {
  const { kind, level } = endOfWalk(before, controls);
  const isTranslated = walk(before, access, controls).kind === "translation";
  const lowest = kind === "leaf" ? level : level + 1;
  const use = { lowest, isTranslated, isWrite: access.kind === "write" };
  const isEach =
    isRight(before.level4, after.level4, 4, use) &&
    isRight(before.level3, after.level3, 3, use) &&
    isRight(before.level2, after.level2, 2, use) &&
    isRight(before.level1, after.level1, 1, use);
  return isMarkedRightly(before, after, access, controls) === isEach;
}

function isRight(
  before: TableEntry,
  after: TableEntry,
  level: number,
  { lowest, isTranslated, isWrite }: Use,
): boolean {
  if (!isSameButMarks(before, after)) return false;
  if (before.isAccessed && !after.isAccessed) return false;
  if (before.isDirty && !after.isDirty) return false;
  const isUsed = isTranslated && level >= lowest;
  const isWritten = isTranslated && isWrite && level === lowest;
  if (isUsed && !after.isAccessed) return false;
  if (level < lowest && after.isAccessed && !before.isAccessed) return false;
  if (isWritten && !after.isDirty) return false;
  return isWritten || !after.isDirty || before.isDirty;
}
