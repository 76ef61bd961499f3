/** From a failing run of a machine to a story: saved at once, made as short as it gets, tried again, told. */
import type { MachineExecutor } from "./machine-executor.ts";
import {
  type MachineFailure,
  type MachineFailureFacts,
  trySaveMachine,
} from "./machine-failures.ts";
import type { MachineViolation } from "./machine-report.ts";

const TRIALS = 6000;

/**
 * Shortens, saves and confirms `failure`; "nondeterministic" if it does not happen again. Stopped in the
 * middle, it answers the failure as it was found.
 */
export async function pursueMachine(
  executor: MachineExecutor,
  failure: MachineFailure,
  facts: MachineFailureFacts,
): Promise<MachineViolation | "nondeterministic"> {
  const saved = trySaveMachine(failure, facts);
  try {
    const shrunk = await executor.makeShorter(failure, TRIALS);
    if (shrunk === undefined) return "nondeterministic";
    const callsBefore = failure.calls.length;
    const { executions } = shrunk;
    return {
      ...(await executor.tell(shrunk.failure)),
      shrunk: { callsBefore, executions, isShortest: false },
      ...trySaveMachine(shrunk.failure, facts),
    };
  } catch (error) {
    if (!executor.isStopped) throw error;
    return { ...untold(failure), ...saved };
  }
}

/** What is told of `failure`: as much as there is without a further attempt, if the work was stopped. */
export async function toldOf(
  executor: MachineExecutor,
  failure: MachineFailure,
): Promise<MachineViolation> {
  try {
    return await executor.tell(failure);
  } catch (error) {
    if (!executor.isStopped) throw error;
    return untold(failure);
  }
}

/** A failure that nobody had the time to look into. */
function untold({ config, calls, broken, run }: MachineFailure): MachineViolation {
  return {
    rule: broken.name,
    sentence: broken.claim,
    at: Math.max(0, calls.length - 1),
    ...(broken.error === undefined ? {} : { reason: broken.error }),
    ...(run === undefined ? {} : { run }),
    config,
    calls,
    isReplayed: false,
    story: [],
  };
}
