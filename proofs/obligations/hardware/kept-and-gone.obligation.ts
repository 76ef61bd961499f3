/** What may be kept, what must be gone, and what of an entry are marks: the same in other words. */
import {
  type CachedTranslation,
  firstPageOf,
  type Invalidation,
  isSameButMarks,
  mayBeCached,
  mustBeGone,
  type PagingControls,
  type TableEntry,
  type WalkPath,
  walk,
} from "#spec";
import type { LeafLevel, PageNumber } from "#units";

/**
 * What may be kept of a page is for pages in a row of which it is one, from a multiple of their number on,
 * is no larger than the leaf that a walk finds, and shows the page where that does.
 *
 * @proves may-be-cached, first-page-of
 */
export function keptTranslationIsPartOfItsLeaf(
  cached: CachedTranslation,
  path: WalkPath,
  page: PageNumber,
  controls: PagingControls,
): boolean {
  if (!mayBeCached(cached, path, page, controls)) return true;
  const outcome = walk(path, { kind: "read", isUser: false }, controls);
  if (outcome.kind === "fault") return false;
  const isWhole = firstPageOf(page, cached.level) === cached.page && isFirst(cached);
  const isHere = cached.page <= page && page - cached.page < sizeOf(cached.level);
  const place = page - firstPageOf(page, outcome.level);
  const isShown = cached.frame + (page - cached.page) === outcome.frame + place;
  return isWhole && isHere && isShown && cached.level <= outcome.level;
}

/**
 * A translation must be gone if everything goes; if one of its pages is invalidated in its space, or in any
 * if it is global; and if its space is loaded and not preserved, unless it is global. Else it may stay.
 *
 * @proves must-be-gone
 * @split invalidation.kind
 */
export function translationsGoThenOnly(
  cached: CachedTranslation,
  invalidation: Invalidation,
): boolean {
  const isGone = mustBeGone(cached, invalidation);
  if (invalidation.kind === "all") return isGone;
  const isElsewhere = !cached.isGlobal && cached.tag !== invalidation.tag;
  if (invalidation.kind === "load") {
    return isGone === !(cached.isGlobal || isElsewhere || invalidation.isPreserving);
  }
  const { page } = invalidation;
  const isOther = page < cached.page || page - cached.page >= sizeOf(cached.level);
  return isGone === !(isOther || isElsewhere);
}

/**
 * Entries are the same but for marks exactly if nothing differs but the accessed and the dirty bit.
 *
 * @proves is-same-but-marks
 */
export function marksAreTwoBits(one: TableEntry, other: TableEntry): boolean {
  const isOtherPlace = one.isPresent !== other.isPresent || one.frame !== other.frame;
  const isOtherKind = one.isLarge !== other.isLarge || one.isGlobal !== other.isGlobal;
  const isOtherRight = one.isWritable !== other.isWritable || one.isUser !== other.isUser;
  const isOther = isOtherPlace || isOtherKind || isOtherRight;
  return isSameButMarks(one, other) !== (isOther || one.isNoExecute !== other.isNoExecute);
}

/** How many pages a leaf of `level` is for. */
function sizeOf(level: LeafLevel): number {
  if (level === 3) return 512 * 512;
  return level === 2 ? 512 : 1;
}

/** Whether the page of `cached` is the first one of a leaf of its size. */
function isFirst({ page, level }: CachedTranslation): boolean {
  if (level === 3) return page % (512 * 512) === 0;
  return level === 1 || page % 512 === 0;
}
