/**
 * What cores may still believe after page tables were changed, and the tables that wait for it.
 *
 * 1. Every core that may have been in the address space has `flush` done on it.
 * 2. Then `complete` gives back the tables that are no longer reached. It is done once.
 *
 * A table that was taken out of the tree must not be given back before: a core that still knows the way to
 * it would read the next owner's bytes as entries.
 */
import { demand } from "#support";
import type { FrameNumber, PageNumber } from "#units";
import type { TableFrames } from "./table-frames.ts";

/** What forgets a page when it is told to: an MMU, for one. */
export interface Forgetful {
  invalidate(page: PageNumber): void;
}

export class PendingFlush {
  /** The pages that changed: `count` of them from `first` on, each a multiple of `stride` apart. */
  readonly first: PageNumber;
  readonly count: number;
  readonly stride: number;
  /** Tables that are no longer reached, and the pages of the recursive window that showed them. */
  readonly tables: readonly FrameNumber[];
  readonly windows: readonly PageNumber[];
  readonly #frames: TableFrames;
  #isComplete: boolean;

  constructor(
    pages: { readonly first: PageNumber; readonly count: number; readonly stride: number },
    tables: readonly FrameNumber[],
    windows: readonly PageNumber[],
    frames: TableFrames,
  ) {
    this.first = pages.first;
    this.count = pages.count;
    this.stride = pages.stride;
    this.tables = tables;
    this.windows = windows;
    this.#frames = frames;
    this.#isComplete = false;
  }

  /** Makes a core forget what changed. */
  flush(core: Forgetful): void {
    for (let index = 0; index < this.count; index++) {
      core.invalidate((this.first + index * this.stride) as PageNumber);
    }
    for (const page of this.windows) core.invalidate(page);
  }

  /** Gives back the tables; every core that may know of them has forgotten. */
  complete(): void {
    demand(!this.#isComplete, "a flush is completed once");
    this.#isComplete = true;
    for (const table of this.tables) this.#frames.release(table);
  }
}
