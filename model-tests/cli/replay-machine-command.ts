/** `ariadne replay` and `ariadne shrink` of the trace of a machine. */
import {
  type MachineReplayReport,
  type MachineShrinkReport,
  replayMachine,
  shrinkMachineTrace,
} from "../campaign/replay-machine.ts";
import { grouped } from "../report/check-text.ts";
import { machineViolationLines } from "../report/machine-text.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { portableReference } from "../subject/load-subject.ts";
import { loadMachine, type NamedMachine } from "../subject/machines.ts";
import type { MachineTrace } from "../trace/machine-trace.ts";
import { UsageError } from "./exit.ts";
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
  if (flags.callTimeout !== undefined) throw new UsageError("--call-timeout is about heaps");
  const report = replayMachine({ ...found, ...(await machineFor(terminal, found, named)) });
  terminal.print(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : replayText(report));
  return report.exit;
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
  const report = shrinkMachineTrace({ ...found, ...machine, output, executions });
  terminal.print(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : shrinkText(report));
  return report.exit;
}

/** The machine that the user names, or else the trace. */
async function machineFor(
  { directory }: Terminal,
  { trace }: FoundTrace,
  named: string | undefined,
): Promise<{ readonly machine: NamedMachine; readonly reference: string }> {
  const typed = named ?? trace.subject ?? "machine";
  const machine = await loadMachine(typed, directory);
  if (machine !== undefined) return { machine, reference: portableReference(typed, directory) };
  throw new UnusableSubject(`the trace is one of a machine, and "${typed}" is none`);
}

function replayText(report: MachineReplayReport): string {
  const { name, calls, skipped, expected, violation, verdict } = report;
  if (verdict === "nondeterministic") {
    return `nondeterministic  ${name}: two replays of the trace disagreed\n`;
  }
  if (violation === undefined) {
    const said = expected === undefined ? "" : `; the trace says that it breaks ${expected}`;
    const left = skipped > 0 ? `, ${grouped(skipped)} skipped` : "";
    return `passed  ${name}: ${grouped(calls)} calls${left}, no rule broken${said}\n`;
  }
  const lines = [...machineViolationLines(report, violation)];
  if (expected !== undefined) {
    const same =
      expected === violation.rule
        ? "the rule that the trace names"
        : `not ${expected}, which the trace names`;
    lines.splice(lines.length - 1, 0, `  ${same}`, "");
  }
  return `${lines.join("\n")}\n`;
}

function shrinkText(report: MachineShrinkReport): string {
  const { violation, name } = report;
  if (violation !== undefined) return `${machineViolationLines(report, violation).join("\n")}\n`;
  return `held  ${name}: the trace breaks no rule, so there is nothing to shorten\n`;
}
