/**
 * Plain machines that behave as Theseus does in one respect each, where that breaks a rule: what our machine
 * must not do, made small enough to be read.
 */
import type { Rights } from "#spec";
import type { CoreId, FrameNumber } from "#units";
import { PlainMachine } from "./toys/plain-machine.ts";
import { type PlainMapping, pagesOf } from "./toys/plain-mappings.ts";
import type { Waiting } from "./toys/plain-shootdown.ts";
import { nameOf, type PlainSpace } from "./toys/plain-tables.ts";

/** Maps page by page, and where one has no frame gives all pages back: the others stay mapped. */
export class HalfMappingMachine extends PlainMachine {
  override mapOwn(
    space: PlainSpace,
    at: number | undefined,
    count: number,
    rights: Rights,
  ): PlainMapping | undefined {
    const first = this.acquirePages(space, at, count);
    if (first === undefined) return undefined;
    const frames: FrameNumber[] = [];
    while (frames.length < count) {
      const frame = this.acquireFrame();
      const page = first + frames.length;
      const one = { space, first: page, isExclusive: true, rights };
      if (frame === undefined || !this.enter({ ...one, frames: [frame] })) {
        this.giveUpPages(space, first, count);
        return undefined;
      }
      frames.push(frame);
    }
    return { space, first, frames, isExclusive: true, rights };
  }
}

/** Gives back, before any core has forgotten it, each run of frames but the first and the last. */
export class DroppingRunsMachine extends PlainMachine {
  override *letGo(core: CoreId, mapping: PlainMapping): Waiting<undefined> {
    const tables = this.takeDown(mapping);
    const runs = runsOf(mapping.frames);
    for (const frame of runs.slice(1, -1).flat()) this.releaseFrame(frame);
    yield* this.shootDownMapping(core, mapping, tables);
    for (const page of pagesOf(mapping)) {
      this.tell({ kind: "page.settle", page: nameOf(mapping.space, page) });
    }
    this.giveBackTables(tables);
    for (const frame of [...runs.slice(0, 1), ...runs.slice(1).slice(-1)].flat()) {
      this.releaseFrame(frame);
    }
    this.giveBackPages(mapping);
  }
}

/** Unmaps only what is mapped in the space that the core is in, and gives back the pages all the same. */
export class ActiveRootMachine extends PlainMachine {
  override *letGo(core: CoreId, mapping: PlainMapping): Waiting<undefined> {
    if (this.cores.get(core) === mapping.space) yield* super.letGo(core, mapping);
    else this.giveBackPages(mapping);
  }
}

/** The frames that follow each other, run by run. */
function runsOf(frames: readonly FrameNumber[]): readonly (readonly FrameNumber[])[] {
  const runs: FrameNumber[][] = [];
  for (const frame of frames) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === frame - 1) run.push(frame);
    else runs.push([frame]);
  }
  return runs;
}
