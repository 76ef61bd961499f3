/**
 * The address spaces of a plain machine, and their page tables of two levels.
 *
 *     root      slot ──> table of 512 pages      slot ──> page, frame, rights
 *
 * A table comes with the first page that needs it and goes with the last.
 */
import type { Rights } from "#spec";
import { type FrameNumber, type PageName, type PageNumber, pageName, type SpaceId } from "#units";
import { ALL_RIGHTS, type PlainEntry, PlainFrames } from "./plain-frames.ts";

const PAGES_PER_TABLE = 512;

export interface PlainSpace {
  readonly id: SpaceId;
  readonly root: FrameNumber;
  /** The pages that somebody has, by their numbers in this space. */
  readonly taken: Set<number>;
}

/** What a walk has found: the table that it went through, and what the page shows. */
export interface PlainWalk {
  readonly table: FrameNumber;
  readonly entry: PlainEntry;
  /** What all levels allow. */
  readonly rights: Rights;
}

export class PlainTables extends PlainFrames {
  readonly spaces: Map<SpaceId, PlainSpace> = new Map();

  /** Makes an address space in which nothing is mapped, unless there is no frame for its root. */
  createSpace(): PlainSpace | undefined {
    const root = this.acquireFrame();
    if (root === undefined) return undefined;
    const id = this.lowestNumber();
    const space = { id, root, taken: new Set<number>() };
    this.spaces.set(id, space);
    this.clear(root);
    this.tell({ kind: "table.link", frame: root, page: pageName(id, 0 as PageNumber) });
    return space;
  }

  /** The lowest number that no address space has. */
  lowestNumber(): SpaceId {
    let id = 1 as SpaceId;
    while (this.spaces.has(id)) id = (id + 1) as SpaceId;
    return id;
  }

  /** Takes the root of an empty address space out of use. */
  unlinkRoot({ id, root }: PlainSpace): void {
    this.spaces.delete(id);
    this.tell({ kind: "table.unlink", frame: root });
  }

  /** Acquires `count` pages, at a place or where they fit first; answers the first. */
  acquirePages(space: PlainSpace, at: number | undefined, count: number): number | undefined {
    const first = at ?? this.firstFit(space, count);
    if (first + count > 2 ** 35 || !this.areFree(space, first, count)) return undefined;
    for (let page = first; page < first + count; page++) {
      space.taken.add(page);
      this.tell({ kind: "page.acquire", page: nameOf(space, page) });
    }
    return first;
  }

  areFree({ taken }: PlainSpace, first: number, count: number): boolean {
    for (let page = first; page < first + count; page++) if (taken.has(page)) return false;
    return true;
  }

  firstFit(space: PlainSpace, count: number): number {
    let first = 1;
    while (!this.areFree(space, first, count)) first += 1;
    return first;
  }

  releasePages(space: PlainSpace, first: number, count: number): void {
    for (let page = first; page < first + count; page++) {
      space.taken.delete(page);
      this.tell({ kind: "page.release", page: nameOf(space, page) });
    }
  }

  /** The slots of the root that `count` pages from `first` on need and that have no table yet. */
  missingTables({ root }: PlainSpace, first: number, count: number): readonly number[] {
    const missing: number[] = [];
    for (let slot = rootSlot(first); slot <= rootSlot(first + count - 1); slot++) {
      if (!this.held(root).has(slot)) missing.push(slot);
    }
    return missing;
  }

  /** Makes `frame` the table of `slot`, for the sake of `page`, which is to have `rights`. */
  linkTable(
    space: PlainSpace,
    slot: number,
    frame: FrameNumber,
    page: number,
    rights: Rights,
  ): void {
    this.clear(frame);
    this.held(space.root).set(slot, this.tableEntry(frame, rights));
    this.tell({ kind: "table.link", frame, page: nameOf(space, page) });
  }

  /** The entry of a table: it allows everything, since its pages may differ. */
  tableEntry(frame: FrameNumber, _: Rights): PlainEntry {
    return { frame, isExclusive: false, rights: ALL_RIGHTS, isDirty: false };
  }

  /** Takes tables without a page out of the tree of `space`, of those that pages of a run are in. */
  unlinkEmptyTables({ root }: PlainSpace, first: number, count: number): readonly FrameNumber[] {
    const unlinked: FrameNumber[] = [];
    for (let slot = rootSlot(first); slot <= rootSlot(first + count - 1); slot++) {
      const entry = this.held(root).get(slot);
      if (entry === undefined || this.held(entry.frame).size > 0) continue;
      this.held(root).delete(slot);
      unlinked.push(entry.frame);
      this.tell({ kind: "table.unlink", frame: entry.frame });
    }
    return unlinked;
  }

  writeEntry(space: PlainSpace, page: number, entry: PlainEntry): void {
    const table = this.held(space.root).get(rootSlot(page));
    if (table !== undefined) this.held(table.frame).set(page % PAGES_PER_TABLE, entry);
  }

  clearEntry(space: PlainSpace, page: number): void {
    const table = this.held(space.root).get(rootSlot(page));
    if (table !== undefined) this.held(table.frame).delete(page % PAGES_PER_TABLE);
  }

  /** The pages of `space` that the page tables show, table by table. */
  pagesShown({ root }: PlainSpace): readonly number[] {
    const pages: number[] = [];
    for (const [slot, { frame }] of this.held(root)) {
      for (const low of this.held(frame).keys()) pages.push(slot * PAGES_PER_TABLE + low);
    }
    return pages;
  }

  /** What a processor finds that looks for `page` from the root on. */
  walk({ root }: PlainSpace, page: number): PlainWalk | undefined {
    const table = this.held(root).get(rootSlot(page));
    const entry = table && this.held(table.frame).get(page % PAGES_PER_TABLE);
    if (table === undefined || entry === undefined) return undefined;
    return { table: table.frame, entry, rights: bothRights(table.rights, entry.rights) };
  }
}

export function nameOf({ id }: PlainSpace, page: number): PageName {
  return pageName(id, page as PageNumber);
}

function rootSlot(page: number): number {
  return Math.floor(page / PAGES_PER_TABLE);
}

function bothRights(above: Rights, below: Rights): Rights {
  return {
    isWritable: above.isWritable && below.isWritable,
    isExecutable: above.isExecutable && below.isExecutable,
  };
}
