/**
 * Looks for a trace that reaches a situation, and makes it as short as one that breaks a rule is made.
 *
 * The shrinker knows only of broken rules. So a situation that is reached is shown to it as one: whatever a
 * trace does after that is cut off, and a trace that does break a rule first reaches nothing.
 */
import type { TraceCall, TraceConfig } from "#spec";
import type { FlightRecorder } from "../conformance/flight.ts";
import { runGenerated } from "../conformance/run.ts";
import { Session, type Violation } from "../conformance/session.ts";
import { Tally } from "../conformance/tally.ts";
import type { PlanLimits } from "../generate/run-plan.ts";
import type { Candidate } from "../shrink/candidate.ts";
import { type Execution, shrink } from "../shrink/shrink.ts";
import { promisesOf } from "../subject/contract.ts";
import type { Subject } from "../subject/subject.ts";

export interface ReachTask {
  readonly mark: string;
  readonly seed: number;
  readonly runs: number;
  readonly limits: PlanLimits;
  /** How many executions the trace may take to become short, and how many of them to prove it. */
  readonly executions: number;
  readonly sentences: number;
}

export interface Reached {
  readonly config: TraceConfig;
  readonly calls: readonly TraceCall[];
  readonly run: number;
  readonly callsBefore: number;
  readonly executions: number;
  /** Whether everything shorter in the trace's own words was tried. */
  readonly isShortest: boolean;
}

export interface ReachResult {
  readonly found: Reached | undefined;
  /** How many runs were made, and how many of them broke a rule. */
  readonly runs: number;
  readonly broken: number;
  /** Every mark that came up, and how often. */
  readonly marks: Readonly<Record<string, number>>;
}

/** The shortest trace of `subject` that reaches the mark of `task`, as far as runs and effort go. */
export async function reachMark(
  subject: Subject,
  task: ReachTask,
  flight?: FlightRecorder,
): Promise<ReachResult> {
  const { mark, seed, runs, limits } = task;
  // One instance is enough to get anywhere, and easier to follow.
  const alone = { ...subject, promises: { ...promisesOf(subject), independentInstances: false } };
  const all = new Tally();
  let broken = 0;
  for (let run = 0; run < runs; run++) {
    const tally = new Tally();
    flight?.begin(run);
    const options = flight === undefined ? { tally } : { tally, flight };
    const { config, calls, violation } = await runGenerated(alone, seed, run, limits, options);
    all.add(tally.toData());
    if (violation !== undefined) broken += 1;
    if (tally.markCount(mark) === 0) continue;
    const found = await shortened(alone, { config, calls }, run, task, flight);
    if (found !== undefined) {
      return { found, runs: run + 1, broken, marks: all.toData().marks };
    }
  }
  return { found: undefined, runs, broken, marks: all.toData().marks };
}

async function shortened(
  subject: Subject,
  start: Candidate,
  run: number,
  { mark, executions: effort, sentences }: ReachTask,
  flight: FlightRecorder | undefined,
): Promise<Reached | undefined> {
  const execute = (candidate: Candidate) => attempt(subject, candidate, mark, flight);
  const shrunk = await shrink(start, execute, { executions: effort, sentences });
  if (shrunk === undefined) return undefined;
  const { config, calls, executions, isShortest } = shrunk;
  return { config, calls, run, callsBefore: start.calls.length, executions, isShortest };
}

/** Makes the calls of a candidate up to where it reaches `mark`, which is told as a broken rule. */
async function attempt(
  subject: Subject,
  { config, calls }: Candidate,
  mark: string,
  flight: FlightRecorder | undefined,
): Promise<Execution> {
  const tally = new Tally();
  flight?.begin(0);
  const session = await Session.open(subject, config, { tally });
  let violation: Violation | undefined;
  for (const [at, call] of calls.entries()) {
    flight?.note(call);
    if ((await session.step(call)) === "violated") break;
    if (tally.markCount(mark) === 0) continue;
    violation = { rule: { name: mark, claim: mark }, at, answer: { kind: "released" } };
    break;
  }
  await session.close();
  return { violation, skipped: tally.calls.skipped };
}
