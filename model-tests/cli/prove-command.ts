/**
 * `ariadne prove`: the theorems, and whether they are proved.
 *
 * Only this command needs a compiler and a solver, so it is loaded when it is called for: whoever
 * judges allocators need not install either.
 */
import type { Command } from "commander";
import type { ProveReport } from "#proofs";
import type { Acting } from "./acting.ts";
import { UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./values.ts";

interface Flags {
  readonly cache: boolean;
  readonly workers?: number;
  readonly check?: boolean;
  readonly secondOpinion?: string;
  readonly json?: boolean;
}

const WORKERS = 2;

/** Adds the command. */
export function proveCommand(program: Command, acting: Acting): void {
  program
    .command("prove")
    .argument("[filter]", "a part of the name of a theorem or its file, or a rule; all if absent")
    .description("prove the theorems about the specification and the implementation")
    .option("--no-cache", "prove again what was proved before")
    .option("--workers <n>", "how many solvers work at once", wholeNumber("--workers", 1))
    .option("--check", "exit 4 if a theorem is not the one that was written down as proved")
    .option("--second-opinion <solver>", "ask z3 or cvc5, a program on the path, as well")
    .option("--json", "print the report as JSON")
    .action(acting(runProve));
}

async function runProve(
  terminal: Terminal,
  filter: string | undefined,
  flags: Flags,
): Promise<number> {
  const { NoSuchTheorem, ledgerText, proveReport, reportJson } = await proofs();
  const working = terminal.work("reading the source");
  try {
    const report = await proveReport({
      directory: terminal.directory,
      workers: flags.workers ?? WORKERS,
      isCached: flags.cache,
      isChecked: flags.check ?? false,
      signal: terminal.signal,
      say: terminal.say,
      onRow: (done, of) => working.update(`${done} of ${of} theorems`),
      ...(filter === undefined ? {} : { filter }),
      ...secondOpinionOf(flags),
    });
    working.stop();
    terminal.print(flags.json ? reportJson(report) : textOf(report, ledgerText));
    return report.exit;
  } catch (error) {
    if (error instanceof NoSuchTheorem) throw new UsageError(error.message);
    throw error;
  } finally {
    working.stop();
  }
}

/** What only this command needs, or one sentence that says what to install. */
async function proofs(): Promise<typeof import("#proofs")> {
  try {
    return await import("#proofs");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [, missing] = /Cannot find package '([^']+)'/.exec(message) ?? [];
    if (code !== "ERR_MODULE_NOT_FOUND" || missing === undefined) throw error;
    throw new UsageError(
      `prove needs ${missing}, which is not installed: npm i ts-morph@28.0.0 z3-solver@5.2.0`,
    );
  }
}

function secondOpinionOf({ secondOpinion: solver }: Flags) {
  if (solver === undefined) return {};
  if (solver === "z3" || solver === "cvc5") return { secondOpinion: solver } as const;
  throw new UsageError(`--second-opinion is z3 or cvc5, not ${solver}`);
}

function textOf(
  { theorems, exit, engine, measured, second, failure }: ProveReport,
  ledgerText: typeof import("#proofs")["ledgerText"],
): string {
  const table = ledgerText({ rows: theorems, exit }, engine, measured.milliseconds);
  return [
    table,
    ...[second, failure].flatMap((each) => (each === undefined ? [] : [each, ""])),
  ].join("\n");
}
