/**
 * Frames that lie in several runs, counted through: the frame of a place, found from that of the place before.
 *
 *     runs      ├─── 3 frames ───┼─ 1 ─┼────── 4 frames ──────┤
 *     places      0     1     2     3     4     5     6     7
 *                                         └── the run here begins with place 4
 *
 * Places are asked for in their order, and again from the first, so a step is all that it ever takes. A
 * list with each frame of a mapping would be as long as the mapping.
 */
import { demand } from "#support";
import type { FrameNumber } from "#units";
import type { AllocatedFrames } from "../memory/allocated-frames.ts";

export class RunCursor {
  readonly #runs: readonly AllocatedFrames[];
  /** The number of the run that was asked for last, and the place of its first frame. */
  #run: number;
  #place: number;

  constructor(runs: readonly AllocatedFrames[]) {
    this.#runs = runs;
    this.#run = 0;
    this.#place = 0;
  }

  /** The frame of the place `index`, which some run has. */
  frameAt(index: number): FrameNumber {
    if (index < this.#place) {
      this.#run = 0;
      this.#place = 0;
    }
    let run = this.#runs[this.#run];
    while (run !== undefined && index >= this.#place + run.count) {
      this.#place += run.count;
      this.#run += 1;
      run = this.#runs[this.#run];
    }
    demand(run !== undefined, "every page has a frame");
    return (run.first + (index - this.#place)) as FrameNumber;
  }
}
