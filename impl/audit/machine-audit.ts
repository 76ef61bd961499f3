/**
 * Walks a whole machine that nobody works on, and asks of each frame whose it is. Called by tests, never
 * by the machine: it reads every entry of every table.
 *
 * A frame in use is a page table, or is owned by one page, or is held by somebody outside; never two of
 * these. Page tables are as `auditPageTables` has them.
 */
import { assert } from "#support";
import { type FrameNumber, KERNEL_SPACE } from "#units";
import type { Machine } from "../core/machine.ts";
import { viewOfMachine } from "../interpretation/machine-view.ts";
import { USUAL_SETUP } from "../memory/paging-controls.ts";
import { auditPageTables } from "./page-tables-audit.ts";

/** Asserts it; no operation is under way, and `held` are the frames that are mapped nowhere. */
export function auditMachine(machine: Machine, held: readonly FrameNumber[] = []): void {
  const roots = machine.spaces().map(({ tables }) => tables.root);
  const kernel = machine.space(KERNEL_SPACE).tables.root;
  auditPageTables(machine.tableFrames, roots, USUAL_SETUP, [], kernel);

  const view = viewOfMachine(machine);
  const owned = view.shown.filter(({ isExclusive }) => isExclusive).map(({ frame }) => frame);
  const used = [...view.tables, ...owned, ...held];
  assert(new Set(used).size === used.length, "a frame is used for one thing");
  assert(used.length === view.framesInUse.length, "a frame that nothing uses is free");
  for (const frame of view.framesInUse) assert(used.includes(frame), "a frame in use has a use");

  const shown = new Set(view.shown.map(({ page }) => page));
  assert(shown.size === view.pagesInUse.length, "a page in use shows a frame");
  for (const page of view.pagesInUse)
    assert(shown.has(page), "a page that shows a frame is in use");
}
