/** Explores a subject on a watched thread, and tells the first failure like any other. */
import type { ExploreResult } from "../explore/explore.ts";
import { scopeNamed } from "../explore/scopes.ts";
import type { Subject } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { EXITS, type ViolationReport } from "./check-report.ts";
import { executorFor } from "./executor-for.ts";
import { trySave } from "./failures.ts";
import { type ToldSubject, toldSubject } from "./told-subject.ts";

export interface ExploreSubjectOptions {
  readonly subject?: string | Subject;
  /** What else loads the subject that is named. */
  readonly options?: SubjectOptions;
  readonly directory?: string;
  readonly scope: string;
  readonly depth?: number;
  readonly plain?: boolean;
  readonly callTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface ExploreReport extends ToldSubject {
  readonly v: 1;
  readonly command: "explore";
  readonly scope: string;
  readonly verdict: "passed" | "violated" | "nondeterministic";
  readonly exit: number;
  readonly result: Omit<ExploreResult, "failure">;
  readonly violation?: ViolationReport;
}

/** Tries every sequence of calls of a named scope. */
export async function exploreSubject(options: ExploreSubjectOptions): Promise<ExploreReport> {
  const { scope, depth, plain = false } = options;
  scopeNamed(scope);
  const executor = executorFor(options);
  try {
    const known = await executor.describe(false);
    const task = depth === undefined ? { scope, plain } : { scope, plain, depth };
    const { failure, ...result } = await executor.explore(task);
    const told = toldSubject(executor, known.name);
    const head = { v: 1, command: "explore", ...told, scope } as const;
    if (failure === undefined) return { ...head, verdict: "passed", exit: 0, result };

    const story = await executor.tellStory(failure);
    const { directory, options: given } = executor;
    const facts = { directory, reference: told.subject, options: given, subject: known.name };
    const answers = story?.answers ?? [];
    const saved = executor.reference === undefined ? {} : trySave(failure, { ...facts, answers });
    const violation = {
      ...failure.finding,
      config: failure.config,
      calls: failure.calls,
      isReplayed: false,
      ...(story === undefined ? {} : { story }),
      ...saved,
    };
    const verdict = result.isRepeatable === false ? "nondeterministic" : "violated";
    return { ...head, verdict, exit: EXITS[verdict], result, violation };
  } finally {
    await executor.close();
  }
}
