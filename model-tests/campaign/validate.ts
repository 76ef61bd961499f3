/**
 * Judges a log of an allocator's answers in one pass, by all rules that need no memory.
 *
 * The log is not kept: what breaks a rule is written as a trace in a second pass, up to the offending call, if
 * the log is a file that can be read twice. Such a trace has its answers, so it can be validated again.
 */
import { statSync } from "node:fs";
import { RULES, type Rule, type TraceCall } from "#spec";
import type { LogPlace } from "../conformance/log-index.ts";
import { LogJudge } from "../conformance/log-judge.ts";
import { promisesOf } from "../subject/contract.ts";
import type { ExtentPart, ProfileName, Promises } from "../subject/subject.ts";
import type { TraceAnswer } from "../trace/answer-record.ts";
import type { CallsSink } from "../trace/calls-sink.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import { type CallsSource, openCalls } from "../trace/open-calls.ts";
import type { CallsFormat } from "../trace/sniff.ts";
import { cutLog } from "./cut-log.ts";
import { UnwritableFolder } from "./failures.ts";
import { type LogStory, logStory } from "./log-story.ts";

export interface ValidateOptions {
  /** The path of the log. */
  readonly log: string;
  readonly directory?: string;
  /** What the allocator promises; that its answers are placed, aligned as asked and disjoint, if absent. */
  readonly promises?: Promises | ProfileName;
  /** Where blocks may lie, if that is known. */
  readonly extent?: readonly ExtentPart[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (calls: number) => void;
}

export interface LogViolation extends LogPlace, LogStory {
  readonly rule: string;
  readonly sentence: string;
  /** The trace up to the offending call, relative to the working directory. */
  readonly trace?: string;
  /** Why there is none. */
  readonly unsaved?: string;
}

export interface ValidateReport {
  readonly v: 1;
  readonly command: "validate";
  readonly log: string;
  readonly format: CallsFormat;
  readonly program?: string;
  readonly verdict: "passed" | "violated" | "vacuous" | "interrupted";
  readonly exit: number;
  readonly calls: { readonly judged: number; readonly refused: number; readonly skipped: number };
  readonly live: {
    readonly blocks: number;
    readonly bytes: number;
    readonly blocksPeak: number;
    readonly bytesPeak: number;
  };
  readonly rules: Readonly<Record<string, "held" | "violated" | "not tested">>;
  readonly missed: readonly string[];
  readonly warnings: readonly string[];
  readonly violation?: LogViolation;
  readonly measured: { readonly milliseconds: number; readonly callsPerSecond: number };
}

const EXITS = { passed: 0, violated: 1, vacuous: 4, interrupted: 130 } as const;
/** More of a log than this may not be left out. */
const SKIPPED_SHARE_MAX = 0.05;

/** Validates a log; throws `MalformedTrace` if it cannot be read. */
export async function validate(options: ValidateOptions): Promise<ValidateReport> {
  const started = performance.now();
  const { log, directory = process.cwd(), promises = {}, extent = [], signal } = options;
  const source = await openCalls(log);
  if (source.format === "recorded" || source.format === "rep") {
    await source.close();
    throw new MalformedTrace(0, withoutAnswers(log));
  }
  const judge = new LogJudge({
    // What free answers is nothing: that it was called is all that a recorder can write down.
    hasAnswers: source.format === "trace",
    promises: promisesOf({ name: log, create, promises }),
    extent,
  });
  const pass = new LogPass(judge, source);
  const broken = await pass.run(signal, options.onProgress);
  const milliseconds = Math.round(performance.now() - started);

  const { counts, index, state } = judge;
  const { judged, skipped } = counts;
  if (judged === 0 && skipped > 0 && !pass.hasAnswers) {
    throw new MalformedTrace(0, withoutAnswers(log));
  }
  const calls = judged + skipped;
  const missed = missedIn(calls, skipped);
  const verdict = verdictOf(broken !== undefined, signal?.aborted === true, missed);
  const { program } = source.facts;
  return {
    v: 1,
    command: "validate",
    log,
    format: source.format,
    ...(program === undefined ? {} : { program }),
    verdict,
    exit: EXITS[verdict],
    calls: { ...counts },
    live: {
      blocks: index.size,
      bytes: state.requested,
      blocksPeak: judge.blocksPeak,
      bytesPeak: judge.bytesPeak,
    },
    rules: findings(judge, broken?.rule),
    missed: broken === undefined ? missed : [],
    warnings: source.warnings,
    ...(broken === undefined ? {} : { violation: await told(broken, judge, options, directory) }),
    measured: {
      milliseconds,
      callsPerSecond: Math.round((1000 * calls) / Math.max(1, milliseconds)),
    },
  };
}

/** An answer that breaks a rule, and where it stands. */
interface Broken extends LogPlace {
  readonly rule: Rule;
  readonly call: TraceCall;
  readonly answer: TraceAnswer;
}

/** One pass over a log: every answer is brought together with its call. */
class LogPass implements CallsSink {
  readonly #judge: LogJudge;
  readonly #source: CallsSource;
  #call: TraceCall | undefined;
  #line = 0;
  #at = -1;
  #broken: Broken | undefined;
  hasAnswers = false;

