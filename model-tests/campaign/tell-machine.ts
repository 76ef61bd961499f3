/** What is told of a failing list of calls, which is tried once more for it. */
import type { MachineNotes } from "../machine/machine-session.ts";
import type { MachineMaker } from "../machine/machine-subject.ts";
import type { MachineFailure } from "./machine-failures.ts";
import type { MachineViolation } from "./machine-report.ts";
import { machineStoryLines } from "./machine-story-lines.ts";
import { trialBefore, tryMachine } from "./machine-trial.ts";
import { isNoReturn } from "./no-return.ts";

/** Tells of `failure`; a call that never comes back is not made again, but those before it are. */
export function tellMachine(
  make: MachineMaker,
  failure: MachineFailure,
  notes?: MachineNotes,
): MachineViolation {
  const { config, calls, broken, run } = failure;
  const judges = notes === undefined ? {} : { notes };
  const trial = isNoReturn(broken)
    ? trialBefore(make, failure, judges)
    : tryMachine(make, config, calls, judges);
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
