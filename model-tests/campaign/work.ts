/** What can be done with a subject, as plain data that another thread or process can be told. */
import type { TraceCall, TraceConfig } from "#spec";
import type { MeasureTask } from "../compare/measure-trace.ts";
import type { RaceTask } from "../compare/race.ts";
import type { Policy } from "../conformance/witness.ts";
import type { ExploreTask } from "../explore/explore.ts";
import type { FilmHeapTask } from "../film/film-heap.ts";
import type { ReachTask } from "../reach/reach-mark.ts";
import type { TrialTask } from "../selftest/trial.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import type { RunsTask, ShrinkTask } from "./tasks.ts";

/** A subject, and what loads it. */
export interface Named {
  readonly reference: string;
  readonly options: SubjectOptions;
  readonly directory: string;
}

export type Work =
  | { readonly kind: "describe"; readonly infer: boolean }
  | ({ readonly kind: "runs" } & RunsTask)
  | {
      readonly kind: "calls";
      readonly config: TraceConfig;
      readonly calls: readonly TraceCall[];
      readonly policy: Policy;
    }
  | {
      readonly kind: "story";
      readonly config: TraceConfig;
      readonly calls: readonly TraceCall[];
      readonly isHung: boolean;
    }
  | { readonly kind: "file"; readonly path: string; readonly config: TraceConfig }
  | ({ readonly kind: "shrink" } & ShrinkTask)
  | ({ readonly kind: "explore" } & ExploreTask)
  | ({ readonly kind: "film" } & FilmHeapTask)
  | ({ readonly kind: "trial" } & TrialTask)
  | ({ readonly kind: "reach" } & ReachTask)
  | ({ readonly kind: "measure" } & MeasureTask)
  | ({ readonly kind: "race"; readonly rival: Named } & RaceTask);
