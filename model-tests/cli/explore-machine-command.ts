/** `ariadne explore` of a machine: every order of everything in a small one, shortest first. */
import { exploreMachineScope, type MachineExploreReport } from "../campaign/explore-machine.ts";
import { MACHINE_SCOPES, machineScopeNamed } from "../campaign/machine-scopes.ts";
import { grouped } from "../report/check-text.ts";
import { machineViolationLines } from "../report/machine-text.ts";
import type { NamedMachine } from "../subject/machines.ts";
import { UsageError } from "./exit.ts";
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
  machine: NamedMachine,
  reference: string,
  flags: Flags,
): Promise<number> {
  const names = MACHINE_SCOPES.map(({ name }) => name);
  const { scope: asked = names[0] ?? "", depth } = flags;
  const scope = machineScopeNamed(asked);
  if (scope === undefined) {
    throw new UsageError(`--scope of a machine knows ${names.join(", ")}, not "${asked}"`);
  }
  if (flags.plain === true) throw new UsageError("--plain is about heaps");
  const working = terminal.work(`exploring ${reference}, scope ${asked}`);
  try {
    const report = exploreMachineScope({
      machine,
      reference,
      directory: terminal.directory,
      scope,
      ...(depth === undefined ? {} : { depth }),
    });
    working.stop();
    terminal.print(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : text(report));
    return report.exit;
  } finally {
    working.stop();
  }
}

function text(report: MachineExploreReport): string {
  const { name, scope, result, violation } = report;
  if (violation !== undefined) return `${machineViolationLines(report, violation).join("\n")}\n`;
  const { states, transitions, depth, isClosed } = result;
  const reach = isClosed ? "complete: no state is left" : `complete to depth ${depth}`;
  return [
    `passed  ${name}  scope ${scope}, ${reach}`,
    `        ${grouped(transitions)} calls judged from ${grouped(states)} states`,
    "",
  ].join("\n");
}
