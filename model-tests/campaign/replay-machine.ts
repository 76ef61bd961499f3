/** Runs exactly the calls of a trace of a machine, twice, or makes them as few as it can. */
import type { NamedMachine } from "../subject/machines.ts";
import { formatMachineTrace, type MachineTrace } from "../trace/machine-trace.ts";
import { EXITS } from "./check-report.ts";
import { writeWhole } from "./failures.ts";
import type { MachineExecutor } from "./machine-executor.ts";
import { machineExecutorFor } from "./machine-executor-for.ts";
import { machineFailureTrace } from "./machine-failures.ts";
import type { MachineViolation } from "./machine-report.ts";
import { expectedHang, isNoReturn } from "./no-return.ts";
import type { ReplayReport } from "./replay.ts";
import type { ShrinkReport } from "./shorten.ts";

export type MachineReplayReport = Omit<ReplayReport, "violation"> & {
  readonly violation?: MachineViolation;
};

export type MachineShrinkReport = Omit<ShrinkReport, "violation"> & {
  readonly violation?: MachineViolation;
};

export interface ReplayMachineOptions {
  readonly machine: NamedMachine | MachineExecutor;
  /** What loads the machine. */
  readonly reference: string;
  readonly trace: MachineTrace;
  /** Where the trace is. */
  readonly path: string;
}

/** Replays a trace and says whether it breaks a rule. */
export async function replayMachine({
  machine,
  reference,
  trace: { config, calls, rule },
  path,
}: ReplayMachineOptions): Promise<MachineReplayReport> {
  const executor = machineExecutorFor(machine);
  const first = await executor.makeCalls({ config, calls }, expectedHang(rule));
  const { failure, tried, tally } = first;
  // A call that never comes back has been waited for long enough.
  const isLost = failure !== undefined && isNoReturn(failure.broken);
  const second = isLost ? first : await executor.makeCalls({ config, calls });
  const isSame = first.answers === second.answers;
  const verdict = !isSame ? "nondeterministic" : failure === undefined ? "passed" : "violated";
  return {
    v: 1,
    command: "replay",
    subject: reference,
    name: executor.name,
    verdict,
    exit: EXITS[verdict],
    calls: tried,
    skipped: tally.calls.skipped,
    ...(rule === undefined ? {} : { expected: rule }),
    ...(failure === undefined
      ? {}
      : { violation: { ...(await executor.tell(failure)), trace: path } }),
  };
}

export interface ShrinkMachineOptions extends ReplayMachineOptions {
  readonly executions: number;
  /** Where to write the result. */
  readonly output: string;
}

/** Shortens a trace. */
export async function shrinkMachineTrace(
  options: ShrinkMachineOptions,
): Promise<MachineShrinkReport> {
  const { machine, reference, trace, executions: effort, output } = options;
  const { config, calls, rule } = trace;
  const executor = machineExecutorFor(machine);
  const { name } = executor;
  const head = { v: 1, command: "shrink", subject: reference, name, isCertified: false } as const;
  const { failure: found } = await executor.makeCalls({ config, calls }, expectedHang(rule));
  const shrunk = found && (await executor.makeShorter(found, effort));
  if (shrunk === undefined) return { ...head, verdict: "held", exit: 2 };

  const { failure, executions } = shrunk;
  const facts = { directory: "", reference, name };
  writeWhole(output, formatMachineTrace(machineFailureTrace(failure, facts)));
  return {
    ...head,
    verdict: "shortened",
    exit: 0,
    violation: {
      ...(await executor.tell(failure)),
      shrunk: { callsBefore: calls.length, executions, isShortest: false },
      trace: output,
    },
  };
}
