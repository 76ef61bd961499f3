/**
 * Shows a trace as a page: makes its calls once for the verdict and once more for every step on the way.
 *
 * Without a subject that can be asked, the answers that the trace has recorded are shown instead.
 */
import type { Trace } from "#spec";
import { SWEPT_CALLS_MAX } from "../conformance/run.ts";
import type { Film } from "../film/film.ts";
import { filmAnswers } from "../film/film-answers.ts";
import { showPage } from "../report/show-page.ts";
import { traceFacts } from "../report/trace-facts.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { portableReference } from "../subject/load-subject.ts";
import type { Subject } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { loadMachineTrace } from "../trace/load-machine-trace.ts";
import { isMachineTrace, type MachineTrace, parseMachineTrace } from "../trace/machine-trace.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import { executorFor } from "./executor-for.ts";
import { machineCrew } from "./machine-crew.ts";
import { expectedHang } from "./no-return.ts";
import { readTrace, subjectOf } from "./replay.ts";

export interface ShowOptions {
  /** A path, the text of a trace, or a trace. */
  readonly trace: string | Trace;
  /** Whatever loads the subject, or the subject of a trace of a heap; the one that the trace names if absent. */
  readonly subject?: string | Subject;
  /** What else loads the subject that is named; that of the trace, if the trace names it. */
  readonly options?: SubjectOptions;
  readonly directory?: string;
  readonly callTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface ShownTrace {
  /** The whole page. */
  readonly html: string;
  /** The rule that was broken, if one was. */
  readonly rule?: string;
  /** How many calls the trace has, and how many of them the page lists. */
  readonly calls: number;
  readonly listed: number;
  /** Where the answers are from. */
  readonly source: "subject" | "recorded answers";
  /** Why the subject was not asked, if it was not. */
  readonly unasked?: string;
}

/** Shows a trace; one that names no subject that can be loaded, and has no answers, throws `UnusableSubject`. */
export async function showTrace(options: ShowOptions): Promise<ShownTrace> {
  const machine = machineTraceOf(options.trace);
  if (machine !== undefined) return await showMachineTrace(machine, options);

  const { trace, path } = await readTrace(options.trace);
  if (trace.calls.length === 0) throw new MalformedTrace(1, "there is no call to show");
  const { directory = process.cwd() } = options;
  const named = options.subject ?? trace.subject;
  const { options: others } = subjectOf(trace, options);
  const subject =
    typeof named === "string" ? portableReference(named, directory, others) : named?.name;
  const told = {
    ...traceFacts(trace, path),
    subject: typeof named === "string" ? subject : undefined,
    name: trace.name ?? subject,
    options: others,
  };
  try {
    if (named === undefined) throw new UnusableSubject("the trace names no subject");
    const { film, name } = await filmOf(trace, { ...options, subject: named, options: others });
    return shown({ ...told, name, source: "subject" }, film);
  } catch (error) {
    if (!(error instanceof UnusableSubject)) throw error;
    const film = filmAnswers(trace);
    const why = error.message;
    if (film !== undefined) {
      return { ...shown({ ...told, source: "recorded answers" }, film), unasked: why };
    }
    throw new UnusableSubject(`${why}, and no answers are recorded in the trace: name a subject`);
  }
}

async function filmOf(
  trace: Trace,
  options: ShowOptions,
): Promise<{ readonly film: Film; readonly name: string }> {
  const { config, calls, rule } = trace;
  const executor = executorFor(options);
  try {
    const { name } = await executor.describe(false);
    const policy = calls.length <= SWEPT_CALLS_MAX ? "sweep" : "neighbours";
    const hang = rule === "call-terminates" ? "known" : undefined;
    const { finding } = await executor.makeCalls(config, calls, policy, hang);
    // What never came back, or took its thread down, is not made again.
    const isHung = finding !== undefined && isLost(finding);
    const made = finding === undefined ? calls : calls.slice(0, finding.at + 1);
    const watched = finding === undefined ? "neighbours" : policy;
    const film = await executor.film({ config, calls: made, policy: watched, isHung });
    if (film === undefined) throw new UnusableSubject(`${name} does not end a call that it ended`);
    if (!isHung || film.fault !== undefined) return { film, name };
    const { rule: broken, sentence, reason } = finding;
    const facts = reason === undefined ? [] : [reason];
    return { film: { ...film, fault: { rule: broken, sentence, facts, blamed: [] } }, name };
  } finally {
    await executor.close();
  }
}

/** Whether a call of a finding was ended from outside. */
function isLost({ rule, reason }: { readonly rule: string; readonly reason?: string }): boolean {
  return rule === "call-terminates" || reason === "the thread ran out of memory";
}

async function showMachineTrace(
  { trace, path }: { readonly trace: MachineTrace; readonly path: string | undefined },
  { subject: named, directory = process.cwd(), signal, callTimeoutMs }: ShowOptions,
): Promise<ShownTrace> {
  const typed = named ?? trace.subject ?? "machine";
  if (trace.calls.length === 0) throw new MalformedTrace(1, "there is no call to show");
  const limit = callTimeoutMs === undefined ? {} : { callTimeoutMs };
  const stop = signal === undefined ? {} : { signal };
  const executor =
    typeof typed === "string"
      ? await machineCrew({ reference: typed, directory, ...stop, ...limit })
      : undefined;
  if (executor === undefined || typeof typed !== "string") {
    const name = typeof typed === "string" ? typed : typed.name;
    throw new UnusableSubject(`the trace is one of a machine, and "${name}" is none`);
  }
  try {
    const { config, calls, rule } = trace;
    const { failure } = await executor.makeCalls({ config, calls }, expectedHang(rule));
    const film = await executor.film({
      config,
      calls: failure?.calls ?? calls,
      ...(failure === undefined ? {} : { broken: failure.broken }),
    });
    const told = {
      subject: portableReference(typed, directory),
      name: executor.name,
      path,
      seed: trace.seed,
      conditions: `${config.frameCount} frames`,
      calls: calls.length,
      source: "subject",
    } as const;
    return shown(told, film);
  } finally {
    await executor.close();
  }
}

function machineTraceOf(
  source: string | Trace,
): { readonly trace: MachineTrace; readonly path: string | undefined } | undefined {
  if (typeof source !== "string") return undefined;
  if (source.includes("\n")) {
    if (!isMachineTrace(source)) return undefined;
    return { trace: parseMachineTrace(source), path: undefined };
  }
  const trace = loadMachineTrace(source);
  return trace && { trace, path: source };
}

type Told = Parameters<typeof showPage>[0];

function shown(told: Told, film: Film): ShownTrace {
  const { html, listed } = showPage(told, film);
  const { calls, source } = told;
  const { fault } = film;
  return { html, calls, listed, source, ...(fault && { rule: fault.rule }) };
}
