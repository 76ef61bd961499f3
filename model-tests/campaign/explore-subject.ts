/** Explores a subject on a watched thread, and tells the first failure like any other. */
import type { ExploreResult } from "../explore/explore.ts";
import { scopeNamed } from "../explore/scopes.ts";
import type { Subject } from "../subject/subject.ts";
import type { ViolationReport } from "./check-report.ts";
import { executorFor } from "./executor-for.ts";
import { trySave } from "./failures.ts";

export interface ExploreSubjectOptions {
  readonly subject?: string | Subject;
  readonly directory?: string;
  readonly scope: string;
  readonly depth?: number;
  readonly plain?: boolean;
  readonly callTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface ExploreReport {
  readonly v: 1;
  readonly command: "explore";
  readonly subject: string;
  readonly name: string;
  readonly scope: string;
  readonly verdict: "passed" | "violated";
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
    const reference = executor.reference ?? known.name;
    const head = { v: 1, command: "explore", subject: reference, name: known.name, scope } as const;
    if (failure === undefined) return { ...head, verdict: "passed", exit: 0, result };

    const story = await executor.tellStory(failure);
    const facts = { directory: executor.directory, reference, subject: known.name };
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
    return { ...head, verdict: "violated", exit: 1, result, violation };
  } finally {
    await executor.close();
  }
}
