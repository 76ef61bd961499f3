/**
 * Which page tables a run of pages needs beside those that there are. Reads, and writes nothing.
 *
 * The run is gone through table by table. Where the way to a table ends early, the tables from there on
 * are missing; one that is also on the way to the tables before was counted there.
 */
import { failure, type Result, success } from "#support";
import {
  type LeafLevel,
  type PageNumber,
  pagesUnder,
  type TableIndex,
  type TableLevel,
} from "#units";
import { indexOf, type TableTree } from "./table-tree.ts";

/** Why a run of pages cannot be mapped, if frames are not what is missing. */
export interface PageAlreadyMapped {
  readonly kind: "page-already-mapped";
  readonly page: PageNumber;
}

/** A run of leaves of one size. */
export interface LeafRun {
  readonly first: PageNumber;
  readonly count: number;
  readonly level: LeafLevel;
}

/** How many tables are missing for `run`, none of whose pages may be mapped. */
export function missingTables(tree: TableTree, run: LeafRun): Result<number, PageAlreadyMapped> {
  const stride = pagesUnder(run.level);
  const last = run.first + (run.count - 1) * stride;
  let missing = 0;
  let before = -1;
  for (let at: number = run.first; at <= last; ) {
    const page = at as PageNumber;
    const next = Math.min(nextTable(page, run.level), last + stride);
    const end = tree.descend(page, run.level);
    if (end.kind === "leaf") return failure({ kind: "page-already-mapped", page });
    if (end.kind === "missing") missing += newTables(page, before, run.level, end.level);
    else {
      const first = indexOf(page, run.level);
      const count = (next - at) / stride;
      for (let done = 0; done < count; done++) {
        if (!tree.isUnusedAt(end.table, (first + done) as TableIndex)) {
          const one = (at + done * stride) as PageNumber;
          return failure({ kind: "page-already-mapped", page: one });
        }
      }
    }
    before = at;
    at = next;
  }
  return success(missing);
}

/** The first page behind `page` that another table of `level` is for. */
export function nextTable(page: PageNumber, level: TableLevel): number {
  const span = pagesUnder(level) * 512;
  return (Math.floor(page / span) + 1) * span;
}

/** How many tables from `level` up to below `found` are for `page` and not for the page `before`. */
function newTables(page: number, before: number, level: TableLevel, found: TableLevel): number {
  let count = 0;
  for (let at: number = level; at < found; at++) {
    const span = pagesUnder(at as TableLevel) * 512;
    if (before < 0 || Math.floor(page / span) !== Math.floor(before / span)) count++;
  }
  return count;
}
