/** `ariadne replay` and `ariadne shrink` of the trace of a machine. */
import { machineCrew } from "../campaign/machine-crew.ts";
import type { MachineExecutor } from "../campaign/machine-executor.ts";
import {
  type MachineReplayReport,
  type MachineShrinkReport,
  replayMachine,
  shrinkMachineTrace,
} from "../campaign/replay-machine.ts";
import { machineViolationLines } from "../report/machine-text.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { portableReference } from "../subject/load-subject.ts";
import type { MachineTrace } from "../trace/machine-trace.ts";
import { UsageError } from "./exit.ts";
import { printReport } from "./print-report.ts";
import { replayText } from "./replay-text.ts";
import type { Terminal } from "./terminal.ts";

interface ReplayFlags {
  readonly strict?: boolean;
  readonly callTimeout?: number;
  readonly json?: boolean;
}

interface ShrinkFlags {
  readonly certify?: boolean;
  readonly executions?: number;
  readonly output: string;
  readonly json?: boolean;
}

/** A trace that was read, and where it was. */
export interface FoundTrace {
  readonly path: string;
  readonly trace: MachineTrace;
}

const EXECUTIONS = 20_000;

/** Replays the trace of a machine. */
export async function replayMachineCommand(
  terminal: Terminal,
  found: FoundTrace,
  named: string | undefined,
  flags: ReplayFlags,
): Promise<number> {
  if (flags.strict === true)
    throw new UsageError("--strict: no answers are in the trace of a machine");
  const machine = await machineFor(terminal, found, named, flags.callTimeout);
  try {
    const report = await replayMachine({ ...found, ...machine });
    return printReport(terminal, report, flags.json, textOf);
  } finally {
    await machine.machine.close();
  }
}

/** Shortens the trace of a machine. */
export async function shrinkMachineCommand(
  terminal: Terminal,
  found: FoundTrace,
  named: string | undefined,
  flags: ShrinkFlags,
): Promise<number> {
  if (flags.certify === true) throw new UsageError("--certify is about heaps");
  const { output, executions = EXECUTIONS } = flags;
  const machine = await machineFor(terminal, found, named);
  const working = terminal.work(`shortening ${found.path}`);
  try {
    const report = await shrinkMachineTrace({ ...found, ...machine, output, executions });
    working.stop();
    return printReport(terminal, report, flags.json, shrinkText);
  } finally {
    working.stop();
    await machine.machine.close();
  }
}

/** The machine that the user names, or else the trace. */
async function machineFor(
  { directory, signal }: Terminal,
  { trace }: FoundTrace,
  named: string | undefined,
  callTimeoutMs?: number,
): Promise<{ readonly machine: MachineExecutor; readonly reference: string }> {
  const typed = named ?? trace.subject ?? "machine";
  const limit = callTimeoutMs === undefined ? {} : { callTimeoutMs };
  const machine = await machineCrew({ reference: typed, directory, signal, ...limit });
  if (machine !== undefined) return { machine, reference: portableReference(typed, directory) };
  throw new UnusableSubject(`the trace is one of a machine, and "${typed}" is none`);
}

function textOf(report: MachineReplayReport): string {
  const { violation } = report;
  const lines = violation === undefined ? [] : machineViolationLines(report, violation);
  return replayText(report, lines);
}

function shrinkText(report: MachineShrinkReport): string {
  const { violation, name } = report;
  if (violation !== undefined) return `${machineViolationLines(report, violation).join("\n")}\n`;
  return `held  ${name}: the trace breaks no rule, so there is nothing to shorten\n`;
}
