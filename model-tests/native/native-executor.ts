/**
 * Works in processes that may die, for a shared library: a crash, an exit or a call that does not end is an
 * answer like any other, and the work goes on in another process.
 *
 * What is reported has happened twice: as it was found, and again in a fresh process that makes the calls of
 * the failure and nothing else; or, if these do not suffice, all the calls that the first process had made.
 */
import type { TraceCall, TraceConfig } from "#spec";
import { address, bytes } from "#units";
import type { Description } from "../campaign/describe.ts";
import type { Executor, ExecutorOptions } from "../campaign/executor.ts";
import type { Failure, ReplayResult, RunsResult, ShrinkResult } from "../campaign/tasks.ts";
import { policyFor } from "../conformance/run.ts";
import type { Story } from "../conformance/story.ts";
import { Tally } from "../conformance/tally.ts";
import type { Policy } from "../conformance/witness.ts";
import type { ExploreResult, ExploreTask } from "../explore/explore.ts";
import { failedExploration } from "../explore/failed-exploration.ts";
import type { Film } from "../film/film.ts";
import type { FilmHeapTask } from "../film/film-heap.ts";
import type { PlanLimits } from "../generate/run-plan.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { NO_OPTIONS, type SubjectOptions } from "../subject/subject-options.ts";
import { deathFinding } from "./death-finding.ts";
import { type Done, NativeCrew } from "./native-crew.ts";
import type { Death } from "./native-process.ts";
import { shortenNative } from "./shorten-native.ts";

const DEFAULT_CALL_TIMEOUT_MS = 5000;
/** A call that does not end is asked once more, alone, and given this much longer. */
const SECOND_CHANCE = 10;

export class NativeExecutor implements Executor {
  readonly reference: string;
  readonly options: SubjectOptions;
  readonly directory: string;
  readonly callTimeoutMs: number;
  /** Starting a process takes as long as thousands of calls. */
  readonly runsPerTask = 250;
  readonly #crew: NativeCrew;
  readonly #signal: AbortSignal | undefined;
  #cores = 1;

  constructor(reference: string, directory: string, given: ExecutorOptions) {
    const { callTimeoutMs = DEFAULT_CALL_TIMEOUT_MS, options = NO_OPTIONS, signal } = given;
    this.reference = reference;
    this.options = options;
    this.directory = directory;
    this.callTimeoutMs = callTimeoutMs;
    this.#signal = signal;
    const stop = signal === undefined ? {} : { signal };
    this.#crew = new NativeCrew({ reference, options, directory, callTimeoutMs, ...stop });
  }

  get isStopped(): boolean {
    return this.#signal?.aborted ?? false;
  }

  async describe(infer: boolean): Promise<Description> {
    const manner = { patience: SECOND_CHANCE };
    const end = await this.#crew.run<Description>({ kind: "describe", infer }, manner);
    if (end.kind === "dead") throw this.#notBegun(end);
    this.#cores = end.value.cores;
    return end.value;
  }

  async makeRuns(
    seed: number,
    first: number,
    count: number,
    limits: PlanLimits,
  ): Promise<RunsResult | undefined> {
    const work = { kind: "runs", seed, first, count, limits } as const;
    try {
      const end = await this.#crew.run<RunsResult>(work, { needsHistory: hasFailed });
      if (end.kind === "done" && end.value.failure === undefined) return end.value;
      const { failure, history } = this.#found(end);
      const confirmed = await this.#confirm(failure, history);
      if (end.kind === "done") return { ...end.value, failure: confirmed ?? failure };

      if (confirmed === undefined && end.how === "hung") {
        // It was only slow: the machine was busy. The same runs again, with more patience.
        const again = await this.#crew.run<RunsResult>(work, { patience: SECOND_CHANCE });
        if (again.kind === "done") return again.value;
      }
      const before = (failure.run ?? first) - first;
      const done = before > 0 ? await this.#crew.run<RunsResult>({ ...work, count: before }) : end;
      const tally = done.kind === "done" ? done.value.tally : new Tally().toData();
      return { tally, runs: before + 1, failure: confirmed ?? failure };
    } catch (error) {
      if (this.isStopped) return undefined;
      throw error;
    }
  }

