/**
 * The page tables of one address space: runs of pages are mapped, unmapped and given other rights,
 * all of a run or nothing.
 *
 * 1. What can fail is asked first: no page of the run is in the way, and there are frames for every
 *    table that is missing. Until then nothing is written.
 * 2. Then tables are linked and entries written, which cannot fail.
 *
 * A table is there for as long as an entry of it is used. Tables on the way allow everything: what a page
 * allows is in its own entry, and mapping another page beside it never takes anything away. To map
 * needs no flush, since no processor keeps an entry that is not present. What was unmapped or lost a
 * right does: both answer a `PendingFlush`, which must be used.
 */
import { demand, failure, type Result, success } from "#support";
import {
  type FrameNumber,
  firstByteOf,
  type LeafLevel,
  type PageNumber,
  pagesUnder,
  type TableIndex,
  type TableLevel,
  tableIndex,
} from "#units";
import { NO_FRAME } from "./frame-source.ts";
import { areLeafFlags, areOtherFlags, mappedFlags, remappedFlags } from "./leaf-flags.ts";
import {
  type EntryFlags,
  entryFlags,
  LARGE,
  NO_EXECUTE,
  PRESENT,
  WRITABLE,
} from "./page-table-entry.ts";
import { PendingFlush } from "./pending-flush.ts";
import { RECURSIVE_INDEX, windowPage } from "./recursive-window.ts";
import type { TableFrames } from "./table-frames.ts";
import { type LeafRun, missingTables, nextTable, type PageAlreadyMapped } from "./table-plan.ts";
import { indexOf, TableTree } from "./table-tree.ts";

/** The pages of an address space have 36 bits. */
const PAGE_COUNT = 2 ** 36;

export interface OutOfFrames {
  readonly kind: "out-of-frames";
}

/** A page that is not mapped, or is part of a larger or smaller one. */
export interface PageNotMapped {
  readonly kind: "page-not-mapped";
  readonly page: PageNumber;
}

/** What a page shows. */
export interface MappedLeaf {
  readonly first: PageNumber;
  readonly level: LeafLevel;
  readonly frame: FrameNumber;
  readonly flags: EntryFlags;
}

/** Is told of a leaf that is unmapped, with the flags that it had. */
export type Unmapped = (page: PageNumber, frame: FrameNumber, flags: EntryFlags) => void;

export class PageTables {
  readonly root: FrameNumber;
  readonly #tree: TableTree;
  readonly #frames: TableFrames;
  readonly #isRecursive: boolean;

  /** The tables below `root`, which is empty, with a recursive window or without. */
  constructor(
    frames: TableFrames,
    root: FrameNumber,
    window: "recursive window" | "no window" = "recursive window",
  ) {
    this.root = root;
    this.#tree = new TableTree(root, frames);
    this.#frames = frames;
    this.#isRecursive = window === "recursive window";
    if (this.#isRecursive) {
      const flags = entryFlags(PRESENT | WRITABLE | NO_EXECUTE);
      this.#tree.write(root, windowPage(0 as PageNumber, 4), 4, root, flags);
    }
  }

