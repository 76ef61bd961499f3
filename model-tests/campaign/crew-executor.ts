/** Works on a crew of watched threads: a call that does not end is an answer like any other. */
import { RULES, type TraceCall, type TraceConfig } from "#spec";
import { FlightRecorder } from "../conformance/flight.ts";
import { policyFor } from "../conformance/run.ts";
import type { Story } from "../conformance/story.ts";
import { Tally } from "../conformance/tally.ts";
import type { Policy } from "../conformance/witness.ts";
import type { ExploreResult, ExploreTask } from "../explore/explore.ts";
import type { Film } from "../film/film.ts";
import type { FilmHeapTask } from "../film/film-heap.ts";
import type { PlanLimits } from "../generate/run-plan.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { NO_OPTIONS, type SubjectOptions } from "../subject/subject-options.ts";
import { Crew, type Outcome, type Stuck } from "./crew.ts";
import type { Description } from "./describe.ts";
import type { Executor, ExecutorOptions } from "./executor.ts";
import {
  callsKey,
  type Failure,
  type Finding,
  type ReplayResult,
  type RunsResult,
  type ShrinkResult,
} from "./tasks.ts";

const DEFAULT_CALL_TIMEOUT_MS = 5000;

/** A call that does not end is asked once more, alone, and given this much longer. */
const SECOND_CHANCE = 10;
/** While a trace is made shorter, a call that takes so long is taken not to end. */
const SHRINK_TIMEOUT_MS = 500;
/** How many traces that do not end are met on the way to a shorter one before it is given up. */
const HANGS_MAX = 12;

export class CrewExecutor implements Executor {
  readonly reference: string;
  readonly options: SubjectOptions;
  readonly directory: string;
  readonly callTimeoutMs: number;
  readonly #crew: Crew;
  readonly #signal: AbortSignal | undefined;
  #cores = 1;

