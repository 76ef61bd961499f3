/**
 * The rules of an allocator of pages or frames, as a flat list. A rule finds that a step kept it, broke
 * it, or did not test it, and may take the rules before it for granted.
 */
import { type Finding, held, type RuleOf } from "../support/index.ts";
import type { UnitCount } from "../units/index.ts";
import { isInWindow, type Kinds, windowOf } from "./areas.ts";
import type { ChunkAnswer, ChunkCall, ChunkRequest, Run } from "./calls.ts";
import type { Chunk } from "./held-chunks.ts";
import { type ChunkContract, type ChunkState, isFull } from "./state.ts";

/** A legal call with its answer, and the state before it. */
export interface ChunkStep {
  readonly state: ChunkState;
  readonly call: ChunkCall;
  readonly answer: ChunkAnswer;
}

/** A rule of an allocator of pages or frames. */
export type ChunkRule = RuleOf<ChunkStep>;

/** What is claimed of the units that a request was given, if it was given any. */
const ifAcquired = (
  { call, answer }: ChunkStep,
  claim: (request: ChunkRequest, count: UnitCount, run: Run) => boolean,
): Finding =>
  call.kind === "acquire" && answer.kind === "acquired"
    ? held(claim(call.request, call.count, answer))
    : "not tested";

/** The kinds of units that a request may be given. */
const kindsFor = ({ fallsBack }: ChunkContract, request: ChunkRequest): Kinds => {
  if (request.kind === "at") return "all";
  return fallsBack || request.kind === "within" ? "unreserved" : "general";
};

/** Whether `at` is in `chunk` or right behind it. */
const divides = ({ first, count }: Chunk, at: number): boolean =>
  first <= at && at - first <= count;

/** Whether `part` is the `count` units from `first` on; where it is empty, nobody asks. */
const isRun = (part: Run, first: number, count: number): boolean =>
  part.count === count && (count === 0 || part.first === first);

/** Whether `above` begins behind `below`, and the two may be one chunk. */
const touches = ({ seams }: ChunkContract, below: Chunk, above: Chunk): boolean =>
  above.first - below.first === below.count && seams.every((seam) => seam !== above.first);

export const CHUNK_RULES: readonly ChunkRule[] = [
  {
    name: "chunk-call-returns",
    claim: "a call about chunks that keeps the contract ends, and does not throw",
    test: ({ answer: { kind } }) => held(kind !== "threw" && kind !== "hung"),
  },
  {
    name: "chunk-answer-fits-call",
    claim: "an answer is one that its call can have: units, parts, a plain yes or no",
    test: ({ call, answer: { kind } }) => {
      if (call.kind === "acquire") return held(kind === "acquired" || kind === "refused");
      if (call.kind === "split") return held(kind === "split" || kind === "refused");
      if (call.kind === "merge") return held(kind === "merged" || kind === "refused");
      if (call.kind === "release") return held(kind === "released");
      return held(kind === "rejected" || kind === "released");
    },
  },
  {
    name: "zero-units-refused",
    claim: "a request for no units is refused, wherever it asks for them",
    test: ({ call, answer }) =>
      call.kind === "acquire" && call.count === 0 ? held(answer.kind === "refused") : "not tested",
  },
  {
    name: "chunk-as-asked",
    claim:
      "a chunk has exactly the units asked for: so many, from there, aligned so, in the window",
    test: (step) =>
      ifAcquired(
        step,
        (request, count, run) => run.count === count && isInWindow(windowOf(request, count), run),
      ),
  },
  {
    name: "chunk-in-area",
    claim: "the units of a chunk exist, without a seam, and may be given to a request of this kind",
    test: (step) =>
      ifAcquired(step, (request, _, run) => {
        const { contract, held: chunks } = step.state;
        return chunks.covers(contract, kindsFor(contract, request), run);
      }),
  },
  {
    name: "held-chunks-disjoint",
    claim: "no unit belongs to two chunks",
    test: (step) => ifAcquired(step, (_, __, run) => !step.state.held.overlapping(run)),
  },
  {
    name: "general-units-first",
    claim: "a request for any units is given designated ones only where no general ones would do",
    test: ({ state: { contract, held: chunks }, call, answer }) => {
      if (call.kind !== "acquire" || answer.kind !== "acquired") return "not tested";
      const { request, count } = call;
      if (request.kind === "at" || request.kind === "within") return "not tested";
      const isGeneral = chunks.covers(contract, "general", answer);
      const window = windowOf(request, count);
      return held(isGeneral || !chunks.hasRoom(contract, "general", window, count));
    },
  },
  {
    name: "chunk-refusal-justified",
    claim: "a request is refused only when no free run will do: one of just the right length does",
    test: ({ state, call, answer }) => {
      if (call.kind !== "acquire" || answer.kind !== "refused") return "not tested";
      const { contract, held: chunks } = state;
      const { request, count } = call;
      if (count === 0 || isFull(state)) return "not tested";
      const kinds = kindsFor(contract, request);
      return held(!chunks.hasRoom(contract, kinds, windowOf(request, count), count));
    },
  },
  {
    name: "split-exact",
    claim: "a chunk is split into the units below a number and the others, or stays as it is",
    test: ({ state, call, answer }) => {
      if (call.kind !== "split") return "not tested";
      const whole = state.held.at(call.name);
      if (answer.kind !== "split") return held(!divides(whole, call.at) || isFull(state));
      const count = call.at - whole.first;
      return held(
        divides(whole, call.at) &&
          isRun(answer.below, whole.first, count) &&
          isRun(answer.above, call.at, whole.count - count),
      );
    },
  },
  {
    name: "merge-exact",
    claim: "two chunks become one with the units of both where they touch, or stay as they are",
    test: ({ state: { contract, held: chunks }, call, answer }) => {
      if (call.kind !== "merge") return "not tested";
      const one = chunks.at(call.name);
      const other = chunks.at(call.other);
      const isAbove = touches(contract, one, other);
      const isBelow = contract.mergesBelow && touches(contract, other, one);
      if (answer.kind !== "merged") return held(!isAbove && !isBelow);
      const first = isAbove ? one.first : other.first;
      return held((isAbove || isBelow) && isRun(answer, first, one.count + other.count));
    },
  },
  {
    name: "chunk-misuse-rejected",
    claim: "a chunk that is used up is not split, merged or released again",
    test: ({ call, answer }) =>
      call.kind === "misuse" ? held(answer.kind === "rejected") : "not tested",
  },
];
