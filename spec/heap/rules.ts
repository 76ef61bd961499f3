/**
 * The rules of a heap, as a flat list. A rule finds that a step kept it, broke it, or did not test
 * it, and may take the rules before it for granted. Nothing outside this list is judged.
 */
import { type Finding, held, type RuleOf } from "../support/index.ts";
import type { Block } from "./live-blocks.ts";
import { alignmentDue, type HeapState } from "./state.ts";
import type { Step } from "./step.ts";

/** A rule of a heap. */
export type Rule = RuleOf<Step>;

const seenAs = (good: string, seen: string): Finding =>
  seen === "unseen" ? "not tested" : held(seen === good);

/** A block without bytes may lie anywhere. */
const ifPlaced = (block: Block | undefined, claim: (block: Block) => boolean): Finding =>
  block === undefined || block.reach === 0 ? "not tested" : held(claim(block));

const isInside = ({ contract, extent }: HeapState, start: number, end: number): boolean =>
  contract.extentKnown
    ? extent.some((part) => part.start <= start && end <= part.start + part.size)
    : end <= Number.MAX_SAFE_INTEGER;

export const RULES: readonly Rule[] = [
  {
    name: "call-terminates",
    claim: "every call ends",
    test: ({ answer }) => held(answer.kind !== "hung"),
  },
  {
    name: "call-returns",
    claim: "a call that keeps the contract does not throw",
    test: ({ answer }) => held(answer.kind !== "threw"),
  },
  {
    name: "answer-fits-call",
    claim: "an answer is one that its call can have: an address, a size, a plain yes or no",
    test: ({ call, answer: { kind }, request }) => {
      if (request !== undefined) return held(kind === "placed" || kind === "refused");
      if (call.kind === "usableSize") return held(kind === "usable");
      const no = call.kind === "misuse" ? "rejected" : "refused";
      return held(kind === "released" || kind === no);
    },
  },
  {
    name: "zero-size-as-promised",
    claim: "a request of zero bytes is granted or refused, as promised",
    test: ({ state: { contract, first }, answer, request }) => {
      if (request?.size !== 0 || contract.zeroSize === "any") return "not tested";
      if (contract.zeroSize === "refused") return held(answer.kind === "refused");
      // A used heap may be full, a small one without an aligned address: else there is no excuse.
      const isEasy = first === undefined && request.align <= contract.alignDefault;
      return isEasy ? held(answer.kind === "placed") : "not tested";
    },
  },
  {
    name: "block-in-extent",
    claim: "a block lies wholly in the memory that the allocator may hand out",
    test: ({ state, placed }) =>
      ifPlaced(placed, ({ start, reach }) => isInside(state, start, start + reach)),
  },
  {
    name: "block-aligned",
    claim: "a block starts at a multiple of its alignment: the one asked for, and the one promised",
    test: ({ state: { contract }, placed }) =>
      ifPlaced(
        placed,
        ({ start, size, align }) => start % Math.max(align, alignmentDue(contract, size)) === 0,
      ),
  },
  {
    name: "live-blocks-disjoint",
    claim: "no byte belongs to two live blocks",
    test: ({ state: { live }, placed }) =>
      ifPlaced(placed, ({ name, start, reach }) => !live.overlapping(start, reach, name)),
  },
  {
    name: "usable-size-honest",
    claim: "the usable bytes of a block are at least those asked for, and nobody else's",
    test: ({ state, call, answer }) => {
      if (answer.kind !== "usable") return "not tested";
      const { name, start, size } = state.live.at(call.name);
      if (answer.bytes < size || !isInside(state, start, start + answer.bytes)) return "broken";
      return held(!state.live.overlapping(start, answer.bytes, name));
    },
  },
  {
    name: "refusal-justified",
    claim: "a request is refused only when no free run is as long as promised to be enough",
    test: ({ state: { contract, extent, live }, answer, request }) => {
      const isOptional = request?.size === 0 && contract.zeroSize !== "block";
      if (answer.kind !== "refused" || request === undefined || isOptional) return "not tested";
      if (contract.availability === undefined) return "not tested";
      const { overhead, granule, minimum } = contract.availability;
      const granules = Math.ceil(Math.max(request.size, minimum) / granule);
      return held(!live.hasFreeRun(extent, granules * granule + overhead + request.align - 1));
    },
  },
  {
    name: "reclaims-everything",
    claim: "once everything is freed, the request that an untouched heap granted is granted again",
    test: ({ state: { contract, live, first }, answer, request }) => {
      const isFirst = request?.size === first?.size && request?.align === first?.align;
      if (!contract.reclaims || !isFirst || !live.isEmpty() || !first?.size) return "not tested";
      return held(answer.kind === "placed");
    },
  },
  {
    name: "live-block-freeable",
    claim: "a live block is freed when its owner says so",
    test: ({ call: { kind }, answer }) =>
      kind === "dealloc" ? held(answer.kind === "released") : "not tested",
  },
  {
    name: "misuse-rejected",
    claim: "misuse that the allocator promises to detect is rejected",
    test: ({ call, answer }) =>
      call.kind === "misuse" ? held(answer.kind === "rejected") : "not tested",
  },
  {
    name: "declined-without-effect",
    claim: "a call that is refused or rejected changes no byte of a live block",
    test: ({ answer: { kind }, seen }) =>
      kind === "refused" || kind === "rejected" ? seenAs("intact", seen.payload) : "not tested",
  },
  {
    name: "payload-intact",
    claim: "the bytes of a live block change only by its owner",
    test: ({ seen }) => seenAs("intact", seen.payload),
  },
  {
    name: "realloc-keeps-prefix",
    claim: "a resized block begins with the bytes it had, as many as fit",
    test: ({ seen }) => seenAs("kept", seen.prefix),
  },
  {
    name: "zeroed-is-zero",
    claim: "every byte of a block that was asked to be zero is zero",
    test: ({ seen }) => seenAs("zero", seen.zeroed),
  },
  {
    name: "extent-respected",
    claim: "an allocator that was given an extent writes nowhere else",
    test: ({ seen }) => seenAs("untouched", seen.outside),
  },
  {
    name: "instances-independent",
    claim: "what one instance is asked leaves the blocks of another as they were",
    test: ({ seen }) => seenAs("intact", seen.others),
  },
  {
    name: "accounting-exact",
    claim: "the bytes that an allocator counts as used are those its live blocks asked for",
    test: ({ seen, requested }) =>
      seen.used === "unseen" ? "not tested" : held(seen.used === requested),
  },
];
