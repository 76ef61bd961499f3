/** `ariadne compare`: two subjects, or a subject and what was saved of an earlier one, on the same traces. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { writeWhole } from "../campaign/failures.ts";
import { type Baseline, parseBaseline } from "../compare/baseline.ts";
import { type Budget, parseBudget } from "../compare/budget.ts";
import {
  COMPARE_CALLS,
  COMPARE_RECORDED_CALLS,
  COMPARE_RUNS,
  COMPARE_SEED,
  compare,
  measureBaseline,
} from "../compare/compare.ts";
import type { ComparedSubject } from "../compare/compare-options.ts";
import { COMPARE_ROUNDS } from "../compare/compared-side.ts";
import { reproduceText } from "../report/check-text.ts";
import { compareText } from "../report/compare-text.ts";
import { PROFILES } from "../subject/contract.ts";
import type { Acting } from "./acting.ts";
import { demandHeaps } from "./demand-heaps.ts";
import { UsageError } from "./exit.ts";
import { printReport } from "./print-report.ts";
import { shippedTraces } from "./shipped-traces.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import { duration, repeated, seed, wholeNumber } from "./values.ts";

interface Flags extends SubjectFlags {
  readonly seed?: number;
  readonly runs?: number;
  readonly calls?: number;
  readonly trace?: readonly string[];
  readonly recorded: boolean;
  readonly recordedCalls?: number;
  readonly rounds?: number;
  readonly budget?: readonly Budget[];
  readonly save?: string;
  readonly callTimeout?: number;
  readonly json?: boolean;
  readonly baseStdio?: string;
  readonly basePrefix?: string;
  readonly baseAlloc?: string;
  readonly baseDealloc?: string;
  readonly baseRealloc?: string;
  readonly basePromises?: string;
}

const EXAMPLES = `
Examples:
  ariadne compare block ./mine.ts                    what differs, and how much
  ariadne compare ./old.ts ./new.ts --budget peak=+5%
                                                     exit 6 if the new one needs more than that
  ariadne compare --base-stdio ./old-driver --stdio ./new-driver
  ariadne compare --save baseline.json ./mine.ts     today, and for the next pull request:
  ariadne compare baseline.json ./mine.ts --budget peak=+5% --budget refused=+0`;

/** Adds the command. */
export function compareCommand(program: Command, acting: Acting): void {
  const command = program
    .command("compare")
    .argument("[base]", "a built-in name, the path of a module, or a saved baseline")
    .argument("[candidate]", "what is compared with it; not with --save")
    .description("the same traces to both: broken rules fail, all other differences are measured")
    .option("--seed <n>", "of the generated traces, decimal or 0xhex; the same if absent", seed)
    .option("--runs <n>", `traces to generate; ${COMPARE_RUNS} if absent`, wholeNumber("--runs"))
    .option("--calls <n>", "the most calls of each", wholeNumber("--calls", 1))
    .option("--trace <file>", "a recorded trace, in place of those that come along", repeated)
    .option("--no-recorded", "leave out the recorded traces that come along")
    .option(
      "--recorded-calls <n>",
      `of each recorded trace, the first ${COMPARE_RECORDED_CALLS} if absent`,
      wholeNumber("--recorded-calls", 1),
    )
    .option(
      "--budget <measure=+n%>",
      "exit 6 if the candidate has more than that; repeatable",
      (text, earlier: readonly Budget[] = []) => [...earlier, parseBudget(text)],
    )
    .option(
      "--rounds <n>",
      `rounds to race, ${COMPARE_ROUNDS} if absent, 0 for none`,
      wholeNumber("--rounds"),
    )
    .option("--save <file>", "write what was measured of one subject, as a baseline")
    .option("--call-timeout <duration>", "how long one call may take", duration)
    .option("--json", "print the report as JSON");
  addSubjectFlags(command)
    .option("--base-stdio <command>", "in place of the base: a driver, asked over its streams")
    .option("--base-prefix <text>", "these, of the base; those above are of the candidate")
    .option("--base-alloc <name>")
    .option("--base-dealloc <name>")
    .option("--base-realloc <name>")
    .addOption(new Option("--base-promises <profile>").choices(Object.keys(PROFILES)))
    .addHelpText("after", EXAMPLES)
    .action(acting(runCompare));
}

