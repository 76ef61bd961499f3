/**
 * Judges a subject: stored failures first, then the given traces, then as many runs as are asked for.
 *
 * The report depends on the seed and the number of runs, not on how many workers there are: runs are
 * handed out in pieces of fixed size, the failure that is reported is that of the lowest run, and what
 * was done behind it is not counted.
 */
import { randomInt } from "node:crypto";
import type { Trace } from "#spec";
import { sizeCounts, Tally } from "../conformance/tally.ts";
import type { PlanLimits, SkippableCall } from "../generate/run-plan.ts";
import type { Subject } from "../subject/subject.ts";
import {
  areSameOptions,
  readSubjectOptions,
  type SubjectOptions,
} from "../subject/subject-options.ts";
import { loadTrace } from "../trace/load-trace.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import { openCalls } from "../trace/open-calls.ts";
import {
  type CheckReport,
  EXITS,
  hintsFor,
  type OnceBroken,
  ruleFindings,
  type TraceReport,
  type Verdict,
  type ViolationReport,
} from "./check-report.ts";
import type { Description } from "./describe.ts";
import type { Executor } from "./executor.ts";
import { executorFor } from "./executor-for.ts";
import { storedFailures } from "./failures.ts";
import { pursue } from "./pursue.ts";
import type { Failure, ReplayResult, RunsResult } from "./tasks.ts";
import { toldSubject } from "./told-subject.ts";

export interface CheckOptions {
  /** A built-in name, a path, or a subject itself, which is then judged in this thread. */
  readonly subject?: string | Subject;
  /** What else loads the subject that is named. */
  readonly options?: SubjectOptions;
  /** The working directory. */
  readonly directory?: string;
  readonly seed?: number;
  readonly runs?: number;
  /** Only this run of the campaign. */
  readonly run?: number;
  /** The most calls of a run. */
  readonly calls?: number;
  readonly timeMs?: number;
  readonly failOnTimeout?: boolean;
  readonly traces?: readonly string[];
  readonly workers?: number;
  /** 1-based: of `of` shards, the `index`th. */
  readonly shard?: { readonly index: number; readonly of: number };
  readonly callTimeoutMs?: number;
  readonly require?: readonly { readonly mark: string; readonly count: number }[];
  readonly memoryBytes?: number;
  /** The largest size to ask for. */
  readonly sizeLimit?: number;
  /** Calls that are not to be made. */
  readonly skip?: readonly SkippableCall[];
  readonly infer?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly phase: string;
  readonly runs: number;
  readonly calls: number;
}

export const DEFAULT_RUNS = 1000;
export const DEFAULT_CALLS = 300;
const RUNS_PER_TASK = 50;
/** More of a given trace than this may not be left out. */
const SKIPPED_SHARE_MAX = 0.05;

/** Checks a subject and says what was found. */
export async function check(options: CheckOptions = {}): Promise<CheckReport> {
  return await new Check(options).run();
}

class Check {
  readonly #options: CheckOptions;
  readonly #executor: Executor;
  readonly #tally = new Tally();
  readonly #seed: number;
  readonly #started = performance.now();
  readonly #traces: TraceReport[] = [];
  #runs = 0;
  #isOutOfTime = false;
  #failure: Failure | undefined;

  constructor(options: CheckOptions) {
    this.#options = options;
    this.#seed = options.seed ?? randomInt(2 ** 32);
    this.#executor = executorFor(options);
  }

