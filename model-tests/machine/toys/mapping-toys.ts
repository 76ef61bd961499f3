/** The plain machine with one thing wrong each: in what its page tables say. */
import type { Rights } from "#spec";
import type { CoreId, FrameNumber } from "#units";
import type { PlainEntry } from "./plain-frames.ts";
import { PlainMachine } from "./plain-machine.ts";
import type { PlainMapping } from "./plain-mappings.ts";
import type { Waiting } from "./plain-shootdown.ts";
import { nameOf, type PlainSpace } from "./plain-tables.ts";

/** Takes the frames that it borrows for its own. */
export class ClaimingMachine extends PlainMachine {
  override enter(mapping: PlainMapping): boolean {
    return super.enter({ ...mapping, isExclusive: true });
  }
}

/** Gives every address space the page tables of the first. */
export class SharingMachine extends PlainMachine {
  override createSpace(): PlainSpace | undefined {
    const [first] = this.spaces.values();
    const space = super.createSpace();
    if (first === undefined || space === undefined) return space;
    this.tell({ kind: "table.link", frame: first.root, page: nameOf(space, 0) });
    return { ...space, root: first.root };
  }
}

/** Makes page tables of the frames that are to be shown, when no others are left. */
export class CannibalMachine extends PlainMachine {
  override enter(mapping: PlainMapping): boolean {
    const { space, first, frames, rights } = mapping;
    const [slot] = this.missingTables(space, first, frames.length);
    const [frame] = frames;
    if (slot !== undefined && frame !== undefined && this.lowestFree() === undefined) {
      this.linkTable(space, slot, frame, first, rights);
    }
    return super.enter(mapping);
  }
}

/** Lets a page table allow no more than its first page does. */
export class LeakingRightsMachine extends PlainMachine {
  override tableEntry(frame: FrameNumber, rights: Rights): PlainEntry {
    return { ...super.tableEntry(frame, rights), rights };
  }
}

/** Uses a frame as a page table with whatever is in it. */
export class GhostlyMachine extends PlainMachine {
  override clear(): void {}
}

/** Changes the rights of all pages of a mapping but the last. */
export class StoppingShortMachine extends PlainMachine {
  override allow(mapping: PlainMapping, page: number, rights: Rights): void {
    const { first, frames } = mapping;
    if (page < first + frames.length - 1) super.allow(mapping, page, rights);
  }
}

/** Says that all pages of a mapping have other rights, and writes those of the first. */
export class PretendingMachine extends PlainMachine {
  override allow(mapping: PlainMapping, page: number, rights: Rights): void {
    if (page === mapping.first) super.allow(mapping, page, rights);
    else this.tell({ kind: "page.remap", page: nameOf(mapping.space, page), rights });
  }
}

/** Takes rights away without telling any core. */
export class QuietMachine extends PlainMachine {
  // biome-ignore lint/correctness/useYield: it waits for nobody, which is what is wrong with it.
  override *changeRights(_: CoreId, mapping: PlainMapping, rights: Rights): Waiting<PlainMapping> {
    for (let index = 0; index < mapping.frames.length; index++) {
      this.allow(mapping, mapping.first + index, rights);
    }
    return { ...mapping, rights };
  }
}

/** Forgets that a page was written when its rights change. */
export class CleaningMachine extends PlainMachine {
  override allow(mapping: PlainMapping, page: number, rights: Rights): void {
    super.allow(mapping, page, rights);
    const found = this.walk(mapping.space, page);
    if (found !== undefined) found.entry.isDirty = false;
  }
}
