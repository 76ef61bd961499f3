/**
 * Judges a heap whose calls meet: programs of several cores, each in many schedules or in all.
 *
 * Every schedule is made on a fresh heap, and once more on another one, which has to answer alike: or nothing
 * that was found could be found again. Then its calls have to have been answered, and answered as if they
 * had been made one after the other.
 */
import { type HeapState, liveBlocks, type TraceConfig } from "#spec";
import { finiteMap } from "#support";
import type { ByteCount, Range } from "#units";
import { RandomChoices } from "../generate/choices.ts";
import { contractOf, promisesOf, UnusableSubject } from "../subject/contract.ts";
import type { Subject, SubjectInstance } from "../subject/subject.ts";
import { allSchedules } from "./depth-first.ts";
import type { History } from "./history.ts";
import { linearization } from "./linearizability.ts";
import { prioritySchedules } from "./priority.ts";
import { drawProgram } from "./program.ts";
import { randomSchedules } from "./random.ts";
import { replayed } from "./replay.ts";
import { type Program, runSchedule } from "./scheduler.ts";
import type { Strategy } from "./strategy.ts";

export const STRATEGY_NAMES = ["random", "priority", "depth-first"] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];

/** What schedules are judged by, beside the rules that the judge has for single calls. */
export const SCHEDULE_RULES = {
  deadlock: { name: "calls-go-on", claim: "of the calls that are made at once, one can go on" },
  endless: { name: "call-terminates", claim: "every call comes to an end" },
  unlike: { name: "schedule-repeats", claim: "the same schedule is answered alike again" },
  disorder: {
    name: "calls-linearizable",
    claim: "calls that meet are answered as if they had been made one after the other",
  },
} as const;

export interface InterleaveOptions {
  readonly cores: number;
  /** On each core. */
  readonly calls: number;
  readonly strategy: StrategyName;
  readonly seed: number;
  /** How many programs. */
  readonly runs: number;
  /** How many schedules of each, unless they are tried depth first. */
  readonly schedules?: number;
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
}

export interface ScheduleFailure {
  readonly rule: { readonly name: string; readonly claim: string };
  readonly config: TraceConfig;
  readonly program: Program;
  readonly history: History;
  readonly run: number;
}

export interface InterleaveResult {
  readonly schedules: number;
  readonly steps: number;
  readonly operations: number;
  readonly skipped: number;
  readonly failure: ScheduleFailure | undefined;
}

/** Interleaves calls of `subject` until a schedule fails or all are made. */
export async function interleave(
  subject: Subject,
  options: InterleaveOptions,
): Promise<InterleaveResult> {
  const { cores, calls, seed, runs, schedules = 100, memoryBytes = 4096, signal } = options;
  const config = { memoryBytes, cores };
  const count = { schedules: 0, steps: 0, operations: 0, skipped: 0 };
  for (let run = 0; run < runs; run++) {
    const choices = new RandomChoices(seed, run);
    const program = drawProgram(choices, cores, calls);
    const strategy = strategyOf(options, choices);
    const limit = options.strategy === "depth-first" ? Number.POSITIVE_INFINITY : schedules;
    for (let made = 0; made < limit && strategy.begin(); made++) {
      if (signal?.aborted) return { ...count, failure: undefined };
      const { history, rule } = await judgeSchedule(subject, config, program, strategy);
      count.schedules += 1;
      count.steps += history.order.length;
      count.operations += history.operations.length;
      count.skipped += history.skipped;
      if (rule !== undefined) {
        return { ...count, failure: { rule, config, program, history, run } };
      }
    }
  }
  return { ...count, failure: undefined };
}

/** What came of one schedule of `program`, and the rule that it breaks, if it breaks one. */
export async function judgeSchedule(
  subject: Subject,
  config: TraceConfig,
  program: Program,
  strategy: Strategy,
): Promise<Pick<ScheduleFailure, "history"> & Partial<Pick<ScheduleFailure, "rule">>> {
  const instance = await fresh(subject, config);
  const start = stateOf(subject, instance);
  const history = runSchedule(instance, program, strategy);
  await instance.destroy?.();
  const other = await fresh(subject, config);
  const again = runSchedule(other, program, replayed(history.order));
  await other.destroy?.();
  const rule = ruleBroken(start, history, again);
  return rule === undefined ? { history } : { history, rule };
}

function strategyOf(options: InterleaveOptions, choices: RandomChoices): Strategy {
  const { cores, calls, strategy } = options;
  if (strategy === "depth-first") return allSchedules();
  if (strategy === "random") return randomSchedules(choices);
  return prioritySchedules(choices, cores, 4 * cores * calls, 2);
}

async function fresh(subject: Subject, config: TraceConfig): Promise<SubjectInstance> {
  const instance = await subject.create({ ...config, reached: () => undefined });
  if (instance.sections === undefined) {
    throw new UnusableSubject(`${subject.name} has no method sections, so its calls cannot meet`);
  }
  return instance;
}

function stateOf(subject: Subject, instance: SubjectInstance): HeapState {
  const parts = instance.extent?.();
  return {
    contract: contractOf(promisesOf(subject), parts !== undefined),
    extent: (parts ?? []) as readonly Range[],
    live: liveBlocks(finiteMap()),
    dead: finiteMap(),
    requested: 0 as ByteCount,
    first: undefined,
  };
}

function ruleBroken(
  start: HeapState,
  history: History,
  again: History,
): ScheduleFailure["rule"] | undefined {
  if (JSON.stringify(again) !== JSON.stringify(history)) return SCHEDULE_RULES.unlike;
  if (history.ending !== "answered") return SCHEDULE_RULES[history.ending];
  const order = linearization(start, history.operations);
  return order === undefined ? SCHEDULE_RULES.disorder : undefined;
}
