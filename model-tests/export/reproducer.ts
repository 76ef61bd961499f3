/**
 * What a program needs to know of a trace to make its calls and judge the answers by itself.
 *
 * A program has one heap and no cores, and does not know what the subject promised. What was promised
 * is read from the verdict where it must have been: a refusal that was wrong must have been a grant.
 */
import { RULES, type Trace, type TraceCall } from "#spec";
import { SWEPT_CALLS_MAX } from "../conformance/run.ts";
import { numberedTrace } from "../trace/numbered-trace.ts";
import { commentText } from "./comment-text.ts";
import { refuseUnsayable, UnsayableTrace } from "./unsayable-trace.ts";

/** Which calls test a rule that not every call does, where no verdict shows what was promised. */
const TESTING: Readonly<Record<string, (call: TraceCall) => boolean>> = {
  "zero-size-as-promised": () => false,
  "refusal-justified": () => false,
  "reclaims-everything": () => false,
  "live-block-freeable": () => false,
  "usable-size-honest": ({ kind }) => kind === "usableSize",
  "misuse-rejected": ({ misuse }) => misuse !== "none",
  "realloc-keeps-prefix": ({ kind }) => kind === "realloc",
  "zeroed-is-zero": ({ kind }) => kind === "allocZeroed",
};

/** What a language can be told. */
export interface Language {
  readonly format: string;
  /** What is checked for a rule, by its name: a sentence. */
  readonly checks: Readonly<Record<string, string>>;
  /** Why a call cannot be said. */
  readonly reason: (call: TraceCall) => string | undefined;
}

export interface Reproducer {
  /** The calls, whose blocks are named 0, 1, 2 … */
  readonly calls: readonly TraceCall[];
  readonly blockCount: number;
  /** The rule that decides; none if the trace does not say. */
  readonly rule: string | undefined;
  /** A sentence about what decides, which the sentences about what is checked complete. */
  readonly decides: string;
  readonly checks: readonly string[];
  /** What is said of the rules that do not decide, line by line. */
  readonly others: readonly string[];
  /** The index of the call that broke the rule. */
  readonly judged: number;
  /** What every block is aligned to, as far as the verdict shows. */
  readonly alignDefault: number;
  /** Whether the judged call has to be granted, or refused, for the rule to be kept. */
  readonly must: "grant" | "refuse" | undefined;
  readonly isSwept: boolean;
  /** Where the trace comes from, one line each, as a comment may have them. */
  readonly origin: readonly string[];
  readonly notes: readonly string[];
}

/** What a program in `language` is made from; throws `UnsayableTrace`. */
export function reproducerOf(trace: Trace, language: Language): Reproducer {
  const { calls } = numberedTrace(trace);
  const { format, checks, reason } = language;
  if (calls.length === 0) throw new UnsayableTrace(`as ${format}, a trace has at least one call`);
  refuseUnsayable(format, calls, (call, index) => {
    const isMisuse = call.misuse !== "none" && index < calls.length - 1;
    return reason(call) ?? (isMisuse ? "is misuse, which a program may not survive" : undefined);
  });

  const rule = trace.verdict?.rejected ?? trace.rule;
  if (rule !== undefined && !Object.hasOwn(checks, rule)) {
    const known = RULES.some(({ name }) => name === rule) ? rule : commentText(rule);
    throw new UnsayableTrace(
      `as ${format}, ${known} is no rule that a program can check by itself`,
    );
  }
  const judged = trace.verdict?.at ?? calls.length - 1;
  return {
    calls,
    blockCount: calls.reduce((count, { name }) => Math.max(count, name + 1), 1),
    rule,
    ...wordsOf(rule, language, calls),
    judged,
    alignDefault: rule === "block-aligned" ? promisedAlign(trace, judged) : 1,
    must: mustOf(trace, rule, judged, format),
    isSwept: calls.length <= SWEPT_CALLS_MAX,
    origin: originOf(trace, rule, judged),
    notes: notesOf(trace),
  };
}

/** What is checked: the rule that decides, or every rule that needs no promise and that a call tests. */
function wordsOf(
  rule: string | undefined,
  { checks }: Language,
  calls: readonly TraceCall[],
): Pick<Reproducer, "decides" | "checks" | "others"> {
  if (rule !== undefined) {
    const claim = RULES.find(({ name }) => name === rule)?.claim ?? rule;
    return {
      decides: `${rule} decides: ${claim}. It is checked that`,
      checks: [checks[rule] ?? rule],
      others: ["The other rules are checked as well, so that none of them is taken for this one."],
    };
  }
  const tested = Object.entries(checks).filter(([name]) => {
    const test = TESTING[name];
    return test === undefined || calls.some(test);
  });
  return {
    decides: "The trace names no rule that it broke, so every rule decides. It is checked that",
    checks: tested.map(([, check]) => check),
    others: [],
  };
}

/** Common to every language: there is one heap, and it is never switched. */
export function reasonOfOneHeap({ kind, instance, misuse }: TraceCall): string | undefined {
  if (kind === "switch" || kind === "close")
    return "is for a system of heaps, and there is one heap";
  if (instance !== 0) return "asks another instance, and there is one heap";
  if (misuse === "foreign-heap") return "frees through another heap, and there is one";
  return undefined;
}

/** An address that is a multiple of what was asked for, and yet misaligned, breaks a promise. */
function promisedAlign({ calls, answers }: Trace, judged: number): number {
  const answer = answers?.[judged];
  const call = calls[judged];
  if (answer?.kind !== "placed" || call === undefined) return 1;
  const asked = call.kind === "realloc" ? 1 : call.align;
  let align = 1;
  while (answer.address % align === 0 && align < 2 ** 52) align *= 2;
  return align > asked ? align : 1;
}

function mustOf(
  { answers }: Trace,
  rule: string | undefined,
  judged: number,
  format: string,
): Reproducer["must"] {
  if (rule === "refusal-justified" || rule === "reclaims-everything") return "grant";
  if (rule !== "zero-size-as-promised") return undefined;
  const kind = answers?.[judged]?.kind;
  if (kind === "placed") return "refuse";
  if (kind === "refused") return "grant";
  throw new UnsayableTrace(
    `as ${format}, ${rule} needs the answer to call ${judged + 1}, which is not recorded`,
  );
}

function originOf({ subject, name, seed, calls }: Trace, rule: string | undefined, judged: number) {
  const lines: string[] = [];
  if (subject !== undefined) lines.push(`subject ${commentText(subject)}`);
  if (name !== undefined && name !== subject) lines.push(`named ${commentText(name)}`);
  if (seed !== undefined) lines.push(`seed ${commentText(seed)}`);
  if (rule !== undefined) lines.push(`broken there by call ${judged + 1} of ${calls.length}`);
  return lines;
}

function notesOf({ calls, schedule }: Trace): readonly string[] {
  const count = calls.filter(({ core, entity }) => core !== 0 || entity !== 0).length;
  return [
    ...(count === 0 ? [] : [`calls whose core or entity is not said: ${count}`]),
    ...(schedule === undefined ? [] : ["the schedule is left out"]),
  ];
}
