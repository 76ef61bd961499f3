/**
 * What concurrent calls were answered, and when: each from the step in which it began to the one in
 * which it was answered.
 *
 *     step      0    1    2    3    4    5
 *     core 0    ├─── a ───┤         ├ c ─┤      a was answered before c began;
 *     core 1         ├────── b ─────┤           b met both
 */
import type { Answer, Call } from "#spec";

export interface Operation {
  readonly core: number;
  readonly call: Call;
  readonly answer: Answer;
  readonly began: number;
  readonly ended: number;
}

/** How a schedule ended: all calls answered, all that are left waiting, or a call that never ends. */
export type Ending = "answered" | "deadlock" | "endless";

export interface History {
  readonly operations: readonly Operation[];
  /** Which core moved at each step. */
  readonly order: readonly number[];
  readonly ending: Ending;
  /** The calls that were not made, because their block was refused. */
  readonly skipped: number;
}
