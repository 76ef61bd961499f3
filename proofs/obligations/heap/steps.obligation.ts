/** What a heap is after a step that the judge admits, and what it still is. */
import { isLegal, judge, type LiveBlocks, type Misuse } from "#spec";
import { DEAF } from "#support";
import type { BlockName, Range } from "#units";
import { assume } from "../assume.ts";
import {
  alignAsked,
  asksForBytes,
  type HeapStep,
  hasGranule,
  heapBefore,
  isRememberedAlike,
  isSameRequest,
  isUnchanged,
  sizeAsked,
  verdictOn,
} from "./heap-step.ts";
import { isAsNow } from "./sound-block.ts";

/**
 * An address that is admitted was asked for, and after it exactly the block that was asked for is live: under the
 * name of the call, where the answer says, with the size and the alignment that were asked for. It reaches as
 * far as its bytes do, and no byte of it is one byte where an address of its own was promised.
 *
 * @proves alloc, realloc
 * @split step.call.kind
 */
export function placedBlockIsTheOneAskedFor(step: HeapStep): boolean {
  const { call, answer, contract } = step;
  assume(hasGranule(contract) && isLegal(heapBefore(step), call));
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected" || answer.kind !== "placed") return true;
  const { live } = verdict.state;
  if (!asksForBytes(call) || !live.has(call.name)) return false;
  const { name, start, size, align, reach } = live.at(call.name);
  const least = contract.zeroSize === "block" ? 1 : 0;
  const isThere = name === call.name && start === answer.address;
  const isAsAsked = size === sizeAsked(call) && align === alignAsked(step);
  return isThere && isAsAsked && reach === Math.max(size, least);
}

/**
 * A free that is admitted ends the block that it names: it is not live any more, and where it started is
 * remembered.
 *
 * @proves dealloc, live-block-freeable
 */
export function freedBlockIsRemembered(step: HeapStep): boolean {
  const { blocks, call, contract } = step;
  const before = heapBefore(step);
  assume(call.kind === "dealloc" && hasGranule(contract) && isLegal(before, call));
  assume(isAsNow("named", before, call.name));
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected") return true;
  const { live, dead } = verdict.state;
  const { start } = blocks.get(call.name);
  return !live.has(call.name) && dead.has(call.name) && dead.get(call.name) === start;
}

/**
 * Whatever is called and answered, if it is admitted then no other block is placed, freed, moved or resized, nor
 * is what is remembered of it.
 *
 * @proves alloc, realloc, dealloc, usable-size
 * @split step.call.kind
 */
export function stepConcernsOneBlock(step: HeapStep, other: BlockName): boolean {
  const { call, contract, dead } = step;
  const before = heapBefore(step);
  assume(hasGranule(contract) && isLegal(before, call));
  assume(isAsNow("named", before, call.name) && other !== call.name);
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected") return true;
  const { state } = verdict;
  return isUnchanged(before.live, state.live, other) && isRememberedAlike(dead, state.dead, other);
}

/**
 * A call that is declined leaves the heap as it was: every block, all that is remembered, what is requested, and
 * what was granted first.
 *
 * @proves declined-without-effect
 * @split step.answer.kind
 */
export function declinedCallChangesNothing(step: HeapStep, name: BlockName): boolean {
  const { call, answer, contract, dead, requested, first } = step;
  const before = heapBefore(step);
  assume(hasGranule(contract) && isLegal(before, call));
  const verdict = verdictOn(step);
  const isDeclined = answer.kind === "refused" || answer.kind === "rejected";
  if (verdict.kind === "rejected" || !isDeclined) return true;
  const { state } = verdict;
  const isKept = isUnchanged(before.live, state.live, name);
  const isCounted = state.requested === requested && isSameRequest(state.first, first);
  return isKept && isCounted && isRememberedAlike(dead, state.dead, name);
}

/**
 * The usable size of a block, once it is admitted, is what the block reaches over; all else of it, and what
 * is remembered, stays.
 *
 * @proves usable-size
 */
