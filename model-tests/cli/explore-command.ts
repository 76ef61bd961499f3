/** `ariadne explore`: every sequence of calls of a small scope, shortest first. */
import type { Command } from "commander";
import { type ExploreReport, exploreSubject } from "../campaign/explore-subject.ts";
import { machineCrew } from "../campaign/machine-crew.ts";
import { MACHINE_SCOPES } from "../campaign/machine-scopes.ts";
import { SCOPES } from "../explore/scopes.ts";
import { grouped, violationLines } from "../report/check-text.ts";
import type { Acting } from "./acting.ts";
import { UsageError } from "./exit.ts";
import { exploreMachineCommand } from "./explore-machine-command.ts";
import { printReport } from "./print-report.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./values.ts";

interface Flags extends SubjectFlags {
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
  const command = program
    .command("explore")
    .argument("[subject]", "a built-in name, or the path of a module; block if absent")
    .description("try every sequence of calls of a small scope")
    .option("--scope <name>", `of ${names.join(", ")}; of a machine ${ofMachines.join(", ")}`)
    .option(
      "--depth <n>",
      "how many calls; the scope's own depth if absent",
      wholeNumber("--depth", 1),
    )
    .option("--plain", "do not merge states that have the same future")
    .option("--json", "print the report as JSON");
  addSubjectFlags(command).action(acting(runExplore));
}

async function runExplore(
  terminal: Terminal,
  named: string | undefined,
  flags: Flags,
): Promise<number> {
  const { subject = "block", options } = typedSubject(named, flags);
  const { depth } = flags;
  const { directory, signal } = terminal;
  const machine = options.stdio
    ? undefined
    : await machineCrew({ reference: subject, directory, signal });
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
      options,
      directory: terminal.directory,
      scope,
      plain: flags.plain ?? false,
      signal: terminal.signal,
      ...(depth === undefined ? {} : { depth }),
    });
    working.stop();
    return printReport(terminal, report, flags.json, text);
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
