/** Asks a subject for the answers to the calls of a trace, and how they are judged. */
import type { Trace } from "#spec";
import type { Range } from "#units";
import { executorFor } from "./executor-for.ts";
import { subjectOf } from "./replay.ts";

export interface AnsweredTrace {
  readonly trace: Trace;
  readonly extent: readonly Range[];
}

export interface AnsweredTraceOptions {
  readonly trace: Trace;
  /** Whatever loads the subject. */
  readonly subject: string;
  readonly directory: string;
  readonly signal?: AbortSignal;
}

/** The trace as `subject` answers it, cut after the call that breaks a rule; undefined if stopped. */
export async function answeredTrace(
  options: AnsweredTraceOptions,
): Promise<AnsweredTrace | undefined> {
  const { trace, subject } = options;
  const { config, calls, rule: _rule, verdict: _verdict, ...facts } = trace;
  const executor = executorFor({ ...options, ...subjectOf(trace, { subject }) });
  try {
    const { finding } = await executor.makeCalls(config, calls, "sweep");
    const at = finding?.at ?? calls.length - 1;
    const told = { config, calls, finding: finding ?? { rule: "", sentence: "", at } };
    const story = await executor.tellStory(told);
    if (story === undefined) return undefined;

    const { answers, extent } = story;
    const made = { ...facts, subject: executor.reference ?? subject, config, calls, answers };
    if (finding === undefined) return { trace: made, extent };
    const { rule } = finding;
    const judged = {
      ...made,
      calls: calls.slice(0, at + 1),
      rule,
      verdict: { rejected: rule, at },
    };
    return { trace: judged, extent };
  } finally {
    await executor.close();
  }
}
