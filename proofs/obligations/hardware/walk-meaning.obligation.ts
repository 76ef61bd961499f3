/**
 * What a walk is, said entry by entry: where it ends, which entries count, and what may be kept of it.
 *
 * The laws of a walk say what follows from its answers. If its parts were all wrong in the same way, those would
 * still follow. So each part is tied here, in both directions, to the bits of the entries.
 */
import {
  type Access,
  type CachedTranslation,
  eachUsed,
  endOfWalk,
  entryAt,
  firstPageOf,
  frameOfLeaf,
  isLeaf,
  mayBeCached,
  type PagingControls,
  type TableEntry,
  type WalkPath,
  walk,
} from "#spec";
import type { LeafLevel, PageNumber, TableLevel } from "#units";

/**
 * A walk ends at the first entry that leads to no other table: because it is not present, or else has a
 * reserved bit, or else shows bytes. The last level has no other end.
 *
 * @proves end-of-walk, has-reserved-bits, is-leaf
 */
export function walkEndsAtTheFirstEntryThatIsNoTable(
  path: WalkPath,
  controls: PagingControls,
): boolean {
  const end = endOfWalk(path, controls);
  const level = lastLevel(path, controls);
  const entry = entryOf(path, level);
  if (end.level !== level) return false;
  if (!entry.isPresent) return end.kind === "not-present";
  if (isMalformed(entry, level, controls)) return end.kind === "reserved";
  return end.kind === "leaf";
}

/**
 * Of a path there counts every entry from the root down to a level, and none below: what is asked of
 * each is asked of these.
 *
 * @proves rights-along
 */
export function entriesDownToALevelCount(path: WalkPath, level: TableLevel): boolean {
  const { level4, level3, level2, level1 } = path;
  const isUsers = eachUsed(path, level, (entry) => entry.isUser);
  if (level === 4) return isUsers === level4.isUser;
  if (level === 3) return isUsers === (level4.isUser && level3.isUser);
  const isSoFar = level4.isUser && level3.isUser && level2.isUser;
  return isUsers === (level === 2 ? isSoFar : isSoFar && level1.isUser);
}

/**
 * The entry at a level is the last one that counts: an entry above it, or this, says no if they do not all
 * say yes.
 *
 * @proves entry-at
 */
export function entryOfALevelIsTheLastThatCounts(path: WalkPath, level: TableLevel): boolean {
  const { level4, level3, level2 } = path;
  const isUsers = eachUsed(path, level, (entry) => entry.isUser);
  const { isUser } = entryAt(path, level);
  if (level === 4) return isUsers === isUser;
  if (level === 3) return isUsers === (level4.isUser && isUser);
  const isSoFar = level4.isUser && level3.isUser;
  return isUsers === (isSoFar && (level === 2 || level2.isUser) && isUser);
}

/**
 * An entry shows bytes if it is large, and on the last level also if it is not. The first frame of a small page is
 * that of its entry; a large one begins at an even frame, whatever memory type its entry chooses with the lowest bit.
 *
 * @proves frame-of-leaf, is-leaf
 */
export function largeLeafBeginsAtAnEvenFrame(entry: TableEntry, level: TableLevel): boolean {
  if (!isLeaf(entry, level)) return level !== 1 && !entry.isLarge;
  const frame = frameOfLeaf(entry, level);
  if (level === 1) return frame === entry.frame;
  return frame % 2 === 0 && (entry.frame === frame || entry.frame === frame + 1);
}

/**
 * A walk that finds a translation tells of its last entry the frame, and whether it is global where that counts;
 * and as its rights what all entries on the way grant.
 *
 * @proves walk, rights-along
 */
export function translationIsThatOfItsEntries(
  path: WalkPath,
  access: Access,
  controls: PagingControls,
): boolean {
  const outcome = walk(path, access, controls);
  if (outcome.kind === "fault") return true;
  const { level, rights } = outcome;
  const leaf = entryOf(path, level);
  const isLeaf = level === lastLevel(path, controls) && outcome.frame === frameOfLeaf(leaf, level);
  const isGlobal = controls.isGlobalEnabled && leaf.isGlobal;
  return isLeaf && outcome.isGlobal === isGlobal && areGranted(path, level, rights);
}

/**
 * The first page of a leaf is the page itself, less what it is beyond a multiple of the pages of the leaf.
 *
 * @proves first-page-of
 */
