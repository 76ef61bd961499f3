/**
 * Who does the work of a check: a crew of watched threads for a subject that can be loaded by its
 * name, or this thread for one that only exists here.
 */
import type { TraceCall, TraceConfig } from "#spec";
import type { Story } from "../conformance/story.ts";
import type { Policy } from "../conformance/witness.ts";
import type { ExploreResult, ExploreTask } from "../explore/explore.ts";
import type { Film } from "../film/film.ts";
import type { FilmHeapTask } from "../film/film-heap.ts";
import type { PlanLimits } from "../generate/run-plan.ts";
import type { Subject } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import type { Description } from "./describe.ts";
import type { Failure, ReplayResult, RunsResult, ShrinkResult } from "./tasks.ts";

export interface Executor {
  /** What loads the subject elsewhere, if anything does. */
  readonly reference: string | undefined;
  /** What else loads it. */
  readonly options: SubjectOptions;
  readonly directory: string;
  readonly callTimeoutMs: number;
  /** How many runs are made in one go; as many as usual if absent. */
  readonly runsPerTask?: number;
  /** Whether its user has had enough. */
  readonly isStopped: boolean;
  describe(isInferring: boolean): Promise<Description>;
  /** Undefined if the work was stopped. */
  makeRuns(
    seed: number,
    first: number,
    count: number,
    limits: PlanLimits,
  ): Promise<RunsResult | undefined>;
  /** A call that does not end is given a second chance, unless it is `known` not to. */
  makeCalls(
    config: TraceConfig,
    calls: readonly TraceCall[],
    policy: Policy,
    hang?: "known",
  ): Promise<ReplayResult>;
  makeFile(path: string, config: TraceConfig): Promise<ReplayResult>;
  makeShorter(
    failure: Failure,
    executions: number,
    sentences: number,
  ): Promise<ShrinkResult | undefined>;
  explore(task: ExploreTask): Promise<ExploreResult>;
  /** What happens on the way to a failure, for a reader; undefined if it cannot be told. */
  tellStory(failure: Failure): Promise<Story | undefined>;
  /** Every step of a trace, to be shown; undefined if one of them does not end. */
  film(task: FilmHeapTask): Promise<Film | undefined>;
  close(): Promise<void>;
}

export interface ExecutorOptions {
  readonly subject?: string | Subject;
  /** What else loads the subject that is named. */
  readonly options?: SubjectOptions;
  readonly directory?: string;
  readonly workers?: number;
  readonly callTimeoutMs?: number;
  readonly signal?: AbortSignal;
}