  constructor(reference: string, directory: string, options: ExecutorOptions) {
    const { workers = 1, callTimeoutMs = DEFAULT_CALL_TIMEOUT_MS, signal } = options;
    this.reference = reference;
    this.options = options.options ?? NO_OPTIONS;
    this.directory = directory;
    this.callTimeoutMs = callTimeoutMs;
    this.#signal = signal;
    const stop = signal === undefined ? {} : { signal };
    this.#crew = new Crew({
      reference,
      options: this.options,
      directory,
      workers,
      callTimeoutMs,
      ...stop,
    });
  }

  get isStopped(): boolean {
    return this.#signal?.aborted ?? false;
  }

  async describe(infer: boolean): Promise<Description> {
    const work = { kind: "describe", infer } as const;
    const outcome = await this.#crew.run<Description>(work, SECOND_CHANCE);
    if (outcome.kind === "stuck") throw new UnusableSubject("create() does not return");
    this.#cores = outcome.value.cores;
    return outcome.value;
  }

  async makeRuns(
    seed: number,
    first: number,
    count: number,
    limits: PlanLimits,
  ): Promise<RunsResult | undefined> {
    try {
      const work = { kind: "runs", seed, first, count, limits } as const;
      const outcome = await this.#crew.run<RunsResult>(work);
      if (outcome.kind === "done") return outcome.value;
      const failure = await this.#confirm(outcome);
      if (failure !== undefined) {
        const before = outcome.run - first;
        const done =
          before > 0
            ? await this.#crew.run<RunsResult>({ ...work, count: before })
            : { kind: "done" as const, value: { tally: new Tally().toData(), runs: 0 } };
        const { tally, runs } = required<Pick<RunsResult, "tally" | "runs">>(done);
        return { tally, runs: runs + 1, failure };
      }
      // It was only slow: the machine was busy. The same runs again, with more patience.
      const again = await this.#crew.run<RunsResult>(work, SECOND_CHANCE);
      if (again.kind === "done") return again.value;
      return {
        tally: new Tally().toData(),
        runs: again.run - first + 1,
        failure: this.#failure(again),
      };
    } catch (error) {
      if (this.#signal?.aborted) return undefined;
      throw error;
    }
  }

  async makeCalls(
    config: TraceConfig,
    calls: readonly TraceCall[],
    policy: Policy,
    hang?: "known",
  ): Promise<ReplayResult> {
    const outcome = await this.#crew.run<ReplayResult>({ kind: "calls", config, calls, policy });
    if (outcome.kind === "done") return outcome.value;
    const finding =
      hang === "known" ? stuckFinding(outcome) : (await this.#confirm(outcome))?.finding;
    return { tally: new Tally().toData(), finding, made: outcome.count };
  }

  async makeFile(path: string, config: TraceConfig): Promise<ReplayResult> {
    const outcome = await this.#crew.run<ReplayResult>({ kind: "file", path, config });
    if (outcome.kind === "done") return outcome.value;
    const finding = stuckFinding(outcome);
    return { tally: new Tally().toData(), finding, made: outcome.count };
  }

  async makeShorter(
    failure: Failure,
    executions: number,
    sentences: number,
  ): Promise<ShrinkResult | undefined> {
    const avoid: string[] = [];
    const factor = Math.min(1, SHRINK_TIMEOUT_MS / this.callTimeoutMs);
    for (const policy of ["sweep", "neighbours"] as const) {
      let { config, calls } = failure;
      for (let hangs = 0; hangs < HANGS_MAX; hangs++) {
        const best = new FlightRecorder(calls.length);
        const effort = { executions, sentences, policy, avoid: [...avoid], best: best.buffer };
        const task = { config, calls, ...effort };
        const work = { kind: "shrink", ...task } as const;
        const outcome = await this.#crew.run<ShrinkResult | undefined>(work, factor);
        if (outcome.kind === "done" && outcome.value !== undefined) return outcome.value;
        if (outcome.kind === "done") break;
        const alone = { kind: "calls", config, calls: outcome.calls, policy } as const;
        const second = await this.#crew.run<ReplayResult>(alone, factor * SECOND_CHANCE);
        // It was only slow: the same effort again, so that the result does not depend on it.
        if (second.kind === "done") continue;

        // A shorter trace does not end at all: on from the best so far, without that one.
        avoid.push(callsKey(outcome.calls));
        if (best.count === 0) continue;
        config = { ...config, memoryBytes: best.memoryBytes };
        calls = best.calls();
      }
    }
    return undefined;
  }

  async explore(task: ExploreTask): Promise<ExploreResult> {
    const outcome = await this.#crew.run<ExploreResult>({ kind: "explore", ...task });
    if (outcome.kind === "done") return outcome.value;
    const failure = await this.#confirm(outcome);
    if (failure === undefined) {
      return required(
        await this.#crew.run<ExploreResult>({ kind: "explore", ...task }, SECOND_CHANCE),
      );
    }
    return {
      scope: task.scope,
      depth: Math.max(0, failure.calls.length - 1),
      isComplete: false,
      isClosed: false,
      isMerging: false,
      states: 0,
      transitions: 0,
      merged: 0,
      sequences: 0,
      failure,
      tally: new Tally().toData(),
    };
  }

  async tellStory({ config, calls, finding }: Failure): Promise<Story | undefined> {
    const isHung = finding.rule === "call-terminates";
    const outcome = await this.#crew.run<Story>({ kind: "story", config, calls, isHung });
    return outcome.kind === "done" ? outcome.value : undefined;
  }

  async film(task: FilmHeapTask): Promise<Film | undefined> {
    const outcome = await this.#crew.run<Film>({ kind: "film", ...task }, SECOND_CHANCE);
    return outcome.kind === "done" ? outcome.value : undefined;
  }

  async close(): Promise<void> {
    await this.#crew.close();
  }

  /** The failure that a stuck task is, if it gets stuck again when it is alone and has time. */
  async #confirm(stuck: Stuck): Promise<Failure | undefined> {
    const config = { memoryBytes: stuck.memoryBytes, cores: this.#cores };
    const { calls } = stuck;
    if (calls.length === 0) throw new UnusableSubject("create() does not return");
    const policy = policyFor(stuck.memoryBytes);
    const work = { kind: "calls", config, calls, policy } as const;
    const second = await this.#crew.run<ReplayResult>(work, SECOND_CHANCE);
    return second.kind === "done" ? undefined : this.#failure(stuck);
  }

  #failure(stuck: Stuck): Failure {
    const { memoryBytes, calls, run } = stuck;
    return {
      config: { memoryBytes, cores: this.#cores },
      calls,
      finding: stuckFinding(stuck),
      run,
    };
  }
}

/** How a task that did not come back is judged: by the rule that calls end, or that they return. */
export function stuckFinding({ how, reason, count }: Stuck): Finding {
  const name = how === "hung" ? "call-terminates" : "call-returns";
  const sentence = RULES.find((rule) => rule.name === name)?.claim ?? name;
  return { rule: name, sentence, at: count - 1, reason };
}

function required<Value>(outcome: Outcome<Value>): Value {
  if (outcome.kind === "done") return outcome.value;
  throw new Error(`a task did not come back: ${outcome.reason}`);
}