  async run(): Promise<CheckReport> {
    try {
      const known = await this.#executor.describe(this.#options.infer ?? false);
      const failure =
        (await this.#replayStored()) ??
        (await this.#replayGiven(known)) ??
        (await this.#makeRuns());
      const violation =
        failure === undefined
          ? undefined
          : await pursue(failure, this.#executor, known.name, this.#seedText(failure));
      return this.#report(known, violation, failure);
    } finally {
      await this.#executor.close();
    }
  }

  get #isStopped(): boolean {
    return this.#options.signal?.aborted ?? false;
  }

  #seedText(failure: Failure): string | undefined {
    return failure.run === undefined ? undefined : `0x${this.#seed.toString(16)}`;
  }

  /** What failed here before is tried before anything else. */
  async #replayStored(): Promise<Failure | undefined> {
    const { runs, directory = process.cwd() } = this.#options;
    if (runs === 0 || this.#executor.reference === undefined) return undefined;
    for (const path of storedFailures(directory)) {
      if (this.#isStopped) return undefined;
      const trace = await readStored(`${directory}/${path}`);
      if (trace === undefined || !isOf(trace, this.#executor)) continue;
      this.#progress("stored failures");
      const { config, calls } = trace;
      const result = await this.#executor.makeCalls(config, calls, "sweep");
      if (result.finding === undefined) continue;
      this.#count(result);
      return { config, calls, finding: result.finding };
    }
    return undefined;
  }

  async #replayGiven(known: Description): Promise<Failure | undefined> {
    const { traces = [], memoryBytes } = this.#options;
    for (const path of traces) {
      if (this.#isStopped) return undefined;
      this.#progress(path);
      const { facts, close } = await openCalls(path, { cores: known.cores });
      await close();
      const config = { ...facts.config, cores: known.cores };
      if (memoryBytes !== undefined) config.memoryBytes = memoryBytes;
      const result = await this.#executor.makeFile(path, config);
      this.#count(result);
      const { skipped } = result.tally.calls;
      this.#traces.push({ path, calls: result.made, skipped });
      if (result.finding === undefined) continue;
      const calls = await firstCalls(path, known.cores, result.finding.at + 1);
      return { config, calls, finding: result.finding };
    }
    return undefined;
  }

  async #makeRuns(): Promise<Failure | undefined> {
    const { workers = 1, run, shard = { index: 1, of: 1 }, timeMs } = this.#options;
    const isTimed = timeMs !== undefined;
    const runs = run !== undefined ? 1 : (this.#options.runs ?? (isTimed ? 2 ** 40 : DEFAULT_RUNS));
    const first = run ?? 0;
    const { runsPerTask = RUNS_PER_TASK } = this.#executor;
    const deadline = this.#started + (timeMs ?? Number.POSITIVE_INFINITY);
    const results = new Map<number, RunsResult>();
    let next = shard.index - 1;
    let counted = shard.index - 1;
    let failing = Number.POSITIVE_INFINITY;

    const work = async (): Promise<void> => {
      while (!this.#isStopped && performance.now() < deadline) {
        const piece = next;
        const start = first + piece * runsPerTask;
        if (start >= first + runs || piece > failing) return;
        next += shard.of;
        const count = Math.min(runsPerTask, first + runs - start);
        const result = await this.#executor.makeRuns(this.#seed, start, count, this.#limits());
        if (result === undefined) return;
        results.set(piece, result);
        if (result.failure !== undefined) failing = Math.min(failing, piece);
        for (let done = results.get(counted); done !== undefined; done = results.get(counted)) {
          if (counted > failing) break;
          this.#count(done);
          this.#runs += done.runs;
          results.delete(counted);
          counted += shard.of;
          this.#progress("runs");
          if (done.failure !== undefined) this.#failure = done.failure;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, workers) }, work));
    // Stopped in the middle, a failure may stand behind runs that were never finished: it is kept.
    this.#failure ??= results.get(failing)?.failure;
    this.#isOutOfTime = isTimed && this.#options.runs !== undefined && this.#runs < runs;
    return this.#failure;
  }

  #limits(): PlanLimits {
    const { calls = DEFAULT_CALLS, memoryBytes, sizeLimit, skip = [] } = this.#options;
    return {
      calls,
      skip,
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(sizeLimit === undefined ? {} : { sizeLimit }),
    };
  }

  #count({ tally }: Pick<ReplayResult, "tally">): void {
    this.#tally.add(tally);
  }

  #progress(phase: string): void {
    const calls = this.#tally.calls.executed;
    this.#options.onProgress?.({ phase, runs: this.#runs, calls });
  }

  #report(
    known: Description,
    violation: ViolationReport | "nondeterministic" | undefined,
    failure: Failure | undefined,
  ): CheckReport {
    const milliseconds = Math.round(performance.now() - this.#started);
    const { calls, kinds, marks, rules: tested, sizes } = this.#tally.toData();
    const missed = this.#missed();
    const verdict = this.#verdict(violation, missed);
    const rule = failure?.finding.rule;
    const isSystem = known.offers.includes("pages") && known.offers.includes("ownerOf");
    const rules = ruleFindings(this.#tally, isSystem, rule);
    return {
      v: 1,
      command: "check",
      ...toldSubject(this.#executor, known.name),
      seed: `0x${this.#seed.toString(16)}`,
      verdict,
      exit: EXITS[verdict],
      runs: this.#runs,
      traces: this.#traces,
      calls,
      kinds,
      rules,
      hints: hintsFor(rules, known),
      marks,
      tested,
      sizes: sizeCounts(sizes),
      missed,
      ...(typeof violation === "object" ? { violation } : {}),
      ...(verdict === "nondeterministic" && failure !== undefined ? { once: onceOf(failure) } : {}),
      ...(known.inferred === undefined ? {} : { inferred: known.inferred }),
      measured: {
        milliseconds,
        callsPerSecond: Math.round(calls.executed / Math.max(0.001, milliseconds / 1000)),
      },
    };
  }

  #verdict(
    violation: ViolationReport | "nondeterministic" | undefined,
    missed: readonly string[],
  ): Verdict {
    if (violation === "nondeterministic") return "nondeterministic";
    if (this.#isStopped) return "interrupted";
    if (violation !== undefined) return "violated";
    if (this.#isOutOfTime && this.#options.failOnTimeout === true) return "timeout";
    return missed.length > 0 ? "vacuous" : "passed";
  }

  /** What should have been reached and was not, each as a sentence. */
  #missed(): readonly string[] {
    const marks = (this.#options.require ?? [])
      .filter(({ mark, count }) => this.#tally.markCount(mark) < count)
      .map(({ mark, count }) => {
        return `the mark "${mark}" was reached ${this.#tally.markCount(mark)} of ${count} times`;
      });
    const traces = this.#traces
      .filter(({ calls, skipped }) => skipped > SKIPPED_SHARE_MAX * calls)
      .map(
        ({ path, calls, skipped }) => `${skipped} of the ${calls} calls of ${path} were skipped`,
      );
    const nothing = this.#tally.calls.executed === 0 ? ["no call was made"] : [];
    return [...marks, ...traces, ...nothing];
  }
}

function onceOf({ finding, run }: Failure): OnceBroken {
  return run === undefined ? finding : { ...finding, run };
}

/** Whether `trace` was made with the subject of `executor`. */
function isOf(trace: Trace, { reference, options }: Executor): boolean {
  return trace.subject === reference && areSameOptions(readSubjectOptions(trace.options), options);
}

async function readStored(path: string): Promise<Trace | undefined> {
  try {
    return (await loadTrace(path)).trace;
  } catch (error) {
    if (error instanceof MalformedTrace) return undefined;
    throw error;
  }
}

async function firstCalls(path: string, cores: number, count: number): Promise<Failure["calls"]> {
  const { calls } = await openCalls(path, { cores });
  const kept: Failure["calls"][number][] = [];
  for await (const call of calls) {
    kept.push(call);
    if (kept.length === count) break;
  }
  return kept;
}
