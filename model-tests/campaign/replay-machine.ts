/** Runs exactly the calls of a trace of a machine, twice, or makes them as few as it can. */
import type { NamedMachine } from "../subject/machines.ts";
import { formatMachineTrace, type MachineTrace } from "../trace/machine-trace.ts";
import { EXITS } from "./check-report.ts";
import { writeWhole } from "./failures.ts";
import { type MachineFailure, machineFailureTrace } from "./machine-failures.ts";
import type { MachineViolation } from "./machine-report.ts";
import { type MachineTrial, tryMachine } from "./machine-trial.ts";
import { machineViolation } from "./pursue-machine.ts";
import type { ReplayReport } from "./replay.ts";
import type { ShrinkReport } from "./shorten.ts";
import { shortenMachine } from "./shorten-machine.ts";

export type MachineReplayReport = Omit<ReplayReport, "violation"> & {
  readonly violation?: MachineViolation;
};

export type MachineShrinkReport = Omit<ShrinkReport, "violation"> & {
  readonly violation?: MachineViolation;
};

export interface ReplayMachineOptions {
  readonly machine: NamedMachine;
  /** What loads the machine. */
  readonly reference: string;
  readonly trace: MachineTrace;
  /** Where the trace is. */
  readonly path: string;
}

/** Replays a trace and says whether it breaks a rule. */
export function replayMachine({
  machine: { name, make },
  reference,
  trace: { config, calls, rule },
  path,
}: ReplayMachineOptions): MachineReplayReport {
  const first = tryMachine(make, config, calls);
  const second = tryMachine(make, config, calls);
  const failure = failureOf(first, { config, calls });
  const isSame = answersOf(first) === answersOf(second);
  const verdict = !isSame ? "nondeterministic" : failure === undefined ? "passed" : "violated";
  return {
    v: 1,
    command: "replay",
    subject: reference,
    name,
    verdict,
    exit: EXITS[verdict],
    calls: first.plays.length,
    skipped: first.plays.filter((play) => play === undefined || play.answer?.kind === "skipped")
      .length,
    ...(rule === undefined ? {} : { expected: rule }),
    ...(failure === undefined
      ? {}
      : { violation: { ...machineViolation(make, failure), trace: path } }),
  };
}

export interface ShrinkMachineOptions extends ReplayMachineOptions {
  readonly executions: number;
  /** Where to write the result. */
  readonly output: string;
}

/** Shortens a trace. */
export function shrinkMachineTrace(options: ShrinkMachineOptions): MachineShrinkReport {
  const { machine, reference, trace, executions: effort, output } = options;
  const { name, make } = machine;
  const head = { v: 1, command: "shrink", subject: reference, name, isCertified: false } as const;
  const found = failureOf(tryMachine(make, trace.config, trace.calls), trace);
  const shrunk = found && shortenMachine(make, found, effort);
  if (shrunk === undefined) return { ...head, verdict: "held", exit: 2 };

  const { failure, executions } = shrunk;
  const facts = { directory: "", reference, name };
  writeWhole(output, formatMachineTrace(machineFailureTrace(failure, facts)));
  return {
    ...head,
    verdict: "shortened",
    exit: 0,
    violation: {
      ...machineViolation(make, failure),
      shrunk: { callsBefore: trace.calls.length, executions, isShortest: false },
      trace: output,
    },
  };
}

function failureOf(
  { plays, broken }: MachineTrial,
  { config, calls }: Pick<MachineTrace, "config" | "calls">,
): MachineFailure | undefined {
  return broken && { config, calls: calls.slice(0, plays.length), broken };
}

function answersOf({ plays, broken }: MachineTrial): string {
  return JSON.stringify([plays.map((play) => play?.answer), broken]);
}
