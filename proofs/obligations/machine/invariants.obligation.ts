/** What is true of every machine, for any number of frames, pages, cores and rounds: by induction over its moves. */
import {
  emptyMachine,
  isPossibleMove,
  MACHINE_INVARIANTS,
  MACHINE_RULES,
  type MachineMove,
  type MachineState,
  nextMachine,
} from "#spec";
import { assume } from "../assume.ts";

export type MachineInvariantName =
  | "page-shows-a-frame-in-use"
  | "page-owns-its-frame"
  | "translation-is-current-or-awaited"
  | "way-is-current-or-awaited"
  | "memory-of-a-running-core"
  | "frame-is-not-lost"
  | "waits-for-running-cores"
  | "change-is-numbered";

/** Whether every invariant holds of `state`. */
export function isSoundMachine(state: MachineState): boolean {
  return MACHINE_INVARIANTS.every(({ holds }) => holds(state));
}

/** Whether `move` is possible in `state`, and no rule is broken by it. */
export function isAdmittedMove(state: MachineState, move: MachineMove): boolean {
  return (
    isPossibleMove(state, move) &&
    MACHINE_RULES.every(({ test }) => test({ state, move }) !== "broken")
  );
}

/** Whether the invariant `name` holds of `state`. */
function machineKeeps(
  state: MachineState,
  name: MachineInvariantName | "round-tells-the-truth",
): boolean {
  return MACHINE_INVARIANTS.some((each) => each.name === name && each.holds(state));
}

/**
 * A machine in which nothing is in use keeps every invariant.
 *
 * @proves empty-machine
 */
export function emptyMachineIsSound(): boolean {
  return isSoundMachine(emptyMachine());
}

/**
 * Whatever move is admitted, of software or of the processor, what was true of the machine is still true
 * after it.
 *
 * @proves page-shows-a-frame-in-use, page-owns-its-frame, translation-is-current-or-awaited,
 *   way-is-current-or-awaited, memory-of-a-running-core, frame-is-not-lost, waits-for-running-cores,
 *   change-is-numbered
 * @split move.kind, name
 */
export function movesKeepMachineSound(
  state: MachineState,
  move: MachineMove,
  name: MachineInvariantName,
): boolean {
  assume(isSoundMachine(state));
  assume(isAdmittedMove(state, move));
  return machineKeeps(nextMachine(state, move), name);
}

/**
 * Whatever move is admitted, a core that has acknowledged a round is still waited for by none of the pages
 * that the round is about.
 *
 * @proves round-tells-the-truth
 * @split move.kind
 * @depth 3
 */
export function movesKeepRoundsTrue(state: MachineState, move: MachineMove): boolean {
  assume(isSoundMachine(state));
  assume(isAdmittedMove(state, move));
  return machineKeeps(nextMachine(state, move), "round-tells-the-truth");
}
