/** What a comparison has found, as the data that every reporter and every script reads. */
import type { ViolationReport } from "../campaign/check-report.ts";
import type { ToldSubject } from "../campaign/told-subject.ts";
import type { Measured } from "./measure-trace.ts";
import type { MeasureRow } from "./measures.ts";
import type { TimeRatio } from "./race.ts";

export interface CompareSide extends ToldSubject {
  /** Whether only what was saved of it is known. */
  readonly isSaved: boolean;
}

/** A budget, and what came of it. */
export interface BudgetFinding {
  readonly text: string;
  readonly measure: string;
  readonly limit: number;
  readonly value: number;
  readonly isExceeded: boolean;
}

export interface CompareReport {
  readonly v: 1;
  readonly command: "compare";
  readonly base: CompareSide;
  readonly candidate: CompareSide;
  readonly seed: string;
  readonly verdict: "passed" | "violated" | "over budget" | "vacuous" | "interrupted";
  readonly exit: number;
  readonly traces: readonly (Pick<Measured, "name" | "calls"> & { readonly skipped: number })[];
  readonly calls: number;
  readonly measures: readonly MeasureRow[];
  readonly budgets: readonly BudgetFinding[];
  /** What has to be known to read the table. */
  readonly notes: readonly string[];
  readonly violation?: ViolationReport & {
    readonly side: "base" | "candidate";
    readonly on: string;
  };
  /** How to see the worst trace of the first measure that is worse. */
  readonly worst?: { readonly measure: string; readonly trace: string; readonly file: string };
  /** Everything that may differ from one machine to the next. */
  readonly measured: { readonly milliseconds: number; readonly time?: TimeRatio };
}

export const COMPARE_EXITS: Readonly<Record<CompareReport["verdict"], number>> = {
  passed: 0,
  violated: 1,
  "over budget": 6,
  vacuous: 4,
  interrupted: 130,
};
