/** What a comparison is asked. */
import type { Subject } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import type { Baseline } from "./baseline.ts";
import type { Budget } from "./budget.ts";

/** A side of a comparison: a subject, and what else loads it. */
export interface ComparedSubject {
  readonly subject: string | Subject;
  readonly options?: SubjectOptions;
}

export interface CompareOptions {
  readonly base: ComparedSubject | Baseline;
  readonly candidate: ComparedSubject;
  readonly directory?: string;
  readonly seed?: number;
  /** How many traces to generate. */
  readonly runs?: number;
  /** The most calls of a generated trace. */
  readonly calls?: number;
  /** Recorded traces. */
  readonly traces?: readonly string[];
  /** How many calls of each of these to make, at most. */
  readonly recordedCalls?: number;
  readonly budgets?: readonly Budget[];
  /** How many rounds to race; 0 measures no time. */
  readonly rounds?: number;
  readonly callTimeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string) => void;
}
