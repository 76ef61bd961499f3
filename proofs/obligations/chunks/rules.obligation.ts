/** What the rules about chunks mean, in words other than their own. */
import {
  type Areas,
  type Chunk,
  heldChunks,
  isInWindow,
  isLegalChunkCall,
  type Kinds,
  type Run,
  type Window,
  windowOf,
} from "#spec";
import type { FiniteMap } from "#support";
import type { ChunkName, UnitCount, UnitNumber } from "#units";
import { assume } from "../assume.ts";
import {
  areNamed,
  breaksChunkRule,
  chunksBefore,
  type HeldStep,
  verdictOnChunks,
} from "./chunk-step.ts";

/**
 * The judge admits an answer exactly if no rule is broken, and names a rule that is.
 *
 * @proves judge-chunks
 * @split step.call.kind, step.answer.kind
 */
export function judgeOfChunksFollowsTheRules(step: HeldStep): boolean {
  assume(isLegalChunkCall(chunksBefore(step), step.call));
  const verdict = verdictOnChunks(step);
  return verdict.kind === "admitted"
    ? !breaksChunkRule(step)
    : breaksChunkRule(step, verdict.rule.name);
}

/**
 * Units that are admitted are as many as asked for, and lie where they were asked for: from the unit named
 * on, from a multiple of the alignment on, or between the two units named.
 *
 * @proves chunk-as-asked, acquire
 */
export function chunkIsTheOneAskedFor(step: HeldStep): boolean {
  const { call, answer } = step;
  assume(call.kind === "acquire" && answer.kind === "acquired");
  assume(isLegalChunkCall(chunksBefore(step), call));
  const verdict = verdictOnChunks(step);
  if (verdict.kind === "rejected") return true;
  const { held } = verdict.state;
  if (!held.has(call.name)) return false;
  const { name, first, count } = held.at(call.name);
  if (name !== call.name || count !== call.count || count === 0) return false;
  const { request } = call;
  switch (request.kind) {
    case "any":
      return true;
    case "at":
      return first === request.first;
    case "aligned":
      return first % request.align === 0;
    case "within":
      return request.first <= first && first + (count - 1) <= request.last;
  }
}

/**
 * A request for no units is refused, whatever it asks for and whatever is free.
 *
 * @proves zero-units-refused
 */
export function noUnitsAreNeverGiven(step: HeldStep): boolean {
  const { call, answer } = step;
  assume(call.kind === "acquire" && call.count === 0);
  return (verdictOnChunks(step).kind === "admitted") === (answer.kind === "refused");
}

/**
 * An answer that is admitted is one of its call, which came to an end: units for an acquisition, parts for a split, a
 * union for a merge; a release is answered as done, and misuse as rejected.
 *
 * @proves chunk-call-returns, chunk-answer-fits-call
 * @split step.call.kind, step.answer.kind
 */
export function answersBelongToTheirChunkCalls(step: HeldStep): boolean {
  const { call, answer } = step;
  assume(isLegalChunkCall(chunksBefore(step), call));
  if (verdictOnChunks(step).kind === "rejected") return true;
  switch (call.kind) {
    case "acquire":
      return answer.kind === "acquired" || answer.kind === "refused";
    case "release":
      return answer.kind === "released";
    case "split":
      return answer.kind === "split" || answer.kind === "refused";
    case "merge":
      return answer.kind === "merged" || answer.kind === "refused";
    case "misuse":
      return answer.kind === "rejected";
  }
}

/**
 * Two chunks that are merged have no unit between them: one begins behind the last unit of the other, and it is the
 * lower one that takes in the upper, unless either way is promised. What is merged has the units of both.
 *
 * @proves merge-exact
 */
export function mergedChunksTouch(step: HeldStep): boolean {
  const { chunks, call, answer, contract } = step;
  assume(call.kind === "merge" && answer.kind === "merged");
  assume(isLegalChunkCall(chunksBefore(step), call));
  if (verdictOnChunks(step).kind === "rejected") return true;
  const one = chunks.get(call.name);
  const other = chunks.get(call.other);
  const isSum = answer.count === one.count + other.count;
  const isAbove = other.first === one.first + one.count && answer.first === one.first;
  const isBelow = one.first === other.first + other.count && answer.first === other.first;
  return isSum && (answer.count === 0 || isAbove || (contract.mergesBelow && isBelow));
}

