/**
 * Turns what the processors of our machine do into moves, in between those that software announces.
 *
 * A processor knows of cells and slots; a move names translations, and says of each page and each page
 * table apart that it was forgotten. So what software announced is noted as far as it is needed for that.
 */
import {
  ANY_SPACE,
  DIRTY,
  FETCH,
  type HardwareObserver,
  type MachineObserver,
  type PageRights,
  WRITE,
} from "#impl";
import type { MachineMove, Rights } from "#spec";
import { assert } from "#support";
import {
  type CoreId,
  type EntryName,
  type FrameNumber,
  KERNEL_SPACE,
  type LeafLevel,
  nameSeenIn,
  type PageName,
  type PageNumber,
  pageName,
  type SpaceId,
  spaceOf,
} from "#units";
import type { MoveListener } from "./machine-subject.ts";

export class HardwareMoves implements HardwareObserver, MachineObserver {
  readonly isWatching = true;
  readonly #listener: MoveListener;
  /** By core, then by page. */
  readonly #entries: Map<CoreId, Map<PageName, EntryName>> = new Map();
  readonly #pages: Set<PageName> = new Set();
  readonly #dirty: Set<PageName> = new Set();
  readonly #tables: Map<FrameNumber, SpaceId> = new Map();
  readonly #unlinked: Map<FrameNumber, Set<CoreId>> = new Map();
  #nextEntry = 0;

  constructor(listener: MoveListener) {
    this.#listener = listener;
  }

  /** Software announces `move`. */
  moved(move: MachineMove): void {
    if (move.kind === "page.acquire") this.#pages.add(move.page);
    if (move.kind === "page.release") this.#pages.delete(move.page);
    if (move.kind === "page.map") this.#dirty.delete(move.page);
    if (move.kind === "table.link") this.#tables.set(move.frame, spaceOf(move.page));
    if (move.kind === "table.unlink") this.#unlinked.set(move.frame, new Set());
    if (move.kind === "table.settle") this.#unlinked.delete(move.frame);
    this.#listener(move);
  }

  filled(
    core: CoreId,
    space: number,
    at: PageNumber,
    level: LeafLevel,
    frame: FrameNumber,
    rights: PageRights,
  ): void {
    assert(level === 1, "the pages of this machine are small");
    const page = nameOf(space, at);
    if ((rights & DIRTY) !== 0 && !this.#dirty.has(page)) {
      this.#dirty.add(page);
      this.#listener({ kind: "page.mark-dirty", page });
    }
    const entry = this.#nextEntry as EntryName;
    this.#nextEntry += 1;
    this.#entriesOf(core).set(page, entry);
    const shown = rightsOf(rights);
    this.#listener({ kind: "tlb.fill", entry, core, page, frame, rights: shown });
  }

  evicted(core: CoreId, space: number, page: PageNumber): void {
    this.#evict(core, nameOf(space, page));
  }

  invalidated(core: CoreId, space: number, at: PageNumber): void {
    const page = nameSeenIn(space as SpaceId, at);
    if (this.#entriesOf(core).has(page)) this.#evict(core, page);
    this.#listener({ kind: "tlb.invalidate", core, page });
    this.#forgetWays(core, spaceOf(page));
  }

  /** What is kept for all spaces, as the pages of the kernel are, stays. */
  flushed(core: CoreId, space: number): void {
    if (space === KERNEL_SPACE) return;
    for (const page of [...this.#entriesOf(core).keys()]) {
      if (spaceOf(page) === space) this.#evict(core, page);
    }
    for (const page of this.#pages) {
      if (spaceOf(page) === space) this.#listener({ kind: "tlb.invalidate", core, page });
    }
    this.#forgetWays(core, space);
  }

  #evict(core: CoreId, page: PageName): void {
    const entry = this.#entriesOf(core).get(page);
    assert(entry !== undefined, "what is dropped was kept");
    this.#entriesOf(core).delete(page);
    this.#listener({ kind: "tlb.evict", entry });
  }

  /** Whatever makes a core forget a page of `space` makes it forget the ways in there. */
  #forgetWays(core: CoreId, space: number): void {
    for (const [frame, told] of this.#unlinked) {
      if (told.has(core) || this.#tables.get(frame) !== space) continue;
      told.add(core);
      this.#listener({ kind: "walk.invalidate", core, frame });
    }
  }

  #entriesOf(core: CoreId): Map<PageName, EntryName> {
    const entries = this.#entries.get(core) ?? new Map<PageName, EntryName>();
    this.#entries.set(core, entries);
    return entries;
  }
}

/** The page `at` of the space with the tag `space`; one that is kept for all spaces is the kernel's. */
function nameOf(space: number, at: PageNumber): PageName {
  return space === ANY_SPACE ? pageName(KERNEL_SPACE, at) : pageName(space as SpaceId, at);
}

/** What a kept translation allows without another walk. */
function rightsOf(rights: PageRights): Rights {
  const isDirty = (rights & DIRTY) !== 0;
  return {
    isWritable: isDirty && (rights & WRITE) !== 0,
    isExecutable: (rights & FETCH) !== 0,
  };
}
