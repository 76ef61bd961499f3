/**
 * Where slab pages come from, and where they go: pages of a machine, mapped as a run, unmapped one by one.
 *
 *     nobody's ── taken ── mapped ──> a heap's          a heap's ── taken ── unmapped ──> nobody's
 *
 * A page is taken out of the book before anything yields, so no two operations map the same one. Where
 * somebody else has its addresses already it stays taken, and the next one is tried: nothing that others
 * do in the area can keep heaps from growing elsewhere.
 */
import type { Observer } from "#support";
import { assert } from "#support";
import {
  type CoreId,
  KERNEL_SPACE,
  type PageNumber,
  type UnitCount,
  type UnitNumber,
} from "#units";
import type { Machine } from "../core/machine.ts";
import type { Sections } from "../core/section.ts";
import type { MappedPages } from "../memory/mapped-pages.ts";
import { NO_PAGE, type SlabArea } from "./slab-area.ts";

export const WRITABLE_PAGES = { isWritable: true, isExecutable: false } as const;

const PAGE_SIZE = 4096;
const TWO_PAGES = 2 as UnitCount;

/** Slab pages in a row: `count` of them from `first` on. */
export interface SlabRun {
  readonly first: number;
  readonly count: number;
}

const NO_RUN: SlabRun = { first: NO_PAGE, count: 0 };

export class SlabSource {
  readonly #machine: Machine;
  readonly #area: SlabArea;
  readonly #observer: Observer;
  /** What shows that a page of the area is mapped, by its number. */
  readonly #handles: (MappedPages | undefined)[];

  constructor(machine: Machine, area: SlabArea, observer: Observer) {
    this.#machine = machine;
    this.#area = area;
    this.#observer = observer;
    this.#handles = [];
  }

  /**
   * Maps up to `most` slab pages that nobody has, at once if they never were anybody's: a mapping of many
   * pages costs little more than one of two. If there is no room for all, one is tried for.
   */
  *mapRun(core: CoreId, most: number): Sections<SlabRun> {
    const fresh = this.#area.freshCount();
    const count = this.#area.hasGivenBack() ? 1 : fresh < most ? fresh : most;
    if (count > 1) {
      const run = yield* this.#mapFresh(core, count);
      if (run.count > 0) return run;
    }
    const page = yield* this.map();
    return page === NO_PAGE ? NO_RUN : { first: page, count: 1 };
  }

  /** Maps a slab page that nobody has; answers its number, or `NO_PAGE`. */
  *map(): Sections<number> {
    for (;;) {
      const page = this.#area.takePage();
      if (page === NO_PAGE) return NO_PAGE;
      const request = { kind: "at", first: this.#firstOf(page) } as const;
      const mapped = yield* this.#machine.map(KERNEL_SPACE, request, TWO_PAGES, WRITABLE_PAGES);
      if (mapped.ok) {
        this.#handles[page] = mapped.value;
        return page;
      }
      const { failure } = mapped;
      const isForeign = failure.kind === "no-pages" && failure.reason === "not-free";
      if (!isForeign) {
        this.#area.putPage(page);
        return NO_PAGE;
      }
      this.#observer.reached("combination.place-passed-over");
    }
  }

  /** Unmaps `page`, which no heap has; its frames are free when this ends. */
  *unmap(core: CoreId, page: number): Sections<void> {
    const mapped = this.#handles[page];
    assert(mapped !== undefined, "a page that is given back was mapped");
    this.#handles[page] = undefined;
    yield* this.#machine.release(core, mapped);
    this.#area.putPage(page);
  }

  /** Whether `page` was mapped here. */
  has(page: number): boolean {
    return this.#handles[page] !== undefined;
  }

  /** Maps `count` pages in a row that never were anybody's, or none, and gives them back. */
  *#mapFresh(core: CoreId, count: number): Sections<SlabRun> {
    const first = this.#area.takeFresh(count);
    const request = { kind: "at", first: this.#firstOf(first) } as const;
    const pages = (count * TWO_PAGES) as UnitCount;
    const mapped = yield* this.#machine.map(KERNEL_SPACE, request, pages, WRITABLE_PAGES);
    if (mapped.ok) return { first, count: yield* this.#cut(core, mapped.value, first, count) };
    this.#putPages(first, first + count);
    return NO_RUN;
  }

  /**
   * Notes what shows that each of `count` pages is mapped; answers of how many. Pages that are not cut, for
   * want of room to write down that they are held, are given back.
   */
  *#cut(core: CoreId, run: MappedPages, first: number, count: number): Sections<number> {
    let rest = run;
    const last = first + count - 1;
    for (let page = first; page < last; page++) {
      const halves = rest.split(this.#firstOf(page + 1) as number as PageNumber);
      if (!halves.ok) {
        yield* this.#machine.release(core, rest);
        this.#putPages(page, last + 1);
        return page - first;
      }
      this.#handles[page] = halves.value.below;
      rest = halves.value.above;
    }
    this.#handles[last] = rest;
    return count;
  }

  /** Gives back the pages from `first` up to, not including, `end`; the first is taken first again. */
  #putPages(first: number, end: number): void {
    for (let page = end - 1; page >= first; page--) this.#area.putPage(page);
  }

  #firstOf(page: number): UnitNumber {
    return (this.#area.startOf(page) / PAGE_SIZE) as UnitNumber;
  }
}
