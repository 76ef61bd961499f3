/** The shortest trace that breaks the rule that a given trace breaks, with a certificate if asked for. */
import type { Trace } from "#spec";
import type { Subject } from "../subject/subject.ts";
import { formatTrace } from "../trace/format-trace.ts";
import type { ViolationReport } from "./check-report.ts";
import { executorFor } from "./executor-for.ts";
import { failureTrace, writeWhole } from "./failures.ts";
import { readTrace } from "./replay.ts";

export interface ShrinkTraceOptions {
  readonly trace: string | Trace;
  readonly subject?: string | Subject;
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

export interface ShrinkReport {
  readonly v: 1;
  readonly command: "shrink";
  readonly subject: string;
  readonly name: string;
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
  const subject = options.subject ?? trace.subject ?? "block";
  const executor = executorFor({ ...options, subject });
  try {
    const known = await executor.describe(false);
    const { config, calls } = trace;
    const head = { v: 1, command: "shrink", name: known.name } as const;
    const reference = executor.reference ?? known.name;
    const start = { config, calls, finding: { rule: "", sentence: "", at: 0 } };
    const sentences = options.certify === true ? SENTENCES_CERTIFYING : SENTENCES;
    const shrunk = await executor.makeShorter(start, options.executions ?? EXECUTIONS, sentences);
    if (shrunk === undefined) {
      return { ...head, subject: reference, verdict: "held", exit: 2, isCertified: false };
    }

    const { failure, executions, isShortest } = shrunk;
    const story = await executor.tellStory(failure);
    const isCertified = options.certify === true && isShortest;
    const { length } = failure.calls;
    const facts = {
      directory: executor.directory,
      reference,
      subject: known.name,
      answers: story?.answers ?? [],
      ...(isCertified ? { certified: { scope: "trace alphabet", calls: length } } : {}),
    };
    if (options.output !== undefined) {
      writeWhole(options.output, formatTrace(failureTrace(failure, facts)));
    }
    return {
      ...head,
      subject: reference,
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
