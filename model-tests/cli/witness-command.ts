/** `ariadne witness`: a shortest trace that reaches a situation, though nothing is wrong with it. */
import type { Command } from "commander";
import { witness } from "../reach/witness-mark.ts";
import { witnessText } from "../report/witness-text.ts";
import type { Acting } from "./acting.ts";
import { demandHeaps } from "./demand-heaps.ts";
import { printReport } from "./print-report.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import { duration, seed, wholeNumber } from "./values.ts";

interface Flags extends SubjectFlags {
  readonly seed?: number;
  readonly runs?: number;
  readonly calls?: number;
  readonly executions?: number;
  readonly output?: string;
  readonly callTimeout?: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ariadne witness "address used again" ./mine.ts     the fewest calls after which that happens
  ariadne witness "heap closed"                      of combination: what has to come before
  ariadne witness none ./mine.ts                     exit 4, and the names of what did come up`;

/** Adds the command. */
export function witnessCommand(program: Command, acting: Acting): void {
  const command = program
    .command("witness")
    .argument("<mark>", "the name of a situation, as check lists it under reached")
    .argument("[subject]", "a built-in name, or the path of a module; combination if absent")
    .description("find a shortest trace that reaches a situation, with no rule broken")
    .option("--seed <n>", "decimal or 0xhex; the same if absent", seed)
    .option("--runs <n>", "how many runs to look in; 1000 if absent", wholeNumber("--runs", 1))
    .option("--calls <n>", "the most calls of a run", wholeNumber("--calls", 1))
    .option("--executions <n>", "how much effort to make it short", wholeNumber("--executions", 1))
    .option("--output <file>", "where to write the trace; in .ariadne/witnesses if absent")
    .option("--call-timeout <duration>", "how long one call may take", duration)
    .option("--json", "print the report as JSON")
    .addHelpText("after", EXAMPLES);
  addSubjectFlags(command).action(acting(runWitness));
}

async function runWitness(
  terminal: Terminal,
  mark: string,
  named: string | undefined,
  flags: Flags,
): Promise<number> {
  const { subject = "combination", options } = typedSubject(named, flags);
  if (options.stdio !== true) demandHeaps("witness", terminal, subject);
  const working = terminal.work(`looking for ${mark}`);
  const { seed: given, runs, calls, executions, output, callTimeout } = flags;
  try {
    const report = await witness({
      mark,
      subject,
      options,
      directory: terminal.directory,
      signal: terminal.signal,
      ...(given === undefined ? {} : { seed: given }),
      ...(runs === undefined ? {} : { runs }),
      ...(calls === undefined ? {} : { calls }),
      ...(executions === undefined ? {} : { executions }),
      ...(output === undefined ? {} : { output }),
      ...(callTimeout === undefined ? {} : { callTimeoutMs: callTimeout }),
    });
    working.stop();
    return printReport(terminal, report, flags.json, witnessText);
  } finally {
    working.stop();
  }
}
