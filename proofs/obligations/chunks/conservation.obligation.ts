/** No unit is lost and none is made: what one step does to a single unit. */
import { type HeldChunks, isLegalChunkCall } from "#spec";
import type { ChunkName, UnitCount, UnitNumber } from "#units";
import { assume } from "../assume.ts";
import { areApart, areNamed, chunksBefore, type HeldStep, verdictOnChunks } from "./chunk-step.ts";

/**
 * A unit that somebody holds before a split or a merge is held by somebody after it, and no other is: however the
 * chunk is cut, and whatever is put together.
 *
 * @proves split-exact, merge-exact
 */
export function splitsAndMergesLoseNoUnit(step: HeldStep, unit: UnitNumber): boolean {
  const { call } = step;
  const before = chunksBefore(step);
  assume(call.kind === "split" || call.kind === "merge");
  assume(isLegalChunkCall(before, call));
  const verdict = verdictOnChunks(step);
  if (verdict.kind === "rejected") return true;
  return isHeld(before.held, unit) === isHeld(verdict.state.held, unit);
}

/**
 * After an acquisition that is admitted the units held are those that were, and those of the answer, of which
 * nobody held one; after a release, all but those of the chunk that is released. Whatever else is called, and
 * whatever is declined, changes for no unit whether it is held.
 *
 * @proves acquire, release, held-chunks-disjoint
 * @split step.call.kind, step.answer.kind
 */
export function unitsChangeHandsOnce(step: HeldStep, unit: UnitNumber): boolean {
  const { chunks, call, answer } = step;
  const before = chunksBefore(step);
  assume(areNamed(chunks) && areApart(chunks));
  assume(isLegalChunkCall(before, call));
  const verdict = verdictOnChunks(step);
  if (verdict.kind === "rejected") return true;
  const wasHeld = isHeld(before.held, unit);
  const isHeldNow = isHeld(verdict.state.held, unit);
  if (call.kind === "acquire" && answer.kind === "acquired") {
    const isGiven = answer.first <= unit && unit - answer.first < answer.count;
    return isHeldNow === (wasHeld || isGiven) && !(wasHeld && isGiven);
  }
  if (call.kind === "release") {
    const { first, count } = before.held.at(call.name);
    const isReleased = first <= unit && unit - first < count;
    return isHeldNow === (wasHeld && !isReleased);
  }
  return isHeldNow === wasHeld;
}

/**
 * A step concerns the chunks that it names: every other one has the units that it had, under its name.
 *
 * @proves judge-chunks
 * @split step.call.kind, step.answer.kind
 */
export function stepConcernsTheChunksItNames(step: HeldStep, other: ChunkName): boolean {
  const { chunks, call } = step;
  const before = chunksBefore(step);
  assume(areNamed(chunks) && other !== call.name);
  assume(call.kind !== "merge" || other !== call.other);
  assume(call.kind !== "split" || (other !== call.below && other !== call.above));
  assume(isLegalChunkCall(before, call));
  const verdict = verdictOnChunks(step);
  if (verdict.kind === "rejected") return true;
  const { held } = verdict.state;
  if (!before.held.has(other) || !held.has(other)) {
    return before.held.has(other) === held.has(other);
  }
  const old = before.held.at(other);
  const now = held.at(other);
  return old.first === now.first && old.count === now.count && now.name === other;
}

/**
 * The number of chunks that are held goes with them: one more where units are acquired, one less for each
 * name that is used up, and one more for each part of a split that has a unit.
 *
 * @proves judge-chunks, chunk-refusal-justified
 * @split step.call.kind, step.answer.kind
 */
export function countFollowsTheChunks(step: HeldStep): boolean {
  const { call, answer, heldCount } = step;
  assume(isLegalChunkCall(chunksBefore(step), call));
  const verdict = verdictOnChunks(step);
  if (verdict.kind === "rejected") return true;
  const now = verdict.state.heldCount;
  if (answer.kind === "acquired") return now === heldCount + 1;
  if (answer.kind === "released" || answer.kind === "merged") return now === heldCount - 1;
  if (answer.kind !== "split") return now === heldCount;
  const { below, above } = answer;
  if (below.count >= 1 && above.count >= 1) return now === heldCount + 1;
  return now === (below.count >= 1 || above.count >= 1 ? heldCount : heldCount - 1);
}

/** Whether somebody holds `unit`. */
function isHeld(held: HeldChunks, unit: UnitNumber): boolean {
  return held.overlapping({ first: unit, count: 1 as UnitCount });
}
