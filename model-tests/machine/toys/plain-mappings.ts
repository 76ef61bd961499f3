/**
 * The mappings of a plain machine: pages are made to show frames, get other rights, and are let go.
 *
 *     map        pages ── frames ── tables ── entries            or nothing, if anything is missing
 *     release    entries ── tables ── shootdown ── settled ── given back
 *     close      root ── shootdown ── settled ── given back
 */
import { includes, type Rights } from "#spec";
import type { CoreId, FrameNumber } from "#units";
import type { PlainEntry } from "./plain-frames.ts";
import { PlainShootdown, type Waiting } from "./plain-shootdown.ts";
import { nameOf, type PlainSpace } from "./plain-tables.ts";

/** Pages in a row that show `frames`, one each. */
export interface PlainMapping {
  readonly space: PlainSpace;
  readonly first: number;
  readonly frames: readonly FrameNumber[];
  readonly isExclusive: boolean;
  readonly rights: Rights;
}

export class PlainMappings extends PlainShootdown {
  /** Maps `count` pages to frames of their own; undefined if pages or frames are missing. */
  mapOwn(
    space: PlainSpace,
    at: number | undefined,
    count: number,
    rights: Rights,
  ): PlainMapping | undefined {
    const first = this.acquirePages(space, at, count);
    if (first === undefined) return undefined;
    const frames = this.acquireFrames(count);
    if (frames !== undefined) {
      const mapping = { space, first, frames, isExclusive: true, rights };
      if (this.enter(mapping)) return mapping;
      for (const frame of frames) this.releaseFrame(frame);
    }
    this.giveUpPages(space, first, count);
    return undefined;
  }

  /** Maps pages to the frames of another mapping, which keeps them. */
  borrow(space: PlainSpace, lender: PlainMapping, rights: Rights): PlainMapping | undefined {
    const { frames } = lender;
    const first = this.acquirePages(space, undefined, frames.length);
    if (first === undefined) return undefined;
    const mapping = { space, first, frames, isExclusive: false, rights };
    if (this.enter(mapping)) return mapping;
    this.giveUpPages(space, first, frames.length);
    return undefined;
  }

  /** Gives back pages for which there was nothing to show. */
  giveUpPages(space: PlainSpace, first: number, count: number): void {
    this.releasePages(space, first, count);
  }

  /** Writes the entries of `mapping`, and the tables that they need; false if there are too few frames. */
  enter(mapping: PlainMapping): boolean {
    const { space, first, frames, rights } = mapping;
    const slots = this.missingTables(space, first, frames.length);
    const tables = this.acquireFrames(slots.length);
    if (tables === undefined) return false;
    for (const [index, table] of tables.entries()) {
      this.linkTable(space, slots[index] as number, table, first, rights);
    }
    for (const [index, frame] of frames.entries()) this.show(mapping, first + index, frame);
    return true;
  }

  /** Makes `page` show `frame`. */
  show({ space, isExclusive, rights }: PlainMapping, page: number, frame: FrameNumber): void {
    const entry: PlainEntry = { frame, isExclusive, rights, isDirty: false };
    this.writeEntry(space, page, entry);
    this.tell({ kind: "page.map", page: nameOf(space, page), frame, isExclusive, rights });
  }

  /** Gives `mapping` other rights; every core has them when this ends. */
  *changeRights(core: CoreId, mapping: PlainMapping, rights: Rights): Waiting<PlainMapping> {
    for (const page of pagesOf(mapping)) this.allow(mapping, page, rights);
    if (!includes(rights, mapping.rights)) yield* this.shootDownMapping(core, mapping, []);
    return { ...mapping, rights };
  }

  /** Writes `rights` to the entry of `page`. */
  allow({ space }: PlainMapping, page: number, rights: Rights): void {
    const found = this.walk(space, page);
    if (found !== undefined) found.entry.rights = rights;
    this.tell({ kind: "page.remap", page: nameOf(space, page), rights });
  }

  /** Unmaps `mapping`, and gives back its pages, and its frames if it owns them. */
  *letGo(core: CoreId, mapping: PlainMapping): Waiting<undefined> {
    const tables = this.takeDown(mapping);
    yield* this.shootDownMapping(core, mapping, tables);
    for (const page of pagesOf(mapping)) {
      this.tell({ kind: "page.settle", page: nameOf(mapping.space, page) });
    }
    this.giveBackTables(tables);
    this.giveBackFrames(mapping);
    this.giveBackPages(mapping);
  }

  /** Ends an address space in which nothing is mapped and no core is. */
  *closeSpace(core: CoreId, space: PlainSpace): Waiting<undefined> {
    this.unlinkRoot(space);
    const first = nameOf(space, 0);
    yield* this.shootDown(core, first, first, [space.root]);
    this.giveBackTables([space.root]);
  }

  /** Clears the entries of `mapping`, and answers the tables that are out of the tree with them. */
  takeDown(mapping: PlainMapping): readonly FrameNumber[] {
    const { space, first, frames } = mapping;
    for (const page of pagesOf(mapping)) {
      this.clearEntry(space, page);
      this.tell({ kind: "page.unmap", page: nameOf(space, page) });
    }
    return this.unlinkEmptyTables(space, first, frames.length);
  }

  shootDownMapping(
    core: CoreId,
    { space, first, frames }: PlainMapping,
    tables: readonly FrameNumber[],
  ): Waiting<void> {
    const last = nameOf(space, first + frames.length - 1);
    return this.shootDown(core, nameOf(space, first), last, tables);
  }

  giveBackTables(tables: readonly FrameNumber[]): void {
    for (const frame of tables) {
      this.tell({ kind: "table.settle", frame });
      this.releaseFrame(frame);
    }
  }

  giveBackFrames({ isExclusive, frames }: PlainMapping): void {
    if (isExclusive) for (const frame of frames) this.releaseFrame(frame);
  }

  giveBackPages({ space, first, frames }: PlainMapping): void {
    this.releasePages(space, first, frames.length);
  }
}

/** The numbers of the pages of a mapping, first to last. */
export function pagesOf({ first, frames }: PlainMapping): readonly number[] {
  return frames.map((_, index) => first + index);
}
