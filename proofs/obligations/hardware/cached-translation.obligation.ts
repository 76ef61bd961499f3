/** What a TLB keeps: as good as a walk when it is kept, and gone when it has to be. */
import {
  type Access,
  type CachedTranslation,
  isFor,
  mayBeCached,
  mustBeGone,
  type PagingControls,
  useOf,
  type WalkPath,
  walk,
} from "#spec";
import type { PageNumber } from "#units";
import { assume } from "../assume.ts";

/**
 * What may be kept of a page, and may serve an access, gives that access the frame that a walk would give
 * it, and a walk would not fault.
 *
 * @proves may-be-cached, use-of
 */
export function cachedTranslationIsAWalk(
  cached: CachedTranslation,
  path: WalkPath,
  page: PageNumber,
  access: Access,
  controls: PagingControls,
): boolean {
  assume(page < 2 ** 36 && mayBeCached(cached, path, page, controls));
  assume(useOf(cached, access, controls) === "serve");
  const outcome = walk(path, access, controls);
  if (outcome.kind === "fault") return false;
  const frame = cached.frame + page - cached.page;
  if (outcome.level === 1) return frame === outcome.frame;
  if (outcome.level === 2) return frame === outcome.frame + (page % 512);
  return frame === outcome.frame + (page % 262_144);
}

/**
 * What may be kept of a page that is written is dirty before it serves a write.
 *
 * @proves may-be-cached, use-of
 */
export function onlyDirtyPagesAreWritten(
  cached: CachedTranslation,
  access: Access,
  controls: PagingControls,
): boolean {
  assume(useOf(cached, access, controls) === "serve");
  return access.kind !== "write" || cached.isDirty;
}

/**
 * After a page is invalidated, what is kept is for pages below it or above it, whatever its size is, or
 * belongs to another address space alone.
 *
 * @proves must-be-gone, covers
 */
export function invalidatedPageIsNotKept(
  cached: CachedTranslation,
  page: PageNumber,
  tag: number,
): boolean {
  assume(!mustBeGone(cached, { kind: "page", page, tag }));
  const size = cached.level === 1 ? 1 : cached.level === 2 ? 512 : 512 * 512;
  const isElsewhere = page < cached.page || page - cached.page >= size;
  return isElsewhere || (!cached.isGlobal && cached.tag !== tag);
}

/**
 * After an address space is loaded and not preserved, what is kept for its pages is global.
 *
 * @proves must-be-gone
 */
export function loadedSpaceKeepsGlobalPagesOnly(
  cached: CachedTranslation,
  page: PageNumber,
  tag: number,
): boolean {
  assume(!mustBeGone(cached, { kind: "load", tag, isPreserving: false }));
  return !isFor(cached, page, tag) || cached.isGlobal;
}
