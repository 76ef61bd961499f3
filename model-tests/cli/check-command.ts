/** `ariadne check`: judge a subject on generated runs and on recorded traces. */
import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import { type CheckOptions, check, DEFAULT_CALLS, DEFAULT_RUNS } from "../campaign/check.ts";
import { machineCrew } from "../campaign/machine-crew.ts";
import { SKIPPABLE, type SkippableCall } from "../generate/run-plan.ts";
import { checkText, grouped, reproduceText } from "../report/check-text.ts";
import { githubSummary } from "../report/github-text.ts";
import { junitText } from "../report/junit.ts";
import { sharedForms } from "../report/shared-forms.ts";
import type { Acting } from "./acting.ts";
import { checkMachineCommand } from "./check-machine-command.ts";
import { applyConfig, loadConfig } from "./config.ts";
import { addOutputFlags, deliver, type OutputFlags, reportersOf } from "./deliver.ts";
import { UsageError } from "./exit.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import {
  byteSize,
  duration,
  repeated,
  requirement,
  seed,
  shard,
  wholeNumber,
  workers,
} from "./values.ts";

/** How much is enough: for a quick look, for every day, for the night. */
const PROFILES = {
  quick: { runs: 200, calls: 150 },
  default: { runs: DEFAULT_RUNS, calls: DEFAULT_CALLS },
  nightly: { runs: 100_000, calls: 1000 },
} as const;

interface Flags extends OutputFlags, SubjectFlags {
  readonly seed?: number;
  readonly runs?: number;
  readonly run?: number;
  readonly calls?: number;
  readonly time?: number;
  readonly failOnTimeout?: boolean;
  readonly trace?: readonly string[];
  readonly workers?: number;
  readonly shard?: { readonly index: number; readonly of: number };
  readonly callTimeout?: number;
  readonly profile: keyof typeof PROFILES;
  readonly require?: readonly { readonly mark: string; readonly count: number }[];
  readonly memory?: number;
  readonly sizeMax?: number;
  readonly skip?: readonly SkippableCall[];
  readonly only?: readonly SkippableCall[];
  readonly infer?: boolean;
  readonly config?: string;
  readonly printConfig?: boolean;
  readonly quiet?: boolean;
}

/** Adds the command. */
export function checkCommand(program: Command, acting: Acting): void {
  const cores = availableParallelism();
  const command = program
    .command("check")
    .argument("[subject]", "a built-in name, or the path of a module; combination if absent")
    .description("judge a subject on random runs and on recorded traces")
    .option("--seed <n>", "decimal or 0xhex; random and printed if absent", seed)
    .option("--runs <n>", "how many runs to make", wholeNumber("--runs"))
    .option("--run <n>", "only run number n of the seed", wholeNumber("--run"))
    .option("--calls <n>", "the most calls of a run", wholeNumber("--calls", 1))
    .option("--time <duration>", "make runs for so long, like 30s", duration)
    .option("--fail-on-timeout", "exit 124 if --time ends before --runs are made")
    .option("--trace <file>", "a recorded trace to replay first; repeatable", repeated)
    .option("--workers <n|percent>", `threads to use of ${cores}`, workers(cores))
    .option("--shard <i/n>", "only the i-th of n shares of the runs", shard)
    .option("--call-timeout <duration>", "how long one call may take", duration)
    .addOption(
      new Option("--profile <name>", "how much to do")
        .choices(Object.keys(PROFILES))
        .default("default"),
    )
    .option("--require <mark:n>", "exit 4 unless the mark is reached n times", requirement)
    .option("--memory <bytes>", "the memory of every run, like 64k", byteSize)
    .option("--size-max <bytes>", "the largest size to ask for, like 1m", byteSize)
    .addOption(new Option("--skip <call...>", "calls not to make").choices(SKIPPABLE))
    .addOption(
      new Option("--only <call...>", "of those calls, the ones to make").choices(SKIPPABLE),
    )
    .option("--infer", "measure alignment, zero size and reclaim, and propose promises")
    .option("--verbose", "print everything that was reached")
    .option("--config <file>", "flags from a file; the nearest ariadne.config.ts, .js or .json")
    .option("--print-config", "print the flags in force and do nothing");
  addSubjectFlags(addOutputFlags(command)).action(acting(runCheck));
}