  async makeCalls(
    config: TraceConfig,
    calls: readonly TraceCall[],
    policy: Policy,
    hang?: "known",
  ): Promise<ReplayResult> {
    const work = { kind: "calls", config, calls, policy } as const;
    const first = await this.#crew.run<ReplayResult>(work);
    const isSlow = first.kind === "dead" && first.how === "hung" && hang !== "known";
    const manner = { patience: SECOND_CHANCE };
    return replayed(isSlow ? await this.#crew.run<ReplayResult>(work, manner) : first);
  }

  async makeFile(path: string, config: TraceConfig): Promise<ReplayResult> {
    return replayed(await this.#crew.run<ReplayResult>({ kind: "file", path, config }));
  }

  async makeShorter(
    failure: Failure,
    executions: number,
    sentences: number,
  ): Promise<ShrinkResult | undefined> {
    const limits = { executions, sentences, callTimeoutMs: this.callTimeoutMs };
    return await shortenNative(this.#crew, failure, limits);
  }

  async explore(task: ExploreTask): Promise<ExploreResult> {
    const work = { kind: "explore", ...task } as const;
    let end = await this.#crew.run<ExploreResult>(work, { needsHistory: hasFailed });
    if (end.kind === "done" && end.value.failure === undefined) return end.value;

    const { failure, history } = this.#found(end);
    const confirmed = await this.#confirm(failure, history);
    if (end.kind === "dead" && end.how === "hung" && confirmed === undefined) {
      end = await this.#crew.run<ExploreResult>(work, { patience: SECOND_CHANCE });
    }
    const repeated = confirmed === undefined ? { isRepeatable: false as const } : {};
    if (end.kind === "done") {
      return { ...end.value, ...repeated, failure: confirmed ?? end.value.failure };
    }
    const depth = Math.max(0, failure.calls.length - 1);
    return { ...failedExploration(task.scope, confirmed ?? failure), ...repeated, depth };
  }

  async tellStory({ config, calls, finding }: Failure): Promise<Story | undefined> {
    const isHung = finding.rule === "call-terminates";
    const work = { kind: "story", config, calls: calls.slice(0, finding.at + 1) } as const;
    const end = await this.#crew.run<Story>({ ...work, isHung });
    if (end.kind === "done") return aroundBlocks(end.value);

    // The last call ends the process of whoever would tell of it.
    const rest = await this.#crew.run<Story>({ ...work, isHung: true });
    if (rest.kind === "dead") return undefined;
    const answers = [...rest.value.answers.slice(0, -1), { kind: "threw" as const }];
    const words = end.words === undefined ? [] : [`its last words: ${end.words}`];
    const facts = [finding.reason ?? end.cause, ...words];
    return aroundBlocks({ ...rest.value, answers, facts });
  }

  async film(task: FilmHeapTask): Promise<Film | undefined> {
    const end = await this.#crew.run<Film>({ kind: "film", ...task }, { patience: SECOND_CHANCE });
    if (end.kind === "done" || task.isHung) return end.kind === "done" ? end.value : undefined;
    // The last call ends the process of whoever would film it.
    return await this.film({ ...task, isHung: true });
  }

  async close(): Promise<void> {
    await this.#crew.close();
  }

  /** What a task has come upon, and all that its process did until then. */
  #found(end: Done<Pick<RunsResult, "failure">> | Death): {
    readonly failure: Failure;
    readonly history: readonly TraceCall[] | undefined;
  } {
    if (end.kind === "done") {
      if (end.value.failure === undefined) throw new Error("a failure was looked for in vain");
      return { failure: end.value.failure, history: end.history };
    }
    const { box } = end;
    if (box.count === 0) throw this.#notBegun(end);
    const config = { memoryBytes: box.memoryBytes, cores: this.#cores };
    const failure = { config, calls: box.calls(), finding: deathFinding(end), run: box.run };
    return { failure, history: box.history() };
  }

  /** The failure as it happens in a fresh process, if it does: alone, or after all that was before it. */
  async #confirm(
    { config, calls, finding, run }: Failure,
    history: readonly TraceCall[] | undefined,
  ): Promise<Failure | undefined> {
    const patience = finding.rule === "call-terminates" ? SECOND_CHANCE : 1;
    const policy = policyFor(config.memoryBytes);
    for (const attempt of history === undefined ? [calls] : [calls, history]) {
      const work = { kind: "calls", config, calls: attempt, policy } as const;
      const result = replayed(await this.#crew.run<ReplayResult>(work, { patience }));
      if (result.finding === undefined) continue;
      const cut = attempt.slice(0, result.finding.at + 1);
      const again = { config, calls: cut, finding: result.finding };
      return run === undefined ? again : { ...again, run };
    }
    return undefined;
  }

  #notBegun({ how, cause }: Death): UnusableSubject {
    return new UnusableSubject(
      how === "died"
        ? `${this.reference} ends the process that loads it: ${cause}`
        : `${this.reference} does not answer when it is loaded`,
    );
  }
}

/** A story whose map shows the blocks: all that an address can be would be a map of nothing. */
function aroundBlocks(story: Story): Story {
  const spots = story.placed === undefined ? story.blocks : [...story.blocks, story.placed];
  if (spots.length === 0) return { ...story, extent: [] };
  const start = Math.min(...spots.map((spot) => spot.start));
  const end = Math.max(...spots.map((spot) => spot.start + spot.size));
  return { ...story, extent: [{ start: address(start), size: bytes(end - start) }] };
}

function hasFailed({ failure }: Pick<RunsResult, "failure">): boolean {
  return failure !== undefined;
}

function replayed(end: Done<ReplayResult> | Death): ReplayResult {
  if (end.kind === "done") return end.value;
  const { count } = end.box;
  return { tally: new Tally().toData(), finding: deathFinding(end), made: count };
}