  /** Makes the leaves of `run` show `frameAt(0)`, `frameAt(1)` …, or changes nothing. */
  map(
    run: LeafRun,
    frameAt: (index: number) => FrameNumber,
    flags: EntryFlags,
  ): Result<undefined, PageAlreadyMapped | OutOfFrames> {
    this.#demandRun(run);
    demand(areLeafFlags(flags), "what a page allows is what is asked of it");
    const missing = missingTables(this.#tree, run);
    if (!missing.ok) return missing;
    const tables = this.#acquire(missing.value);
    if (tables === undefined) return failure({ kind: "out-of-frames" });

    const whole = mappedFlags(flags, run.level);
    const stride = pagesUnder(run.level);
    this.#eachTable(run, (page, count, index) => {
      const table = this.#tree.extend(page, run.level, tables);
      const first = indexOf(page, run.level);
      for (let done = 0; done < count; done++) {
        const frame = frameAt(index + done);
        demand(frame % stride === 0, "a large page shows frames from a multiple of its size");
        this.#tree.writeAt(table, (first + done) as TableIndex, frame, whole);
      }
    });
    return success(undefined);
  }

  /** Unmaps the leaves of `run`, each of which is mapped, and tells `unmapped` of them. */
  unmap(run: LeafRun, unmapped?: Unmapped): Result<PendingFlush, PageNotMapped> {
    const wrong = this.#unmappedIn(run);
    if (wrong !== undefined) return failure({ kind: "page-not-mapped", page: wrong });

    const stride = pagesUnder(run.level);
    const tables: FrameNumber[] = [];
    const windows: PageNumber[] = [];
    this.#eachTable(run, (page, count) => {
      const table = this.#tableOf(page, run.level);
      const first = indexOf(page, run.level);
      for (let done = 0; done < count; done++) {
        const at = (first + done) as TableIndex;
        unmapped?.(
          (page + done * stride) as PageNumber,
          this.#tree.frameAt(table, at),
          this.#tree.flagsAt(table, at),
        );
        this.#tree.clearAt(table, at);
      }
      this.#tree.prune(page, run.level, (taken, level) => {
        tables.push(taken);
        if (this.#isRecursive) windows.push(windowPage(page, level));
      });
    });
    return success(this.#pending(run, tables, windows));
  }

  /** Gives the leaves of `run`, each of which is mapped, other flags; marks and owners stay. */
  remap(run: LeafRun, flags: EntryFlags): Result<PendingFlush, PageNotMapped> {
    demand(areOtherFlags(flags), "what a page allows is what is asked of it");
    const wrong = this.#unmappedIn(run);
    if (wrong !== undefined) return failure({ kind: "page-not-mapped", page: wrong });

    const stride = pagesUnder(run.level);
    this.#eachTable(run, (page, count) => {
      const table = this.#tableOf(page, run.level);
      for (let done = 0; done < count; done++) {
        const at = (page + done * stride) as PageNumber;
        const whole = remappedFlags(this.#tree.flags(table, at, run.level), flags);
        this.#tree.rewrite(table, at, run.level, whole);
      }
    });
    return success(this.#pending(run, [], []));
  }

  /** What `page` shows, or undefined if it shows nothing. */
  leafOf(page: PageNumber): MappedLeaf | undefined {
    const end = this.#tree.descend(page, 1);
    if (end.kind === "missing") return undefined;
    const level = end.kind === "leaf" ? end.level : 1;
    if (this.#tree.isUnused(end.table, page, level)) return undefined;
    const stride = pagesUnder(level);
    return {
      first: (Math.floor(page / stride) * stride) as PageNumber,
      level: level as LeafLevel,
      frame: this.#tree.frame(end.table, page, level),
      flags: this.#tree.flags(end.table, page, level),
    };
  }

  /** Gives back the root; no page is mapped, and no core is in this address space. */
  close(): void {
    const own = this.#isRecursive ? 1 : 0;
    demand(this.#frames.count(this.root) === own, "an address space is closed when it is empty");
    if (this.#isRecursive) this.#tree.clear(this.root, windowPage(0 as PageNumber, 4), 4);
    this.#frames.release(this.root);
  }

  /** `count` empty tables, or none of them. */
  #acquire(count: number): FrameNumber[] | undefined {
    const tables: FrameNumber[] = [];
    while (tables.length < count) {
      const table = this.#frames.acquire();
      if (table === NO_FRAME) {
        for (const each of tables) this.#frames.release(each);
        return undefined;
      }
      tables.push(table);
    }
    return tables;
  }

  /** The first page of `run` that is no leaf of its size, or undefined. */
  #unmappedIn(run: LeafRun): PageNumber | undefined {
    this.#demandRun(run);
    const stride = pagesUnder(run.level);
    let wrong: PageNumber | undefined;
    this.#eachTable(run, (page, count) => {
      if (wrong !== undefined) return;
      const end = this.#tree.descend(page, run.level);
      if (end.kind !== "table") {
        wrong = page;
        return;
      }
      const needed = run.level > 1 ? PRESENT | LARGE : PRESENT;
      const first = indexOf(page, run.level);
      for (let done = 0; done < count && wrong === undefined; done++) {
        const flags = this.#tree.flagsAt(end.table, (first + done) as TableIndex);
        if ((flags & needed) !== needed) wrong = (page + done * stride) as PageNumber;
      }
    });
    return wrong;
  }

  #tableOf(page: PageNumber, level: TableLevel): FrameNumber {
    const end = this.#tree.descend(page, level);
    demand(end.kind === "table", "the pages of a run have tables");
    return end.table;
  }

  /** Calls `visit` with the leaves of `run` that lie in one table, table by table. */
  #eachTable(run: LeafRun, visit: (first: PageNumber, count: number, index: number) => void): void {
    const stride = pagesUnder(run.level);
    for (let done = 0; done < run.count; ) {
      const page = (run.first + done * stride) as PageNumber;
      const left = (nextTable(page, run.level) - page) / stride;
      const count = Math.min(run.count - done, left);
      visit(page, count, done);
      done += count;
    }
  }

  #demandRun({ first, count, level }: LeafRun): void {
    const end = first + count * pagesUnder(level);
    demand(Number.isSafeInteger(count) && count >= 1, "a run has a page");
    demand(first >= 0 && first % pagesUnder(level) === 0, "a large page is a multiple of its size");
    demand(end <= PAGE_COUNT, "a run ends with the address space");
    demand(first >= PAGE_COUNT / 2 || end <= PAGE_COUNT / 2, "a run lies in one half");
    if (!this.#isRecursive) return;
    const from = tableIndex(firstByteOf(first), 4);
    const to = tableIndex(firstByteOf((end - 1) as PageNumber), 4);
    demand(to < RECURSIVE_INDEX || from > RECURSIVE_INDEX, "the window is nobody's to map");
  }

  #pending(
    run: LeafRun,
    tables: readonly FrameNumber[],
    windows: readonly PageNumber[],
  ): PendingFlush {
    const pages = { first: run.first, count: run.count, stride: pagesUnder(run.level) };
    return new PendingFlush(pages, tables, windows, this.#frames);
  }
}
