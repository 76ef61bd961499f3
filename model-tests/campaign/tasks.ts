/**
 * What a worker can be asked to do with a subject. Each task is a function of its arguments: who asks,
 * on which thread, and what else is being done make no difference to its result.
 */
import type { TraceCall, TraceConfig } from "#spec";
import { FlightRecorder } from "../conformance/flight.ts";
import { runCalls, runGenerated } from "../conformance/run.ts";
import type { Violation } from "../conformance/session.ts";
import { Tally, type TallyData } from "../conformance/tally.ts";
import type { Policy } from "../conformance/witness.ts";
import type { PlanLimits } from "../generate/run-plan.ts";
import type { Candidate } from "../shrink/candidate.ts";
import { type Execute, type ShrinkOptions, shrink } from "../shrink/shrink.ts";
import type { Subject } from "../subject/subject.ts";

/** A violation as plain data. */
export interface Finding {
  readonly rule: string;
  readonly sentence: string;
  readonly at: number;
  readonly reason?: string;
}

/** A run that ended in a violation. */
export interface Failure {
  readonly config: TraceConfig;
  readonly calls: readonly TraceCall[];
  readonly finding: Finding;
  readonly run?: number;
}

export interface RunsTask {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly limits: PlanLimits;
}

export interface RunsResult {
  readonly tally: TallyData;
  readonly runs: number;
  readonly failure: Failure | undefined;
}

/** Makes the runs from `first` on, up to the first that fails. */
export async function makeRuns(
  subject: Subject,
  { seed, first, count, limits }: RunsTask,
  flight?: FlightRecorder,
): Promise<RunsResult> {
  const tally = new Tally();
  for (let run = first; run < first + count; run++) {
    flight?.begin(run);
    const options = flight === undefined ? { tally } : { tally, flight };
    const { config, calls, violation } = await runGenerated(subject, seed, run, limits, options);
    if (violation === undefined) continue;

    const failure = { config, calls, finding: findingOf(violation), run };
    return { tally: tally.toData(), runs: run - first + 1, failure };
  }
  return { tally: tally.toData(), runs: count, failure: undefined };
}

export interface ReplayResult {
  readonly tally: TallyData;
  readonly finding: Finding | undefined;
  readonly made: number;
}

/** Makes the calls of a trace once, watching as `policy` says. */
export async function makeCalls(
  subject: Subject,
  config: TraceConfig,
  calls: Iterable<TraceCall> | AsyncIterable<TraceCall>,
  policy: Policy,
  flight?: FlightRecorder,
): Promise<ReplayResult> {
  const tally = new Tally();
  flight?.begin(0);
  const options = flight === undefined ? { tally, policy } : { tally, policy, flight };
  const { violation, made } = await runCalls(subject, config, calls, options);
  const finding = violation === undefined ? undefined : findingOf(violation);
  return { tally: tally.toData(), finding, made };
}

export interface ShrinkResult {
  readonly failure: Failure;
  readonly executions: number;
  readonly isShortest: boolean;
}

export interface ShrinkTask extends Candidate {
  readonly executions: number;
  readonly sentences: number;
  readonly policy: Policy;
  /** Calls that never ended when they were tried, each as `callsKey` has it: not to be tried again. */
  readonly avoid: readonly string[];
  /** Where to note the best trace so far, for whoever has to end this. */
  readonly best?: FlightRecorder["buffer"];
}

/** What tells two lists of calls apart. */
export function callsKey(calls: readonly TraceCall[]): string {
  return JSON.stringify(calls.map((call) => Object.values(call)));
}

/** The shortest trace that breaks the rule that `task` breaks, or undefined if it breaks none. */
export async function makeShorter(
  subject: Subject,
  { config: first, calls: start, executions: effort, sentences, policy, avoid, best }: ShrinkTask,
  flight?: FlightRecorder,
): Promise<ShrinkResult | undefined> {
  const avoided = new Set(avoid);
  const notes = best === undefined ? undefined : new FlightRecorder(0, best);
  const onBetter = ({ config, calls }: Candidate): void => {
    notes?.begin(0);
    if (notes !== undefined) notes.memoryBytes = config.memoryBytes;
    for (const call of calls) notes?.note(call);
  };
  const options: ShrinkOptions = { executions: effort, sentences, onBetter };
  const execute: Execute = async ({ config, calls }) => {
    const tally = new Tally();
    flight?.begin(0);
    if (avoided.size > 0 && isAvoided(calls, avoided)) return { violation: undefined, skipped: 1 };
    const shared = flight === undefined ? { tally, policy } : { tally, policy, flight };
    const { violation } = await runCalls(subject, config, calls, shared);
    return { violation, skipped: tally.calls.skipped };
  };
  const shrunk = await shrink({ config: first, calls: start }, execute, options);
  if (shrunk === undefined) return undefined;
  const { config, calls, violation, executions, isShortest } = shrunk;
  return { failure: { config, calls, finding: findingOf(violation) }, executions, isShortest };
}

/** Whether `calls` begin with calls that do not end. */
function isAvoided(calls: readonly TraceCall[], avoided: ReadonlySet<string>): boolean {
  return calls.some((_, index) => avoided.has(callsKey(calls.slice(0, index + 1))));
}

/** `violation` without what cannot travel. */
export function findingOf({ rule, at, reason }: Violation): Finding {
  const { name, claim } = rule;
  return reason === undefined
    ? { rule: name, sentence: claim, at }
    : { rule: name, sentence: claim, at, reason };
}
