/**
 * A recorded trace as the states that the judge goes through: before the first call, and after each.
 *
 * The answers are taken as they were recorded. What was promised is not, so only the verdict of the trace
 * says that a rule was broken, and besides it the rules that need no promise to be read. A call that
 * breaks a rule leaves the state as it was, and nothing follows it.
 */
import {
  type Call,
  type Contract,
  type HeapState,
  isLegal,
  judge,
  liveBlocks,
  NOTHING_SEEN,
  RULES,
  type Trace,
  type TraceCall,
  traceCall,
} from "#spec";
import { DEAF, finiteMap } from "#support";
import { alignment, type BlockName, bytes } from "#units";
import type { TraceAnswer } from "../trace/answer-record.ts";
import { callText } from "../trace/call-text.ts";
import { numberedTrace } from "../trace/numbered-trace.ts";
import { refuseUnsayable, UnsayableTrace } from "./unsayable-trace.ts";

/** A file holds every block that is live in every state; beyond so many it is not written. */
const BLOCKS_MAX = 1_000_000;
const READABLE = RULES.filter(({ name }) =>
  ["call-terminates", "call-returns", "answer-fits-call"].includes(name),
);

/** What nobody has promised is allowed. */
const OPEN: Contract = {
  alignMax: alignment(2 ** 52),
  alignDefault: alignment(1),
  alignBySize: false,
  reallocKeepsAlign: false,
  zeroSize: "any",
  reclaims: false,
  availability: undefined,
  rejects: [],
  extentKnown: false,
};

export interface LiveBlock {
  readonly name: BlockName;
  readonly start: number;
  readonly size: number;
  readonly align: number;
  readonly reach: number;
}

/** One state, with the call that led to it; the first has none. */
export interface HeapStep {
  readonly call?: TraceCall;
  readonly answer?: TraceAnswer;
  /** The rule that the answer breaks. */
  readonly broken?: string;
  readonly live: readonly LiveBlock[];
  readonly requested: number;
}

/** The states of `trace`, and what they leave out; throws `UnsayableTrace`. */
export function heapSteps(trace: Trace): { steps: readonly HeapStep[]; notes: readonly string[] } {
  const { calls, answers = [], verdict } = numberedTrace(trace);
  refuseUnsayable("itf", calls, ({ instance }) =>
    instance === 0 ? undefined : "asks another instance, and a state is of one",
  );
  const steps: HeapStep[] = [{ live: [], requested: 0 }];
  const names = new Set<BlockName>();
  let state = freshState();
  let skipped = 0;
  let blocks = 0;
  for (const [index, call] of calls.entries()) {
    const answer = answers[index];
    if (answer === undefined && isSkipped(state, call)) {
      skipped += 1;
      continue;
    }
    if (answer === undefined) throw unanswered(call, index);

    const { after, broken } = step(state, call, answer, index);
    const rule = verdict?.at === index ? verdict.rejected : broken;
    if (rule === undefined) state = after;
    if (state.live.has(call.name)) names.add(call.name);
    else names.delete(call.name);
    const live = [...names].map((name) => state.live.at(name));
    blocks += live.length;
    if (blocks > BLOCKS_MAX) throw tooLarge(index);
    const { requested } = state;
    steps.push({
      call: traceCall(call),
      answer,
      ...(rule !== undefined && { broken: rule }),
      live,
      requested,
    });
    if (rule !== undefined) break;
  }
  return { steps, notes: notesOf(skipped, calls.length - skipped - steps.length + 1) };
}

function freshState(): HeapState {
  const nothing = finiteMap<never, never>();
  return {
    contract: OPEN,
    extent: [],
    live: liveBlocks(nothing),
    dead: nothing,
    requested: bytes(0),
    first: undefined,
  };
}

/** Whether a harness would not have made `call`: its block is not there, or it is misuse. */
function isSkipped(state: HeapState, call: TraceCall): boolean {
  const asked = specCallOf(call);
  return asked === undefined ? call.misuse !== "none" : !isLegal(state, asked);
}

function step(
  state: HeapState,
  call: TraceCall,
  answer: TraceAnswer,
  index: number,
): { readonly after: HeapState; readonly broken?: string } {
  const asked = specCallOf(call);
  // What is no call of the specification to one heap leaves its blocks as they are.
  if (asked === undefined || answer.kind === "switched") return { after: state };
  if (!isLegal(state, asked)) throw unsayable(call, index, "has an answer, and no block");
  if (asked.kind === "realloc" && answer.kind === "released") {
    throw unsayable(call, index, "was made of other calls, and its answer is not recorded");
  }
  const verdict = judge(state, asked, answer, NOTHING_SEEN, DEAF, READABLE);
  if (verdict.kind === "admitted") return { after: verdict.state };
  return { after: state, broken: verdict.rule.name };
}

function specCallOf({ kind, name, size, align, misuse }: TraceCall): Call | undefined {
  if (misuse !== "none" || kind === "switch" || kind === "close") return undefined;
  return { kind, name, size: bytes(size), align: alignment(align) };
}

function notesOf(skipped: number, after: number): readonly string[] {
  const notes: string[] = [];
  if (skipped > 0) notes.push(`calls left out because they were skipped: ${skipped}`);
  if (after > 0) notes.push(`calls left out because a rule was broken before: ${after}`);
  return notes;
}

function unsayable(call: TraceCall, index: number, why: string): UnsayableTrace {
  return new UnsayableTrace(`as itf, call ${index + 1} (${callText(call)}) ${why}`);
}

function unanswered(call: TraceCall, index: number): UnsayableTrace {
  return unsayable(call, index, "has no recorded answer: say with --subject whom to ask");
}

function tooLarge(index: number): UnsayableTrace {
  const most = BLOCKS_MAX.toLocaleString("en");
  return new UnsayableTrace(`as itf, call ${index + 1} is the first beyond ${most} blocks in all`);
}