/**
 * There is room wherever a run would be admitted: if some units in a row from `first` on are in the window, are of
 * these kinds, and nobody holds one, then there is room for as many.
 *
 * @proves chunk-refusal-justified, held-chunks
 * @depth 3
 */
export function freeUnitsAreRoom(
  chunks: FiniteMap<ChunkName, Chunk>,
  areas: Areas,
  kinds: Kinds,
  window: Window,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  const held = heldChunks(chunks);
  assume(window.align >= 1 && !held.overlapping({ first, count }));
  assume(areas.areas.some((area) => area.first <= first && first <= area.last));
  assume(isInWindow(window, { first, count }) && held.covers(areas, kinds, { first, count }));
  return held.hasRoom(areas, kinds, window, count);
}

/**
 * A request for any units that is admitted is given none that is reserved; and none that is designated, unless
 * that is promised.
 *
 * @proves chunk-in-area, general-units-first
 */
export function reservedUnitsAreGivenByNumberOnly(step: HeldStep, unit: UnitNumber): boolean {
  const { call, answer, contract } = step;
  assume(call.kind === "acquire" && answer.kind === "acquired" && call.request.kind !== "at");
  assume(isLegalChunkCall(chunksBefore(step), call));
  assume(answer.first <= unit && unit <= answer.first + (answer.count - 1));
  if (verdictOnChunks(step).kind === "rejected") return true;
  const mayBeDesignated = contract.fallsBack || call.request.kind === "within";
  return contract.areas.some(
    ({ kind, first, last }) =>
      first <= unit &&
      unit <= last &&
      (kind === "general" || (kind === "designated" && mayBeDesignated)),
  );
}

/**
 * A chunk that is used up is not used again: whatever is done with it, the only answer that is admitted is that it is
 * rejected, and nothing changes.
 *
 * @proves chunk-misuse-rejected
 */
export function misuseIsRejected(step: HeldStep): boolean {
  const { call, answer, heldCount } = step;
  assume(call.kind === "misuse" && isLegalChunkCall(chunksBefore(step), call));
  const verdict = verdictOnChunks(step);
  if (verdict.kind === "rejected") return answer.kind !== "rejected";
  return answer.kind === "rejected" && verdict.state.heldCount === heldCount;
}

/**
 * A split of a chunk at one of its units, or behind its last, is not refused but for too many chunks; its parts
 * have as many units as it has, and the upper one begins at that unit.
 *
 * @proves split-exact
 */
export function splitsAreWhereTheyAreAsked(step: HeldStep): boolean {
  const { chunks, call, answer, contract } = step;
  const before = chunksBefore(step);
  assume(call.kind === "split" && areNamed(chunks) && isLegalChunkCall(before, call));
  if (verdictOnChunks(step).kind === "rejected") return true;
  const { first, count } = chunks.get(call.name);
  const isInside = first <= call.at && call.at <= first + count;
  if (answer.kind === "refused") return !isInside || contract.chunkCountMax !== undefined;
  if (answer.kind !== "split") return false;
  const { below, above } = answer;
  const areWhole = below.count + above.count === count && below.count === call.at - first;
  return isInside && areWhole && (above.count === 0 || above.first === call.at);
}

/**
 * A run lies in the window of a request for a place exactly if it begins there and has no more units than were asked
 * for: however large the numbers are, nothing wraps.
 *
 * @proves chunk-as-asked
 */
export function placesDoNotWrap(first: UnitNumber, run: Run): boolean {
  assume(run.count >= 1);
  const isIn = isInWindow(windowOf({ kind: "at", first }, run.count), run);
  return isIn === (run.first === first && run.count - 1 <= Number.MAX_SAFE_INTEGER - first);
}
