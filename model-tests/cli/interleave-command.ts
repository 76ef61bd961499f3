/** `ariadne interleave`: the calls of several cores at once, in schedules that are chosen. */
import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { Command } from "commander";
import { fileSafe, writeWhole } from "../campaign/failures.ts";
import {
  type InterleaveResult,
  interleave,
  judgeSchedule,
  SCHEDULE_RULES,
  type ScheduleFailure,
  STRATEGY_NAMES,
} from "../interleave/interleave.ts";
import { replayed } from "../interleave/replay.ts";
import { programOf, scheduleTrace } from "../interleave/schedule-trace.ts";
import { grouped } from "../report/check-text.ts";
import { scheduleLines } from "../report/schedule-text.ts";
import { loadSubject, portableReference } from "../subject/load-subject.ts";
import type { Subject } from "../subject/subject.ts";
import { type SubjectOptions, subjectText } from "../subject/subject-options.ts";
import { formatTrace } from "../trace/format-trace.ts";
import { loadTrace } from "../trace/load-trace.ts";
import type { Acting } from "./acting.ts";
import { UsageError } from "./exit.ts";
import { typedSubject } from "./subject-flags.ts";
import type { Terminal } from "./terminal.ts";
import { seed as seedValue, wholeNumber } from "./values.ts";

interface Flags {
  readonly cores: number;
  readonly calls: number;
  readonly strategy: string;
  readonly seed?: number;
  readonly runs: number;
  readonly schedules: number;
  readonly trace?: string;
  readonly stdio?: string;
}

/** A subject, and what loads it again. */
interface Loaded {
  readonly subject: Subject;
  readonly reference: string;
  readonly options: SubjectOptions;
}

const SCHEDULES_FOLDER = join(".ariadne", "schedules");

/** Adds the command. */
export function interleaveCommand(program: Command, acting: Acting): void {
  program
    .command("interleave")
    .argument("[subject]", "a built-in name, or the path of a module with a method sections")
    .description("make the calls of several cores at once, in schedules that are chosen")
    .option("--cores <n>", "how many cores", wholeNumber("--cores", 1), 2)
    .option("--calls <n>", "how many calls on each", wholeNumber("--calls", 1), 3)
    .option("--strategy <name>", `of ${STRATEGY_NAMES.join(", ")}`, "random")
    .option("--seed <n>", "which programs and schedules", seedValue)
    .option("--runs <n>", "how many programs", wholeNumber("--runs", 1), 100)
    .option("--schedules <n>", "of each, if not depth-first", wholeNumber("--schedules", 1), 100)
    .option("--trace <file>", "only the schedule of this trace")
    .option("--stdio <command>", "in place of the subject: a driver, asked over its streams")
    .action(acting(runInterleave));
}

async function runInterleave(
  terminal: Terminal,
  named: string | undefined,
  flags: Flags,
): Promise<number> {
  const strategy = STRATEGY_NAMES.find((name) => name === flags.strategy);
  if (strategy === undefined) {
    throw new UsageError(`--strategy knows ${STRATEGY_NAMES.join(", ")}, not "${flags.strategy}"`);
  }
  const typed = typedSubject(named, flags.stdio === undefined ? {} : { stdio: flags.stdio });
  const { subject: reference, options: loading } = typed;
  if (reference === undefined) throw new UsageError("interleave takes a subject");
  const subject = await loadSubject(reference, terminal.directory, loading);
  const loaded = { subject, reference, options: loading };
  if (flags.trace !== undefined) return await replay(terminal, loaded, flags.trace);

  const seed = flags.seed ?? randomInt(2 ** 32);
  const { cores, calls, runs, schedules } = flags;
  const options = { cores, calls, runs, schedules, seed, strategy, signal: terminal.signal };
  const working = terminal.work(`interleaving ${reference}`);
  const result = await interleave(subject, options).finally(() => working.stop());
  const facts = `seed 0x${seed.toString(16)}, ${cores} cores, ${calls} calls on each`;
  if (result.failure !== undefined) {
    return tell(terminal, loaded, result.failure, facts);
  }
  terminal.print(passText(subject.name, result, `${facts}, ${strategy}`));
  return result.operations === 0 ? 4 : 0;
}

async function replay(terminal: Terminal, loaded: Loaded, path: string): Promise<number> {
  const { subject } = loaded;
  const { trace } = await loadTrace(join(terminal.directory, path));
  const { config, schedule } = trace;
  if (schedule === undefined) throw new UsageError(`${path} has no schedule`);
  const program = programOf(trace);
  const strategy = replayed(schedule);
  const { history, rule } = await judgeSchedule(subject, config, program, strategy);
  if (rule !== undefined) {
    const failure = { rule, config, program, history, run: 0 };
    return tell(terminal, loaded, failure, path);
  }
  terminal.print(`passed  ${subject.name}  the schedule of ${path} breaks no rule\n`);
  return 0;
}

function tell(
  { print, directory }: Terminal,
  { subject, reference, options }: Loaded,
  failure: ScheduleFailure,
  facts: string,
): number {
  const { rule, history, run } = failure;
  const portable = portableReference(reference, directory, options);
  const file = `${fileSafe(subject.name)}-${rule.name}-${run}.trace.jsonl`;
  const path = join(SCHEDULES_FOLDER, file).replaceAll("\\", "/");
  const trace = scheduleTrace(failure, portable, subject.name, options);
  writeWhole(join(directory, path), formatTrace(trace));
  const lines = [
    `violated  ${rule.name}  ${subject.name}`,
    `          ${rule.claim}`,
    `          ${facts}, program ${run}`,
    "",
    ...scheduleLines(history),
    "",
    `  steps   ${history.order.slice(0, 60).join(" ")}${history.order.length > 60 ? " …" : ""}`,
    `  trace   ${path}`,
    "",
    `Reproduce: npx ariadne interleave ${subjectText(portable, options)} --trace ${path}`,
  ];
  print(`${lines.join("\n")}\n`);
  return rule === SCHEDULE_RULES.unlike ? 5 : 1;
}

function passText(name: string, result: InterleaveResult, facts: string): string {
  const { schedules, steps, operations, skipped } = result;
  return [
    `passed  ${name}  ${facts}`,
    `        ${grouped(schedules)} schedules of ${grouped(steps)} steps, each made twice;`,
    `        ${grouped(operations)} calls answered, ${grouped(skipped)} skipped`,
    "",
  ].join("\n");
}
