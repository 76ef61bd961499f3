/** The walk: what each of its answers says of the entries on the way. */
import {
  type Access,
  eachUsed,
  endOfWalk,
  hasReservedBits,
  isSameButMarks,
  type PagingControls,
  type WalkPath,
  walk,
} from "#spec";
import { assume } from "../assume.ts";

/**
 * A user's access is translated only if every entry up to the leaf is the user's, and a user's write only
 * if every one is writable too.
 *
 * @proves walk, rights-along, permits
 */
export function userStaysOutOfTheSupervisorsPages(
  path: WalkPath,
  access: Access,
  controls: PagingControls,
): boolean {
  assume(access.isUser);
  const outcome = walk(path, access, controls);
  if (outcome.kind === "fault") return true;
  const isUsers = eachUsed(path, outcome.level, ({ isUser }) => isUser);
  const isWritable = eachUsed(path, outcome.level, (entry) => entry.isWritable);
  return isUsers && (access.kind !== "write" || isWritable);
}

/**
 * What is not writable along the whole way is written by a supervisor only while CR0.WP is clear.
 *
 * @proves walk, permits
 */
export function writeProtectionHolds(
  path: WalkPath,
  access: Access,
  controls: PagingControls,
): boolean {
  assume(access.kind === "write");
  const outcome = walk(path, access, controls);
  if (outcome.kind === "fault" || !controls.isWriteProtected) return true;
  return eachUsed(path, outcome.level, (entry) => entry.isWritable);
}

/**
 * A page is fetched from only if no entry up to the leaf forbids it.
 *
 * @proves walk, permits
 */
export function noExecuteHolds(path: WalkPath, access: Access, controls: PagingControls): boolean {
  assume(access.kind === "fetch");
  const outcome = walk(path, access, controls);
  return (
    outcome.kind === "fault" || eachUsed(path, outcome.level, ({ isNoExecute }) => !isNoExecute)
  );
}

/**
 * A translation uses present entries without reserved bits alone, and the last of them is a leaf.
 *
 * @proves walk, end-of-walk
 */
export function translationUsesSoundEntries(
  path: WalkPath,
  access: Access,
  controls: PagingControls,
): boolean {
  const outcome = walk(path, access, controls);
  if (outcome.kind === "fault") return true;
  const isPresent = eachUsed(path, outcome.level, (entry) => entry.isPresent);
  const isSound =
    !hasReservedBits(path.level4, 4, controls) &&
    !hasReservedBits(path.level3, 3, controls) &&
    (outcome.level > 2 || !hasReservedBits(path.level2, 2, controls)) &&
    (outcome.level > 1 || !hasReservedBits(path.level1, 1, controls));
  const isLast =
    (outcome.level < 3 || path.level3.isLarge) &&
    (outcome.level !== 2 || (path.level2.isLarge && !path.level3.isLarge)) &&
    (outcome.level > 1 || (!path.level2.isLarge && !path.level3.isLarge));
  return isPresent && isSound && isLast;
}

/**
 * A fault says that an entry was missing exactly if the walk ended at one, and that it is reserved
 * exactly if it ended there; its other bits are those of the access.
 *
 * @proves walk, fault-code-of
 */
export function faultsSayWhereTheWalkEnded(
  path: WalkPath,
  access: Access,
  controls: PagingControls,
): boolean {
  const outcome = walk(path, access, controls);
  if (outcome.kind !== "fault") return endOfWalk(path, controls).kind === "leaf";
  const end = endOfWalk(path, controls).kind;
  const { code } = outcome;
  const isReason =
    code.isPresent === (end !== "not-present") && code.isReserved === (end === "reserved");
  const isWrite = code.isWrite === (access.kind === "write");
  return isReason && isWrite && code.isUser === access.isUser;
}

/**
 * A supervisor reads whatever is there: four entries that are present, sound and not large show the frame
 * of the last, whatever else they say.
 *
 * @proves walk, permits
 */
export function supervisorReadsWhatIsThere(path: WalkPath, controls: PagingControls): boolean {
  const { level4, level3, level2, level1 } = path;
  assume(level4.isPresent && level3.isPresent && level2.isPresent && level1.isPresent);
  assume(!level4.isLarge && !level3.isLarge && !level2.isLarge);
  const outcome = walk(path, { kind: "read", isUser: false }, controls);
  if (outcome.kind === "translation") return outcome.frame === level1.frame && outcome.level === 1;
  return outcome.code.isReserved && outcome.code.isPresent;
}

/**
 * Marks never change what a walk finds: a path with other accessed and dirty bits has the same end, the
 * same frame and the same rights.
 *
 * @proves walk, is-same-but-marks
 */
export function marksChangeNoWalk(
  path: WalkPath,
  marked: WalkPath,
  access: Access,
  controls: PagingControls,
): boolean {
  assume(isSameButMarks(path.level4, marked.level4) && isSameButMarks(path.level3, marked.level3));
  assume(isSameButMarks(path.level2, marked.level2) && isSameButMarks(path.level1, marked.level1));
  const before = walk(path, access, controls);
  const after = walk(marked, access, controls);
  if (before.kind === "fault" || after.kind === "fault") {
    const isSameEnd = endOfWalk(path, controls).level === endOfWalk(marked, controls).level;
    return before.kind === after.kind && isSameEnd;
  }
  const isSamePlace = before.frame === after.frame && before.level === after.level;
  const isSameRight =
    before.rights.isWritable === after.rights.isWritable &&
    before.rights.isUser === after.rights.isUser &&
    before.rights.isExecutable === after.rights.isExecutable;
  return isSamePlace && isSameRight && before.isGlobal === after.isGlobal;
}