export function firstPageIsAMultiple(page: PageNumber, level: LeafLevel): boolean {
  return firstPageOf(page, level) === firstOf(page, level);
}

/**
 * A translation may be kept exactly if the walk of its page ends well, at a leaf that is no smaller, all of
 * whose entries are accessed; and if it is a whole part of that leaf with the page in it, and says what the
 * entries say. It may be clean where the leaf is dirty, and never the other way round.
 *
 * @proves may-be-cached
 * @split cached.level 1..3
 */
export function keptIsExactlyWhatTheEntriesSay(
  cached: CachedTranslation,
  path: WalkPath,
  page: PageNumber,
  controls: PagingControls,
): boolean {
  const mayBe = mayBeCached(cached, path, page, controls);
  const end = endOfWalk(path, controls);
  if (end.kind !== "leaf") return !mayBe;
  const leaf = entryOf(path, end.level);
  const isPart = cached.page === firstOf(page, cached.level) && cached.level <= end.level;
  const place = cached.page - firstOf(page, end.level);
  const isShown = cached.frame === frameOfLeaf(leaf, end.level) + place;
  const isTrue = areGranted(path, end.level, cached.rights) && (!cached.isDirty || leaf.isDirty);
  const isGlobal = controls.isGlobalEnabled && leaf.isGlobal;
  const isSaid = isShown && isTrue && cached.isGlobal === isGlobal;
  return mayBe === (isPart && areAccessed(path, end.level) && isSaid);
}

/** The level of the first entry that is no well-formed table. */
function lastLevel({ level4, level3, level2 }: WalkPath, controls: PagingControls): TableLevel {
  if (!isTable(level4, 4, controls)) return 4;
  if (!isTable(level3, 3, controls)) return 3;
  return isTable(level2, 2, controls) ? 1 : 2;
}

function isTable(entry: TableEntry, level: TableLevel, controls: PagingControls): boolean {
  return entry.isPresent && !entry.isLarge && !isMalformed(entry, level, controls);
}

/** Whether a present entry has a bit that must be zero, by the tables of the manual. */
function isMalformed(entry: TableEntry, level: TableLevel, controls: PagingControls): boolean {
  const isOutside = entry.frame >= controls.frameLimit;
  if (isOutside || (entry.isNoExecute && !controls.isNoExecuteEnabled)) return true;
  if (level === 1 || !entry.isLarge) return false;
  if (level === 4 || (level === 3 && !controls.hasLargestPages)) return true;
  return level === 3 ? entry.frame % 262_144 > 1 : entry.frame % 512 > 1;
}

function entryOf(path: WalkPath, level: TableLevel): TableEntry {
  switch (level) {
    case 4:
      return path.level4;
    case 3:
      return path.level3;
    case 2:
      return path.level2;
    default:
      return path.level1;
  }
}

/** Whether `rights` are what all entries down to `level` grant. */
function areGranted(
  { level4, level3, level2, level1 }: WalkPath,
  level: LeafLevel,
  rights: CachedTranslation["rights"],
): boolean {
  const is2 = level < 3;
  const is1 = level < 2;
  const isWritable =
    level4.isWritable &&
    level3.isWritable &&
    (!is2 || level2.isWritable) &&
    (!is1 || level1.isWritable);
  const isUser =
    level4.isUser && level3.isUser && (!is2 || level2.isUser) && (!is1 || level1.isUser);
  const isForbidden =
    level4.isNoExecute ||
    level3.isNoExecute ||
    (is2 && level2.isNoExecute) ||
    (is1 && level1.isNoExecute);
  const isSame = rights.isWritable === isWritable && rights.isUser === isUser;
  return isSame && rights.isExecutable !== isForbidden;
}

function areAccessed({ level4, level3, level2, level1 }: WalkPath, level: LeafLevel): boolean {
  const isSoFar = level4.isAccessed && level3.isAccessed;
  if (level === 3) return isSoFar;
  return isSoFar && level2.isAccessed && (level === 2 || level1.isAccessed);
}

/** The greatest multiple of the pages of a leaf of `level` that is not above `page`. */
function firstOf(page: PageNumber, level: LeafLevel): number {
  if (level === 3) return page - (page % 262_144);
  return level === 2 ? page - (page % 512) : page;
}
