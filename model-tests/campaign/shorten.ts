/** The shortest trace that breaks the rule that a given trace breaks, with a certificate if asked for. */
import type { Trace } from "#spec";
import type { Subject } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { formatTrace } from "../trace/format-trace.ts";
import type { ViolationReport } from "./check-report.ts";
import { executorFor } from "./executor-for.ts";
import { failureTrace, writeWhole } from "./failures.ts";
import { readTrace, subjectOf } from "./replay.ts";
import { type ToldSubject, toldSubject } from "./told-subject.ts";

export interface ShrinkTraceOptions {
  readonly trace: string | Trace;
  readonly subject?: string | Subject;
  /** What else loads the subject that is named; that of the trace, if the trace names it. */
  readonly options?: SubjectOptions;
  readonly directory?: string;
  readonly callTimeoutMs?: number;
  /** Whether to try everything shorter, however long that takes. */
  readonly certify?: boolean;
  /** How many executions may be spent. */
  readonly executions?: number;
  /** Where to write the result. */
  readonly output?: string;
  readonly signal?: AbortSignal;
}

export interface ShrinkReport extends ToldSubject {
  readonly v: 1;
  readonly command: "shrink";
  /** `held` says that the given trace breaks no rule, so there is nothing to shorten. */
  readonly verdict: "shortened" | "held";
  readonly exit: number;
  readonly isCertified: boolean;
  readonly violation?: ViolationReport;
}

const EXECUTIONS = 20_000;
const SENTENCES = 20_000;
const SENTENCES_CERTIFYING = 5_000_000;

/** Shortens a trace. */
export async function shrinkTrace(options: ShrinkTraceOptions): Promise<ShrinkReport> {
  const { trace } = await readTrace(options.trace);
  const executor = executorFor({ ...options, ...subjectOf(trace, options) });
  try {
    const known = await executor.describe(false);
    const { config, calls } = trace;
    const named = toldSubject(executor, known.name);
    const head = { v: 1, command: "shrink", ...named } as const;
    const start = { config, calls, finding: { rule: "", sentence: "", at: 0 } };
    const sentences = options.certify === true ? SENTENCES_CERTIFYING : SENTENCES;
    const shrunk = await executor.makeShorter(start, options.executions ?? EXECUTIONS, sentences);
    if (shrunk === undefined) {
      return { ...head, verdict: "held", exit: 2, isCertified: false };
    }

    const { failure, executions, isShortest } = shrunk;
    const story = await executor.tellStory(failure);
    const isCertified = options.certify === true && isShortest;
    const { length } = failure.calls;
    const facts = {
      directory: executor.directory,
      reference: named.subject,
      options: executor.options,
      subject: known.name,
      answers: story?.answers ?? [],
      ...(isCertified ? { certified: { scope: "trace alphabet", calls: length } } : {}),
    };
    if (options.output !== undefined) {
      writeWhole(options.output, formatTrace(failureTrace(failure, facts)));
    }
    return {
      ...head,
      verdict: "shortened",
      exit: 0,
      isCertified,
      violation: {
        ...failure.finding,
        config: failure.config,
        calls: failure.calls,
        shrunk: { callsBefore: calls.length, executions, isShortest },
        isReplayed: false,
        ...(story === undefined ? {} : { story }),
        ...(options.output === undefined ? {} : { trace: options.output }),
      },
    };
  } finally {
    await executor.close();
  }
}
