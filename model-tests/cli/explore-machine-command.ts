/** `ariadne explore` of a machine: every order of everything in a small one, shortest first. */
import { exploreMachineScope, type MachineExploreReport } from "../campaign/explore-machine.ts";
import type { MachineExecutor } from "../campaign/machine-executor.ts";
import {
  MACHINE_SCOPES,
  type MachineScopeNamed,
  machineScopeNamed,
} from "../campaign/machine-scopes.ts";
import { grouped } from "../report/check-text.ts";
import { machineViolationLines } from "../report/machine-text.ts";
import { UsageError } from "./exit.ts";
import { printReport } from "./print-report.ts";
import type { Terminal } from "./terminal.ts";

interface Flags {
  readonly scope?: string;
  readonly depth?: number;
  readonly plain?: boolean;
  readonly json?: boolean;
}

/** Explores `machine`, which is what the user typed as `reference`. */
export async function exploreMachineCommand(
  terminal: Terminal,
  machine: MachineExecutor,
  reference: string,
  flags: Flags,
): Promise<number> {
  const working = terminal.work(`exploring ${reference}`);
  try {
    const scope = scopeOf(flags);
    const { depth } = flags;
    working.update(`exploring ${reference}, scope ${scope.name}`);
    const report = await exploreMachineScope({
      machine,
      reference,
      directory: terminal.directory,
      scope,
      ...(depth === undefined ? {} : { depth }),
    });
    working.stop();
    return printReport(terminal, report, flags.json, text);
  } finally {
    working.stop();
    await machine.close();
  }
}

/** The scope that `flags` name. */
function scopeOf(flags: Flags): MachineScopeNamed {
  if (flags.plain === true) throw new UsageError("--plain is about heaps");
  const names = MACHINE_SCOPES.map(({ name }) => name);
  const asked = flags.scope ?? names[0] ?? "";
  const scope = machineScopeNamed(asked);
  if (scope !== undefined) return scope;
  throw new UsageError(`--scope of a machine knows ${names.join(", ")}, not "${asked}"`);
}

function text(report: MachineExploreReport): string {
  const { name, scope, result, violation, verdict } = report;
  if (violation !== undefined) return `${machineViolationLines(report, violation).join("\n")}\n`;
  const { states, transitions, depth, isClosed } = result;
  const reach = isClosed ? "complete: no state is left" : `complete to depth ${depth}`;
  return [
    `${verdict}  ${name}  scope ${scope}, ${reach}`,
    `        ${grouped(transitions)} calls judged from ${grouped(states)} states`,
    "",
  ].join("\n");
}
