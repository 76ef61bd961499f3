/**
 * The cores of a plain machine, as their manual has them: what they keep, use, drop and forget.
 *
 * A core keeps every translation that it finds until it is told to forget it or goes to another space.
 * It keeps a translation as writable only if the page is marked as written, so that the first write walks
 * and marks it. It remembers the tables that it went through too. Nothing is looked up by that here: all
 * that counts is when it forgets them.
 */
import { includes, type Rights } from "#spec";
import type { CoreId, EntryName, FrameNumber, PageName } from "#units";
import type { PlainEntry } from "./plain-frames.ts";
import { nameOf, type PlainSpace, PlainTables } from "./plain-tables.ts";

export interface PlainKept {
  readonly name: EntryName;
  readonly core: CoreId;
  readonly page: PageName;
  readonly frame: FrameNumber;
  readonly rights: Rights;
}

export interface PlainWay {
  readonly name: EntryName;
  readonly core: CoreId;
  readonly frame: FrameNumber;
}

export class PlainCores extends PlainTables {
  readonly cores: Map<CoreId, PlainSpace> = new Map();
  kept: readonly PlainKept[] = [];
  ways: readonly PlainWay[] = [];
  #names = 0;

  startCore(core: CoreId, space: PlainSpace): void {
    this.cores.set(core, space);
    this.tell({ kind: "core.start", core, space: space.id });
  }

  /** Makes a core go to `space`, dropping everything that it keeps unless `isKeeping`. */
  enterSpace(core: CoreId, space: PlainSpace, isKeeping: boolean): void {
    if (!isKeeping) {
      for (const kept of this.kept) if (kept.core === core) this.evict(kept);
      for (const way of this.ways) if (way.core === core) this.dropWay(way);
    }
    this.cores.set(core, space);
    this.tell({ kind: "core.enter", core, space: space.id });
  }

  /** Reads, writes or executes in `page` of the space that `core` is in. */
  access(core: CoreId, page: number, needs: Rights): void {
    const space = this.cores.get(core) as PlainSpace;
    const name = nameOf(space, page);
    const frame = this.translate(core, space, page, needs);
    const outcome = frame === undefined ? "fault" : "reached";
    if (frame !== undefined && needs.isWritable) this.scribble(frame);
    const reached = frame ?? (0 as FrameNumber);
    this.tell({ kind: "access", core, page: name, needs, outcome, frame: reached });
  }

  /** The frame that an access reaches, or undefined for a fault. */
  translate(core: CoreId, space: PlainSpace, page: number, needs: Rights): FrameNumber | undefined {
    const name = nameOf(space, page);
    const kept = this.kept.find((entry) => entry.core === core && entry.page === name);
    if (kept !== undefined && this.allows(kept.rights, needs)) return kept.frame;
    if (kept !== undefined) this.evict(kept);

    const found = this.walk(space, page);
    if (found === undefined || !this.allows(found.rights, needs)) return undefined;
    const { entry, table, rights } = found;
    if (needs.isWritable) this.markDirty(entry, name);
    this.remember(core, table);
    this.fill(core, name, entry.frame, this.keptRights(rights, entry));
    return entry.frame;
  }

  /** Whether an access that needs `needs` may go on where `rights` are found. */
  allows(rights: Rights, needs: Rights): boolean {
    return includes(rights, needs);
  }

  /** Notes in the entry of a page that it is written. */
  markDirty(entry: PlainEntry, page: PageName): void {
    if (entry.isDirty) return;
    entry.isDirty = true;
    this.tell({ kind: "page.mark-dirty", page });
  }

  /** The rights that a core keeps with a translation. */
  keptRights({ isWritable, isExecutable }: Rights, { isDirty }: PlainEntry): Rights {
    return { isWritable: isWritable && isDirty, isExecutable };
  }

  fill(core: CoreId, page: PageName, frame: FrameNumber, rights: Rights): void {
    const name = this.#nextName();
    this.kept = [...this.kept, { name, core, page, frame, rights }];
    this.tell({ kind: "tlb.fill", entry: name, core, page, frame, rights });
  }

  /** Keeps the way to `table`. */
  remember(core: CoreId, table: FrameNumber): void {
    if (this.ways.some((way) => way.core === core && way.frame === table)) return;
    const name = this.#nextName();
    this.ways = [...this.ways, { name, core, frame: table }];
    this.tell({ kind: "walk.fill", entry: name, core, frame: table });
  }

  evict(kept: PlainKept): void {
    this.kept = this.kept.filter((other) => other !== kept);
    this.tell({ kind: "tlb.evict", entry: kept.name });
  }

  dropWay(way: PlainWay): void {
    this.ways = this.ways.filter((other) => other !== way);
    this.tell({ kind: "walk.evict", entry: way.name });
  }

  /** Makes `core` forget `page`. */
  invalidate(core: CoreId, page: PageName): void {
    for (const kept of this.kept) if (this.isMeant(kept, core, page)) this.evict(kept);
    this.tell({ kind: "tlb.invalidate", core, page });
  }

  /** Whether an invalidation of `page` on `core` removes `kept`. */
  isMeant(kept: PlainKept, core: CoreId, page: PageName): boolean {
    return kept.core === core && kept.page === page;
  }

  /** Makes `core` forget the way to `table`. */
  invalidateWay(core: CoreId, table: FrameNumber): void {
    for (const way of this.ways) {
      if (way.core === core && way.frame === table) this.dropWay(way);
    }
    this.tell({ kind: "walk.invalidate", core, frame: table });
  }

  #nextName(): EntryName {
    this.#names += 1;
    return (this.#names - 1) as EntryName;
  }
}
