/** The plain machine with one thing wrong each: in who has which frame, and which page. */
import type { FrameNumber } from "#units";
import { PlainMachine } from "./plain-machine.ts";
import type { PlainMapping } from "./plain-mappings.ts";
import { nameOf, type PlainSpace } from "./plain-tables.ts";

/** Looks for a free frame from the one that was taken last on, and takes that one too. */
export class DoublingMachine extends PlainMachine {
  override lowestFree(): FrameNumber | undefined {
    return [...this.taken].at(-1) ?? super.lowestFree();
  }
}

/** Looks whether the first page of a run is free, and not whether the others are. */
export class OverlappingMachine extends PlainMachine {
  override areFree(space: PlainSpace, first: number): boolean {
    return super.areFree(space, first, 1);
  }
}

/** Maps over pages that are in use, if it is told where. */
export class OverwritingMachine extends PlainMachine {
  override acquirePages(
    space: PlainSpace,
    at: number | undefined,
    count: number,
  ): number | undefined {
    const isTaken = at !== undefined && !this.areFree(space, at, count);
    return isTaken ? at : super.acquirePages(space, at, count);
  }
}

/** Undoes a mapping that has failed by unmapping all of it, whatever was mapped. */
export class OverzealousMachine extends PlainMachine {
  override giveUpPages(space: PlainSpace, first: number, count: number): void {
    for (let page = first; page < first + count; page++) {
      this.tell({ kind: "page.unmap", page: nameOf(space, page) });
    }
    super.giveUpPages(space, first, count);
  }
}

/** Keeps the pages for which there were no frames. */
export class ForgetfulMachine extends PlainMachine {
  override giveUpPages(): void {}
}

/** Gives back frames as soon as their pages are unmapped. */
export class HastyFramesMachine extends PlainMachine {
  override takeDown(mapping: PlainMapping): readonly FrameNumber[] {
    const tables = super.takeDown(mapping);
    super.giveBackFrames(mapping);
    return tables;
  }

  override giveBackFrames(): void {}
}

/** Gives back pages as soon as they are unmapped. */
export class HastyPagesMachine extends PlainMachine {
  override takeDown(mapping: PlainMapping): readonly FrameNumber[] {
    const tables = super.takeDown(mapping);
    super.giveBackPages(mapping);
    return tables;
  }

  override giveBackPages(): void {}
}

/** Gives back the frames of every mapping, its own or borrowed. */
export class UnfaithfulMachine extends PlainMachine {
  override giveBackFrames(mapping: PlainMapping): void {
    super.giveBackFrames({ ...mapping, isExclusive: true });
  }
}

/** Keeps the frames of what it unmaps. */
export class HoardingMachine extends PlainMachine {
  override giveBackFrames(): void {}
}
