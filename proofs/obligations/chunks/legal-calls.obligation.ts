/** Which calls about chunks may be made: exactly these, of every allocator of pages or frames. */
import { isLegalChunkCall } from "#spec";
import { assume } from "../assume.ts";
import { chunksBefore, type HeldStep } from "./chunk-step.ts";

/**
 * Units may be asked for under a name that is not held, how many and wherever they are; only that they
 * begin at a multiple of nothing may not be asked.
 *
 * @proves is-legal-chunk-call, acquire
 */
export function newChunksMayBeAskedFor(step: HeldStep): boolean {
  const { call, chunks } = step;
  assume(call.kind === "acquire");
  const { name, request } = call;
  const isOfNothing = request.kind === "aligned" && request.align === 0;
  return isLegalChunkCall(chunksBefore(step), call) !== (isOfNothing || chunks.has(name));
}

/**
 * A chunk that is held may always be released, and merged with any other that is held; one that is not
 * held may be neither.
 *
 * @proves is-legal-chunk-call, release, merge
 */
export function heldChunksMayBeReleasedAndMerged(step: HeldStep): boolean {
  const { call, chunks } = step;
  assume(call.kind === "release" || call.kind === "merge");
  const mayBeCalled = isLegalChunkCall(chunksBefore(step), call);
  if (!chunks.has(call.name)) return !mayBeCalled;
  if (call.kind === "release") return mayBeCalled;
  const isOneChunk = call.other === call.name;
  return mayBeCalled !== (isOneChunk || !chunks.has(call.other));
}

/**
 * A chunk that is held may be split wherever, into two names that nobody holds: so that all three differ.
 *
 * @proves is-legal-chunk-call, split
 */
export function heldChunksMayBeSplitIntoNewNames(step: HeldStep): boolean {
  const { call, chunks } = step;
  assume(call.kind === "split");
  const { name, below, above } = call;
  const isTaken = chunks.has(below) || chunks.has(above);
  const areThree = name !== below && name !== above && below !== above;
  return isLegalChunkCall(chunksBefore(step), call) === (chunks.has(name) && areThree && !isTaken);
}

/**
 * Misuse may be tried of any chunk that is not held, and of no other.
 *
 * @proves is-legal-chunk-call, chunk-misuse-rejected
 */
export function misuseIsOfChunksThatAreUsedUp(step: HeldStep): boolean {
  const { call, chunks } = step;
  assume(call.kind === "misuse");
  return isLegalChunkCall(chunksBefore(step), call) !== chunks.has(call.name);
}
