/** Works in this thread, for a subject that only exists here. */
import type { TraceCall, TraceConfig } from "#spec";
import { type Story, tellStory } from "../conformance/story.ts";
import type { Policy } from "../conformance/witness.ts";
import { type ExploreResult, type ExploreTask, explore } from "../explore/explore.ts";
import type { Film } from "../film/film.ts";
import { type FilmHeapTask, filmHeap } from "../film/film-heap.ts";
import type { PlanLimits } from "../generate/run-plan.ts";
import type { Subject } from "../subject/subject.ts";
import { NO_OPTIONS, type SubjectOptions } from "../subject/subject-options.ts";
import { openCalls } from "../trace/open-calls.ts";
import { type Description, describe } from "./describe.ts";
import type { Executor } from "./executor.ts";
import {
  type Failure,
  makeCalls,
  makeRuns,
  makeShorter,
  type ReplayResult,
  type RunsResult,
  type ShrinkResult,
} from "./tasks.ts";

/** Nothing here can end a call that does not end by itself. */
export class LocalExecutor implements Executor {
  readonly reference = undefined;
  readonly options: SubjectOptions = NO_OPTIONS;
  readonly directory: string;
  readonly callTimeoutMs: number = Number.POSITIVE_INFINITY;
  readonly isStopped = false;
  readonly #subject: Subject;

  constructor(subject: Subject, directory: string) {
    this.#subject = subject;
    this.directory = directory;
  }

  async describe(isInferring: boolean): Promise<Description> {
    return await describe(this.#subject, isInferring);
  }

  async makeRuns(
    seed: number,
    first: number,
    count: number,
    limits: PlanLimits,
  ): Promise<RunsResult> {
    return await makeRuns(this.#subject, { seed, first, count, limits });
  }

  async makeCalls(
    config: TraceConfig,
    calls: readonly TraceCall[],
    policy: Policy,
  ): Promise<ReplayResult> {
    return await makeCalls(this.#subject, config, calls, policy);
  }

  async makeFile(path: string, config: TraceConfig): Promise<ReplayResult> {
    const { calls } = await openCalls(path, { cores: config.cores });
    return await makeCalls(this.#subject, config, calls, "neighbours");
  }

  async makeShorter(
    { config, calls }: Failure,
    executions: number,
    sentences: number,
  ): Promise<ShrinkResult | undefined> {
    const task = { config, calls, executions, sentences, avoid: [] };
    return (
      (await makeShorter(this.#subject, { ...task, policy: "sweep" })) ??
      (await makeShorter(this.#subject, { ...task, policy: "neighbours" }))
    );
  }

  async explore(task: ExploreTask): Promise<ExploreResult> {
    return await explore(this.#subject, task);
  }

  async tellStory({ config, calls }: Failure): Promise<Story> {
    return await tellStory(this.#subject, config, calls, false);
  }

  async film(task: FilmHeapTask): Promise<Film> {
    return await filmHeap(this.#subject, task);
  }

  async close(): Promise<void> {}
}