export function usableSizeIsKept(step: HeapStep): boolean {
  const { blocks, call, answer, contract, dead } = step;
  const before = heapBefore(step);
  assume(call.kind === "usableSize" && hasGranule(contract) && isLegal(before, call));
  assume(isAsNow("named", before, call.name));
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected") return true;
  const { live, dead: deadNow } = verdict.state;
  if (answer.kind !== "usable" || !live.has(call.name)) return false;
  const old = blocks.get(call.name);
  const now = live.at(call.name);
  const isInPlace = now.start === old.start && now.name === old.name;
  const isAsAsked = now.size === old.size && now.align === old.align;
  const isKept = isRememberedAlike(dead, deadNow, call.name);
  return now.reach === answer.bytes && isInPlace && isAsAsked && isKept;
}

/**
 * What is requested changes by the block that the call names, and by nothing else: what it asked for before
 * no longer counts, what it asks for now does. What an allocator counts, if anybody saw it, is this number.
 *
 * @proves accounting-exact
 * @split step.call.kind
 */
export function requestedIsWhatLiveBlocksAskFor(step: HeapStep): boolean {
  const { call, contract, seen } = step;
  const before = heapBefore(step);
  assume(hasGranule(contract) && isLegal(before, call));
  assume(isAsNow("named", before, call.name));
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected") return true;
  const { live, requested } = verdict.state;
  const gone = sizeUnder(before.live, call.name);
  const come = sizeUnder(live, call.name);
  const isCounted = seen.used === "unseen" || seen.used === requested;
  return requested === step.requested - gone + come && isCounted;
}

/** The bytes that the block `name` asked for, none if it is not live. */
function sizeUnder(live: LiveBlocks, name: BlockName): number {
  return live.has(name) ? live.at(name).size : 0;
}

/**
 * The first request that is granted is kept, with its size and alignment, and no later one takes its place.
 *
 * @proves reclaims-everything
 * @split step.call.kind
 */
export function firstGrantIsKept(step: HeapStep): boolean {
  const { call, answer, contract, first } = step;
  assume(hasGranule(contract) && isLegal(heapBefore(step), call));
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected") return true;
  const { live, first: firstNow } = verdict.state;
  if (first !== undefined) return isSameRequest(firstNow, first);
  return isSameRequest(firstNow, answer.kind === "placed" ? live.at(call.name) : undefined);
}

/**
 * Even where no rule is asked, a block is ended by a free of it that is answered as done, and by nothing else:
 * misuse that is let pass, or a free that is declined, leaves every block as it was.
 *
 * @proves judge, dealloc
 * @split step.call.kind
 */
export function onlyAFreeEndsABlock(step: HeapStep, name: BlockName): boolean {
  const { call, answer, seen, dead } = step;
  const before = heapBefore(step);
  assume(isLegal(before, call));
  assume(answer.kind !== "placed" && answer.kind !== "usable");
  const verdict = judge(before, call, answer, seen, DEAF, []);
  if (verdict.kind === "rejected") return false;
  const { state } = verdict;
  if (call.kind === "dealloc" && answer.kind === "released") {
    const { name: own } = before.live.at(call.name);
    return !state.live.has(own) && state.dead.has(own);
  }
  return isUnchanged(before.live, state.live, name) && isRememberedAlike(dead, state.dead, name);
}

/**
 * What an allocator promises, and the memory that it may hand out, are after every step what they were before.
 *
 * @proves judge
 * @split step.call.kind
 */
export function promisesAndExtentStay(step: HeapStep, misuse: Misuse, part: Range): boolean {
  const { call, contract: old, extent } = step;
  assume(hasGranule(old) && isLegal(heapBefore(step), call));
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected") return true;
  const { contract: now, extent: extentNow } = verdict.state;
  const areAligned =
    now.alignMax === old.alignMax &&
    now.alignDefault === old.alignDefault &&
    now.alignBySize === old.alignBySize;
  const areResized = now.reallocKeepsAlign === old.reallocKeepsAlign;
  const areEmpty = now.zeroSize === old.zeroSize && now.reclaims === old.reclaims;
  const areEnough =
    now.availability?.overhead === old.availability?.overhead &&
    now.availability?.granule === old.availability?.granule &&
    now.availability?.minimum === old.availability?.minimum;
  const areRejected = now.rejects.includes(misuse) === old.rejects.includes(misuse);
  const isThere = now.extentKnown === old.extentKnown;
  const isPart = (each: Range): boolean => each.start === part.start && each.size === part.size;
  const isSamePart = extentNow.some(isPart) === extent.some(isPart);
  return areAligned && areResized && areEmpty && areEnough && areRejected && isThere && isSamePart;
}
