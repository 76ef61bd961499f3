/**
 * What a TLB may hold, what it may be used for, and what has to be gone after an invalidation.
 *
 * A processor may keep what a walk found, or not, and may drop it at any moment; it may keep a large page
 * as several smaller ones. It may go on using what it keeps after the tables have changed, until it is told
 * to drop it, and it may drop more than it is told. So there is no rule here that something is kept: only
 * what may be, what may serve, and what must be gone.
 *
 * Sources: Intel SDM, volume 3A, sections 4.10.2 (TLBs), 4.10.4 (invalidation) and 4.8 (a translation of a
 * page that is not dirty); AMD APM, volume 2, section 5.5.
 */
import type { FrameNumber, LeafLevel, PageNumber } from "../units/index.ts";
import { type Access, type PageRightsHeld, permits } from "./access.ts";
import { frameOfLeaf, type PagingControls } from "./entry.ts";
import { eachUsed, endOfWalk, entryAt, rightsAlong, type WalkPath } from "./walk.ts";

export interface CachedTranslation {
  readonly page: PageNumber; // the first one of those that it is for
  readonly level: LeafLevel; // how many these are: 1, 512 or 512^2
  readonly frame: FrameNumber; // of the first page
  readonly rights: PageRightsHeld;
  readonly isDirty: boolean;
  readonly isGlobal: boolean; // it serves every address space
  readonly tag: number; // the PCID of its address space
}

/** How many pages a translation of `level` is for. */
export function pagesOf(level: LeafLevel): number {
  if (level === 1) return 1;
  return level === 2 ? 512 : 262_144;
}

/** The first page of those that a leaf of `level` with `page` among them is for. */
export function firstPageOf(page: PageNumber, level: LeafLevel): PageNumber {
  if (level === 1) return page;
  return (level === 2 ? page - (page % 512) : page - (page % 262_144)) as PageNumber;
}

/** Whether `cached` is for `page` too. */
export function covers(cached: CachedTranslation, page: PageNumber): boolean {
  return cached.page <= page && page < cached.page + pagesOf(cached.level);
}

/**
 * Whether a processor whose tables have `path` for `page` may begin to keep `cached` of it. The walk must
 * end at a leaf, all of whose entries are accessed; what is kept is what they say, in the size of the leaf
 * or smaller.
 */
export function mayBeCached(
  cached: CachedTranslation,
  path: WalkPath,
  page: PageNumber,
  controls: PagingControls,
): boolean {
  const end = endOfWalk(path, controls);
  if (end.kind !== "leaf" || end.level < cached.level || !covers(cached, page)) return false;
  if (!eachUsed(path, end.level, (entry) => entry.isAccessed)) return false;
  const leaf = entryAt(path, end.level);
  const said = rightsAlong(path, end.level);
  const isPart = firstPageOf(cached.page, cached.level) === cached.page;
  const skipped = cached.page - firstPageOf(page, end.level);
  return (
    isPart &&
    cached.frame === frameOfLeaf(leaf, end.level) + skipped &&
    cached.rights.isWritable === said.isWritable &&
    cached.rights.isUser === said.isUser &&
    cached.rights.isExecutable === said.isExecutable &&
    (leaf.isDirty || !cached.isDirty) &&
    cached.isGlobal === (leaf.isGlobal && controls.isGlobalEnabled)
  );
}

/** Whether `cached` may be used for `page` in the address space of `tag`. */
export function isFor(cached: CachedTranslation, page: PageNumber, tag: number): boolean {
  return covers(cached, page) && (cached.isGlobal || cached.tag === tag);
}

/**
 * What a processor may do with a translation that is for the page of an access.
 *
 * - `serve`: use its frame. It may also walk instead.
 * - `walk`: it may not serve, for a page that is written must be marked dirty.
 * - `deny`: it does not allow the access. The processor may fault without looking at the tables, so a right
 *   that was added may still be denied once, or it may walk.
 */
export function useOf(
  cached: CachedTranslation,
  access: Access,
  controls: PagingControls,
): "serve" | "walk" | "deny" {
  if (!permits(cached.rights, access, controls)) return "deny";
  return access.kind === "write" && !cached.isDirty ? "walk" : "serve";
}

/** What makes a processor drop translations. */
export type Invalidation =
  /** INVLPG, and a page fault, which drops what it met: of one page, in the current space. */
  | { readonly kind: "page"; readonly page: PageNumber; readonly tag: number }
  /** CR3 is loaded with `tag`: its translations go, unless bit 63 asks to preserve them. */
  | { readonly kind: "load"; readonly tag: number; readonly isPreserving: boolean }
  /** CR4.PGE is changed, or INVPCID asks for everything. */
  | { readonly kind: "all" };

/** Whether `cached` must be gone after an invalidation, whatever its size. Others may be gone too. */
export function mustBeGone(cached: CachedTranslation, invalidation: Invalidation): boolean {
  if (invalidation.kind === "all") return true;
  if (invalidation.kind === "page") return isFor(cached, invalidation.page, invalidation.tag);
  return !invalidation.isPreserving && !cached.isGlobal && cached.tag === invalidation.tag;
}