async function runCheck(
  terminal: Terminal,
  named: string | undefined,
  typed: Flags,
  command: Command,
): Promise<number> {
  const config = await loadConfig(terminal.directory, typed.config);
  applyConfig(command, config);
  const flags: Flags = command.opts();
  // A subject that is typed wins over a driver of the configuration, as over its subject.
  const { stdio, ...others } = flags;
  const isKept = named === undefined || command.getOptionValueSource("stdio") === "cli";
  const wanted = typedSubject(named, isKept ? flags : others);
  const subject = wanted.subject ?? config.subject ?? "combination";
  if (flags.printConfig) {
    terminal.print(`${JSON.stringify({ subject, ...flags }, undefined, 2)}\n`);
    return 0;
  }
  reportersOf(flags.reporter);
  const { runs, calls } = PROFILES[flags.profile];
  if (flags.runs === 0 && (flags.trace ?? []).length === 0) {
    throw new UsageError("--runs 0 without --trace leaves nothing to do");
  }
  if (flags.run !== undefined && flags.seed === undefined) {
    throw new UsageError("--run needs the --seed that it belongs to");
  }
  const { directory, signal } = terminal;
  const limit = flags.callTimeout === undefined ? {} : { callTimeoutMs: flags.callTimeout };
  const machine = wanted.options.stdio
    ? undefined
    : await machineCrew({ reference: subject, directory, signal, ...limit });
  if (machine !== undefined) return await checkMachineCommand(terminal, machine, subject, flags);

  const isOpen = flags.time !== undefined && flags.runs === undefined;
  const { seed: first, run, time, trace, shard: share, callTimeout, require, memory } = flags;
  const working = terminal.work(`judging ${subject}`);
  const options: CheckOptions = {
    subject,
    options: wanted.options,
    directory: terminal.directory,
    ...(isOpen ? {} : { runs: flags.runs ?? runs }),
    calls: flags.calls ?? calls,
    workers: flags.workers ?? Math.min(4, availableParallelism()),
    signal: terminal.signal,
    infer: flags.infer ?? false,
    skip: SKIPPABLE.filter(
      (call) => flags.skip?.includes(call) || (flags.only && !flags.only.includes(call)),
    ),
    failOnTimeout: flags.failOnTimeout ?? false,
    onProgress: (at) =>
      working.update(
        `${subject}: ${at.phase}, ${grouped(at.runs)} runs, ${grouped(at.calls)} calls`,
      ),
    ...(first === undefined ? {} : { seed: first }),
    ...(run === undefined ? {} : { run }),
    ...(time === undefined ? {} : { timeMs: time }),
    ...(trace === undefined ? {} : { traces: trace }),
    ...(share === undefined ? {} : { shard: share }),
    ...(callTimeout === undefined ? {} : { callTimeoutMs: callTimeout }),
    ...(require === undefined ? {} : { require }),
    ...(memory === undefined ? {} : { memoryBytes: memory }),
    ...(flags.sizeMax === undefined ? {} : { sizeLimit: flags.sizeMax }),
  };
  try {
    const report = await check(options);
    working.stop();
    const forms = {
      pretty: () => checkText(report, flags.verbose ?? false),
      ...sharedForms(report),
      junit: () => junitText(report),
      // What draws is loaded by whoever wants a page.
      html: async () => (await import("../report/campaign-page.ts")).campaignPage(report),
    };
    const { violation } = report;
    const reproduce = violation && reproduceText(report, violation);
    return await deliver(report, forms, () => githubSummary(report), reproduce, flags, terminal);
  } finally {
    working.stop();
  }
}
