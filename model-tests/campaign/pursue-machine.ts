/** From a failing run of a machine to a story: saved at once, made as short as it gets, tried again, told. */
import type { MachineMaker } from "../machine/machine-subject.ts";
import {
  type MachineFailure,
  type MachineFailureFacts,
  trySaveMachine,
} from "./machine-failures.ts";
import type { MachineViolation } from "./machine-report.ts";
import { machineStoryLines } from "./machine-story-lines.ts";
import { tryMachine } from "./machine-trial.ts";
import { shortenMachine } from "./shorten-machine.ts";

const TRIALS = 6000;

/** Shortens, saves and confirms `failure`; "nondeterministic" if it does not happen again. */
export function pursueMachine(
  make: MachineMaker,
  failure: MachineFailure,
  facts: MachineFailureFacts,
): MachineViolation | "nondeterministic" {
  trySaveMachine(failure, facts);
  const shrunk = shortenMachine(make, failure, TRIALS);
  if (shrunk === undefined) return "nondeterministic";
  const callsBefore = failure.calls.length;
  const { executions } = shrunk;
  return {
    ...machineViolation(make, shrunk.failure),
    shrunk: { callsBefore, executions, isShortest: false },
    ...trySaveMachine(shrunk.failure, facts),
  };
}

/** What is told of `failure`, which is tried once more for it. */
export function machineViolation(make: MachineMaker, failure: MachineFailure): MachineViolation {
  const { config, calls, broken, run } = failure;
  const trial = tryMachine(make, config, calls);
  return {
    rule: broken.name,
    sentence: broken.claim,
    at: Math.max(0, calls.length - 1),
    ...(broken.move === undefined ? {} : { move: broken.move }),
    ...(broken.error === undefined ? {} : { reason: broken.error }),
    ...(run === undefined ? {} : { run }),
    config,
    calls,
    isReplayed: trial.broken?.name === broken.name,
    story: machineStoryLines(calls, trial),
  };
}