async function runCompare(
  terminal: Terminal,
  first: string | undefined,
  second: string | undefined,
  flags: Flags,
): Promise<number> {
  const { runs = COMPARE_RUNS, save } = flags;
  const [base, named] = namedSides(first, second, flags);
  const { subject: candidate, options } = typedSubject(named, flags);
  const isTyped = (name: string | undefined): name is string => name !== undefined;
  demandHeaps("compare", terminal, ...[base, named].filter(isTyped));
  const traces = flags.trace ?? (flags.recorded ? shippedTraces() : []);
  if (runs === 0 && traces.length === 0) {
    throw new UsageError("--runs 0 without a recorded trace leaves nothing to compare on");
  }
  const working = terminal.work("measuring");
  const shared = {
    directory: terminal.directory,
    seed: flags.seed ?? COMPARE_SEED,
    runs,
    calls: flags.calls ?? COMPARE_CALLS,
    traces,
    recordedCalls: flags.recordedCalls ?? COMPARE_RECORDED_CALLS,
    signal: terminal.signal,
    onProgress: (text: string) => working.update(text),
    ...(flags.callTimeout === undefined ? {} : { callTimeoutMs: flags.callTimeout }),
  };
  try {
    if (save !== undefined) {
      const isOne = base === undefined && flags.baseStdio === undefined;
      if (!isOne) throw new UsageError("--save takes one subject, not two");
      if (candidate === undefined) throw new UsageError("--save takes a subject");
      const baseline = await measureBaseline({
        ...shared,
        candidate: { subject: candidate, options },
      });
      writeWhole(join(terminal.directory, save), `${JSON.stringify(baseline, undefined, 1)}\n`);
      working.stop();
      terminal.print(
        `saved ${save}: ${baseline.subject.name} on ${baseline.traces.length} traces\n`,
      );
      return 0;
    }
    if (candidate === undefined) throw new UsageError("compare takes a base and a candidate");
    const report = await compare({
      ...shared,
      base: baseOf(base, terminal.directory, flags),
      candidate: { subject: candidate, options },
      budgets: flags.budget ?? [],
      rounds: flags.rounds ?? COMPARE_ROUNDS,
    });
    working.stop();
    const { violation, seed } = report;
    const exit = printReport(terminal, report, flags.json, compareText);
    if (flags.json && violation !== undefined) {
      terminal.say(reproduceText({ ...report[violation.side], seed }, violation));
    }
    return exit;
  } finally {
    working.stop();
  }
}

/** What names the base and the candidate, where a command of a driver does not stand in its place. */
function namedSides(
  first: string | undefined,
  second: string | undefined,
  { save, baseStdio, stdio }: Flags,
): readonly [base: string | undefined, candidate: string | undefined] {
  if (baseStdio !== undefined && second !== undefined) {
    throw new UsageError(`--base-stdio stands in place of the base, and "${first}" is one as well`);
  }
  const isCandidate = baseStdio !== undefined || (save !== undefined && second === undefined);
  if (isCandidate) return [undefined, first];
  if (first === undefined && stdio === undefined) {
    throw new UsageError("compare takes a base and a candidate");
  }
  return [first, second];
}

/** A baseline, if `reference` names one, and else the subject that it names. */
function baseOf(
  reference: string | undefined,
  directory: string,
  flags: Flags,
): Baseline | ComparedSubject {
  if (reference?.endsWith(".json")) {
    const path = join(directory, reference);
    if (!existsSync(path)) throw new UsageError(`there is no file ${reference}`);
    return parseBaseline(readFileSync(path, "utf8"), reference);
  }
  const { basePrefix, baseAlloc, baseDealloc, baseRealloc, basePromises } = flags;
  const given = {
    ...(flags.baseStdio === undefined ? {} : { stdio: flags.baseStdio }),
    ...(basePrefix === undefined ? {} : { prefix: basePrefix }),
    ...(baseAlloc === undefined ? {} : { alloc: baseAlloc }),
    ...(baseDealloc === undefined ? {} : { dealloc: baseDealloc }),
    ...(baseRealloc === undefined ? {} : { realloc: baseRealloc }),
    ...(basePromises === undefined ? {} : { promises: basePromises }),
  };
  const { subject, options } = typedSubject(reference, given);
  if (subject === undefined) throw new UsageError("compare takes a base and a candidate");
  return { subject, options };
}
