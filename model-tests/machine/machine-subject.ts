/**
 * A machine that can be judged: ours, and the toys.
 *
 * It says what it does in the moves of the specification, and can be looked at. What it says is judged move by
 * move; what it shows is compared with what it said, so a machine that says one thing and does another is
 * found out.
 */
import type { MachineMove, MachineView } from "#spec";
import type { MachineCall } from "./machine-call.ts";

/** Hears every move, of software and of hardware, when it happens. */
export type MoveListener = (move: MachineMove) => void;

/** What a call came to: done, declined without an effect, let go and to be stepped, or skipped. */
export type MachineAnswer =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "under way"; readonly isWaiting: boolean }
  | { readonly kind: "skipped" };

export type { MachineView, ShownPage, ShownTranslation } from "#spec";

export interface MachineSubject {
  /** Does `call`, or begins it, or goes on with what it names. */
  perform(call: MachineCall): MachineAnswer;
  look(): MachineView;
  /** The operations that are under way, by name. */
  underWay(): readonly number[];
}

/** Makes a machine with nothing in use that tells `listener` its moves. */
export type MachineMaker = (listener: MoveListener, config: SubjectConfig) => MachineSubject;

export interface SubjectConfig {
  readonly frameCount: number;
  /** Fails the n-th acquisition of frames from now on, counted from 0; none if undefined. */
  readonly failAt?: number;
}
