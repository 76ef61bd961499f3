/** Each rule about chunks by itself: the steps that break it, exactly, and that it finds no others. */
import {
  type ChunkContract,
  type ChunkRequest,
  heldChunks,
  isLegalChunkCall,
  type Kinds,
  windowOf,
} from "#spec";
import type { ChunkName, UnitCount } from "#units";
import { assume } from "../assume.ts";
import { breaksChunkRule, chunksBefore, type HeldStep, verdictOnChunks } from "./chunk-step.ts";

/**
 * The rule that calls return is the one that is named of what threw and of what hung, and of nothing else.
 *
 * @proves chunk-call-returns
 * @split step.call.kind, step.answer.kind
 */
export function callsThatDoNotReturnBreakTheRule(step: HeldStep): boolean {
  assume(isLegalChunkCall(chunksBefore(step), step.call));
  const verdict = verdictOnChunks(step);
  const { kind } = step.answer;
  const isNamed = verdict.kind === "rejected" && verdict.rule.name === "chunk-call-returns";
  return isNamed === (kind === "threw" || kind === "hung");
}

/**
 * The rule that an answer fits its call is broken by every answer that the call cannot have. What a release
 * is answered, misuse may be answered too: another rule speaks of that.
 *
 * @proves chunk-answer-fits-call
 * @split step.call.kind, step.answer.kind
 */
export function answersOfOtherCallsBreakTheRule(step: HeldStep): boolean {
  const { call, answer } = step;
  const isDeclined = answer.kind === "refused";
  const isUnfit = breaksChunkRule(step, "chunk-answer-fits-call");
  switch (call.kind) {
    case "acquire":
      return isUnfit !== (isDeclined || answer.kind === "acquired");
    case "release":
      return isUnfit !== (answer.kind === "released");
    case "split":
      return isUnfit !== (isDeclined || answer.kind === "split");
    case "merge":
      return isUnfit !== (isDeclined || answer.kind === "merged");
    case "misuse":
      return isUnfit !== (answer.kind === "released" || answer.kind === "rejected");
  }
}

/**
 * The rule about the kinds of units is broken exactly if a unit was given that there is not, or not for such
 * a request: by number, any; in a window, also designated ones; else those where that is promised.
 *
 * @proves chunk-in-area
 */
export function unitsOfOtherKindsBreakTheRule(step: HeldStep): boolean {
  const { call, answer, contract, chunks } = step;
  const isBroken = breaksChunkRule(step, "chunk-in-area");
  if (call.kind !== "acquire" || answer.kind !== "acquired") return !isBroken;
  return isBroken !== heldChunks(chunks).covers(contract, kindsOf(contract, call.request), answer);
}

/**
 * The rule that designated units come last is broken exactly if a request for any units, or for aligned ones, was given
 * some that are not all general, though general ones would have done.
 *
 * @proves general-units-first
 * @split step.call.kind
 */
export function designatedUnitsTooEarlyBreakTheRule(step: HeldStep): boolean {
  const { call, answer, contract, chunks } = step;
  assume(isLegalChunkCall(chunksBefore(step), call));
  const isBroken = breaksChunkRule(step, "general-units-first");
  if (call.kind !== "acquire" || answer.kind !== "acquired") return !isBroken;
  const { request, count } = call;
  const isAnywhere = request.kind === "any" || request.kind === "aligned";
  const held = heldChunks(chunks);
  const isOther = !held.covers(contract, "general", answer);
  const wasRoom = held.hasRoom(contract, "general", windowOf(request, count), count);
  return isBroken === (isAnywhere && isOther && wasRoom);
}

/**
 * The rule about refusals is broken by a refusal exactly if a unit at least was asked for, there was room for
 * it, of a kind that it may be given, and fewer chunks were held than can be kept track of.
 *
 * @proves chunk-refusal-justified
 * @split request.kind
 */
export function refusalsDespiteRoomBreakTheRule(
  before: HeldStep,
  name: ChunkName,
  request: ChunkRequest,
  count: UnitCount,
): boolean {
  const step: HeldStep = {
    ...before,
    call: { kind: "acquire", name, request, count },
    answer: { kind: "refused" },
  };
  assume(isLegalChunkCall(chunksBefore(step), step.call));
  const { contract, chunks, heldCount } = step;
  const most = contract.chunkCountMax;
  const mayTrack = most === undefined || heldCount < most;
  const kinds = kindsOf(contract, request);
  const wasRoom = heldChunks(chunks).hasRoom(contract, kinds, windowOf(request, count), count);
  const isBroken = breaksChunkRule(step, "chunk-refusal-justified");
  return isBroken === (count >= 1 && mayTrack && wasRoom);
}

/**
 * The rule about splitting is broken exactly by parts that are not the units below a number and the others, and by
 * a refusal where there are such parts and they can be kept track of.
 *
 * @proves split-exact
 */
export function inexactSplitsBreakTheRule(step: HeldStep): boolean {
  const { call, answer, contract, chunks, heldCount } = step;
  assume(isLegalChunkCall(chunksBefore(step), call));
  const isBroken = breaksChunkRule(step, "split-exact");
  if (call.kind !== "split") return !isBroken;
  const { first, count } = chunks.get(call.name);
  const isInside = first <= call.at && call.at - first <= count;
  const most = contract.chunkCountMax;
  const mayTrack = most === undefined || heldCount < most;
  if (answer.kind !== "split") return isBroken === (isInside && mayTrack);
  const { below, above } = answer;
  const areCounts = below.count === call.at - first && above.count === count - below.count;
  const isBelow = below.count === 0 || below.first === first;
  const isAbove = above.count === 0 || above.first === call.at;
  return isBroken !== (isInside && areCounts && isBelow && isAbove);
}

/**
 * The rule about merging is broken exactly by a union that is not that of two chunks which touch, and by a refusal
 * where they do: without a seam between them, the other one above, or below where that is promised.
 *
 * @proves merge-exact
 */
export function inexactMergesBreakTheRule(step: HeldStep): boolean {
  const { call, answer, contract, chunks } = step;
  assume(isLegalChunkCall(chunksBefore(step), call));
  const isBroken = breaksChunkRule(step, "merge-exact");
  if (call.kind !== "merge") return !isBroken;
  const one = chunks.get(call.name);
  const other = chunks.get(call.other);
  const isAbove = other.first - one.first === one.count && !isSeam(step, other.first);
  const isUnder = one.first - other.first === other.count && !isSeam(step, one.first);
  const isBelow = contract.mergesBelow && isUnder;
  if (answer.kind !== "merged") return isBroken === (isAbove || isBelow);
  const first = isAbove ? one.first : other.first;
  const isSum = answer.count === one.count + other.count;
  const isFirst = answer.count === 0 || answer.first === first;
  return isBroken !== ((isAbove || isBelow) && isSum && isFirst);
}

/** The kinds of units that `request` may be given. */
function kindsOf({ fallsBack }: ChunkContract, request: ChunkRequest): Kinds {
  if (request.kind === "at") return "all";
  if (request.kind === "within") return "unreserved";
  return fallsBack ? "unreserved" : "general";
}

function isSeam({ contract }: HeldStep, unit: number): boolean {
  return contract.seams.some((seam) => seam === unit);
}