  constructor(judge: LogJudge, source: CallsSource) {
    this.#judge = judge;
    this.#source = source;
  }

  /** Whether a rule was broken: what follows is not read. */
  get isOver(): boolean {
    return this.#broken !== undefined;
  }

  async run(
    signal: AbortSignal | undefined,
    onProgress: ((calls: number) => void) | undefined,
  ): Promise<Broken | undefined> {
    for await (const _ of this.#source.told(this)) {
      if (this.#broken !== undefined) return this.#broken;
      if (signal?.aborted === true) return undefined;
      onProgress?.(this.#at + 1);
    }
    this.#leaveOut();
    return undefined;
  }

  call(call: TraceCall, line: number): void {
    if (this.isOver) return;
    this.#leaveOut();
    this.#call = call;
    this.#line = line;
    this.#at += 1;
  }

  answer(answer: TraceAnswer): void {
    const call = this.#call;
    if (call === undefined || this.isOver) return;
    this.#call = undefined;
    this.hasAnswers = true;
    const place = { at: this.#at, line: this.#line };
    const rule = this.#judge.judge(call, answer, place);
    if (rule !== undefined) this.#broken = { rule, call, answer, ...place };
  }

  /** A call that is not answered says nothing of the allocator. */
  #leaveOut(): void {
    if (this.#call === undefined) return;
    this.#judge.judge(this.#call, undefined, { at: this.#at, line: this.#line });
    this.#call = undefined;
  }
}

async function told(
  broken: Broken,
  judge: LogJudge,
  { log }: ValidateOptions,
  directory: string,
): Promise<LogViolation> {
  const { rule, at, line, call, answer } = broken;
  return {
    rule: rule.name,
    sentence: rule.claim,
    at,
    line,
    ...logStory(judge, call, answer),
    ...(await saved(log, directory, rule.name, at)),
  };
}

/** Writes the log up to call `at`, if it can be read again. */
async function saved(
  log: string,
  directory: string,
  rule: string,
  at: number,
): Promise<Pick<LogViolation, "trace" | "unsaved">> {
  if (!statSync(log).isFile()) return { unsaved: "the log is no file that can be read again" };
  try {
    return { trace: await cutLog(log, directory, rule, at) };
  } catch (error) {
    if (error instanceof UnwritableFolder) return { unsaved: error.message };
    throw error;
  }
}

function verdictOf(
  isBroken: boolean,
  isStopped: boolean,
  missed: readonly string[],
): ValidateReport["verdict"] {
  if (isBroken) return "violated";
  if (isStopped) return "interrupted";
  return missed.length > 0 ? "vacuous" : "passed";
}

function findings(judge: LogJudge, broken: Rule | undefined): ValidateReport["rules"] {
  return Object.fromEntries(
    RULES.map(({ name }) => {
      if (name === broken?.name) return [name, "violated"];
      return [name, judge.hasHeld(name) ? "held" : "not tested"];
    }),
  );
}

function missedIn(calls: number, skipped: number): readonly string[] {
  if (calls === 0) return ["the log has no call"];
  if (skipped <= SKIPPED_SHARE_MAX * calls) return [];
  return [`${skipped} of ${calls} calls could not be judged`];
}

function withoutAnswers(log: string): string {
  return `${log} has no answers, so nothing in it can be judged; check --trace makes its calls`;
}

/** The log is judged, and nothing is ever asked. */
function create(): never {
  throw new MalformedTrace(0, "a log cannot be asked");
}
