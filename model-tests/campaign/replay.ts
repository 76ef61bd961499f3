/** Runs exactly the calls of one trace, twice: once for the verdict, once to see that it is the same. */
import type { Trace } from "#spec";
import { SWEPT_CALLS_MAX } from "../conformance/run.ts";
import type { Subject } from "../subject/subject.ts";
import { NO_OPTIONS, readSubjectOptions, type SubjectOptions } from "../subject/subject-options.ts";
import { loadTrace } from "../trace/load-trace.ts";
import { parseTrace } from "../trace/parse-trace.ts";
import { EXITS, type ViolationReport } from "./check-report.ts";
import { executorFor } from "./executor-for.ts";
import type { ReplayResult } from "./tasks.ts";
import { type ToldSubject, toldSubject } from "./told-subject.ts";

export interface ReplayOptions {
  /** A path, the text of a trace, or a trace. */
  readonly trace: string | Trace;
  /** Whatever loads the subject, or the subject; the one that the trace names if absent. */
  readonly subject?: string | Subject;
  /** What else loads the subject that is named; that of the trace, if the trace names it. */
  readonly options?: SubjectOptions;
  readonly directory?: string;
  readonly callTimeoutMs?: number;
  /** Whether answers that differ from the recorded ones count. */
  readonly isStrict?: boolean;
  readonly signal?: AbortSignal;
}

export interface ReplayReport extends ToldSubject {
  readonly v: 1;
  readonly command: "replay";
  readonly verdict: "passed" | "violated" | "nondeterministic";
  readonly exit: number;
  readonly calls: number;
  readonly skipped: number;
  /** The rule that the trace says it breaks. */
  readonly expected?: string;
  /** The first call that was answered otherwise than recorded; only under `isStrict`. */
  readonly differsAt?: number;
  readonly violation?: ViolationReport;
}

/** Replays a trace and says whether it breaks a rule. */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const { trace, path } = await readTrace(options.trace);
  const executor = executorFor({ ...options, ...subjectOf(trace, options) });
  try {
    const known = await executor.describe(false);
    const { config, calls } = trace;
    const policy = calls.length <= SWEPT_CALLS_MAX ? "sweep" : "neighbours";
    const hang = trace.rule === "call-terminates" ? "known" : undefined;
    const first = await executor.makeCalls(config, calls, policy, hang);
    const failure = first.finding && { config, calls, finding: first.finding };
    const isHung = first.finding?.rule === "call-terminates";
    const second = isHung ? first : await executor.makeCalls(config, calls, policy);
    const isSame = areSame(first, second);

    const story = failure === undefined ? undefined : await executor.tellStory(failure);
    const differsAt =
      options.isStrict === true ? await firstDifference(trace, executor) : undefined;
    const verdict =
      !isSame || differsAt !== undefined
        ? "nondeterministic"
        : failure === undefined
          ? "passed"
          : "violated";
    const cut = calls.slice(0, (first.finding?.at ?? 0) + 1);
    return {
      v: 1,
      command: "replay",
      ...toldSubject(executor, known.name),
      verdict,
      exit: EXITS[verdict],
      calls: first.made,
      skipped: first.tally.calls.skipped,
      ...(trace.rule === undefined ? {} : { expected: trace.rule }),
      ...(differsAt === undefined ? {} : { differsAt }),
      ...(first.finding === undefined
        ? {}
        : {
            violation: {
              ...first.finding,
              config,
              calls: cut,
              isReplayed: isSame,
              ...(story === undefined ? {} : { story }),
              ...(path === undefined ? {} : { trace: path }),
            },
          }),
    };
  } finally {
    await executor.close();
  }
}

/** The subject that `given` names, or else the one that `trace` does, with what else loads it. */
export function subjectOf(
  trace: Trace,
  given: Pick<ReplayOptions, "subject" | "options">,
): { readonly subject: string | Subject; readonly options: SubjectOptions } {
  const { subject = trace.subject ?? "block", options = NO_OPTIONS } = given;
  const isOfTrace = subject === trace.subject;
  const ofTrace = isOfTrace ? readSubjectOptions(trace.options) : NO_OPTIONS;
  return { subject, options: { ...ofTrace, ...options } };
}

/** The trace that `source` is, names or holds. */
export async function readTrace(
  source: string | Trace,
): Promise<{ readonly trace: Trace; readonly path: string | undefined }> {
  if (typeof source !== "string") return { trace: source, path: undefined };
  if (source.includes("\n")) return { trace: parseTrace(source).trace, path: undefined };
  return { trace: (await loadTrace(source)).trace, path: source };
}

/** What a subject says while it fails may name a process or the time: that does not count. */
function areSame(left: ReplayResult, right: ReplayResult): boolean {
  const key = ({ finding, tally }: ReplayResult): string =>
    JSON.stringify([finding?.rule, finding?.at, tally]);
  return key(left) === key(right);
}

async function firstDifference(
  trace: Trace,
  executor: ReturnType<typeof executorFor>,
): Promise<number | undefined> {
  const { config, calls, answers = [] } = trace;
  const finding = { rule: "", sentence: "", at: calls.length - 1 };
  const story = await executor.tellStory({ config, calls, finding });
  const index = answers.findIndex((answer, place) => {
    return answer !== undefined && JSON.stringify(answer) !== JSON.stringify(story?.answers[place]);
  });
  return index < 0 ? undefined : index;
}
