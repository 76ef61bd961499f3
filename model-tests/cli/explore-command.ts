/** `ariadne explore`: every sequence of calls of a small scope, shortest first. */
import type { Command } from "commander";
import { type ExploreReport, exploreSubject } from "../campaign/explore-subject.ts";
import { MACHINE_SCOPES } from "../campaign/machine-scopes.ts";
import { SCOPES } from "../explore/scopes.ts";
import { grouped, violationLines } from "../report/check-text.ts";
import { loadMachine } from "../subject/machines.ts";
import type { Acting } from "./acting.ts";
import { UsageError } from "./exit.ts";
import { exploreMachineCommand } from "./explore-machine-command.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./values.ts";

interface Flags {
  readonly scope?: string;
  readonly depth?: number;
  readonly plain?: boolean;
  readonly json?: boolean;
}

/** What is explored if nothing is said. */
const FIRST_SCOPE = "tiny";

/** Adds the command. */
export function exploreCommand(program: Command, acting: Acting): void {
  const names = SCOPES.map(({ name }) => name);
  const ofMachines = MACHINE_SCOPES.map(({ name }) => name);
  program
    .command("explore")
    .argument("[subject]", "a built-in name, or the path of a module", "block")
    .description("try every sequence of calls of a small scope")
    .option("--scope <name>", `of ${names.join(", ")}; of a machine ${ofMachines.join(", ")}`)
    .option(
      "--depth <n>",
      "how many calls; the scope's own depth if absent",
      wholeNumber("--depth", 1),
    )
    .option("--plain", "do not merge states that have the same future")
    .option("--json", "print the report as JSON")
    .action(acting(runExplore));
}

async function runExplore(terminal: Terminal, subject: string, flags: Flags): Promise<number> {
  const { depth } = flags;
  const machine = await loadMachine(subject, terminal.directory);
  if (machine !== undefined) return await exploreMachineCommand(terminal, machine, subject, flags);

  const { scope = FIRST_SCOPE } = flags;
  if (!SCOPES.some(({ name }) => name === scope)) {
    throw new UsageError(
      `--scope knows ${SCOPES.map(({ name }) => name).join(", ")}, not "${scope}"`,
    );
  }
  const working = terminal.work(`exploring ${subject}, scope ${scope}`);
  try {
    const report = await exploreSubject({
      subject,
      directory: terminal.directory,
      scope,
      plain: flags.plain ?? false,
      signal: terminal.signal,
      ...(depth === undefined ? {} : { depth }),
    });
    working.stop();
    terminal.print(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : text(report));
    return report.exit;
  } finally {
    working.stop();
  }
}

function text(report: ExploreReport): string {
  const { name, scope, result, violation } = report;
  if (violation !== undefined) return `${violationLines(report, violation).join("\n")}\n`;
  const merged = result.isMerging
    ? `${grouped(result.states)} states, ${grouped(result.merged)} more merged into them`
    : `${grouped(result.states)} states, none merged (the subject has no fingerprint, or --plain)`;
  return [
    `passed  ${name}  scope ${scope}, complete to depth ${result.depth}`,
    `        ${grouped(result.transitions)} calls judged after every shorter sequence; ${merged}`,
    "",
  ].join("\n");
}
