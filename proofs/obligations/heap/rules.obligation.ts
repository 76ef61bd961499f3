/** What the rules about answers, refusals and witnesses amount to: when a step breaks it, and that it breaks it then only. */
import { isLegal } from "#spec";
import { roundUp } from "#units";
import { assume } from "../assume.ts";
import {
  alignAsked,
  asksForBytes,
  breaks,
  type HeapStep,
  hasGranule,
  heapBefore,
  sizeAsked,
} from "./heap-step.ts";

/**
 * Each call is owed an answer of its own: an address or a refusal where bytes are asked for, a size where
 * the usable size is, and else that something is gone or declined, as misuse or as a free. A call that hangs or
 * throws has none.
 *
 * @proves answer-fits-call, call-terminates, call-returns
 * @split step.answer.kind
 */
export function answersBelongToTheirCalls(step: HeapStep): boolean {
  const { call, answer } = step;
  assume(isLegal(heapBefore(step), call));
  const isMisfit = breaks(step, "answer-fits-call");
  const isHung = breaks(step, "call-terminates");
  const isThrown = breaks(step, "call-returns");
  switch (answer.kind) {
    case "placed":
      return isMisfit !== asksForBytes(call) && !isHung && !isThrown;
    case "usable":
      return isMisfit !== (call.kind === "usableSize") && !isHung && !isThrown;
    case "released":
      return (
        isMisfit !== (call.kind === "dealloc" || call.kind === "misuse") && !isHung && !isThrown
      );
    case "refused":
      return isMisfit !== (asksForBytes(call) || call.kind === "dealloc") && !isHung && !isThrown;
    case "rejected":
      return isMisfit !== (call.kind === "misuse") && !isHung && !isThrown;
    case "threw":
      return isMisfit && isThrown && !isHung;
    case "hung":
      return isMisfit && isHung && !isThrown;
    case "nonsense":
      return isMisfit && !isHung && !isThrown;
  }
}

/**
 * A request of no bytes must be refused where that is promised. Where an address of its own is promised, it must be
 * placed while nothing was granted yet, unless it asks for more alignment than every block has. Nothing else
 * is demanded of it, and nothing of other calls.
 *
 * @proves zero-size-as-promised
 * @split step.contract.zeroSize
 */
export function noBytesAreAnsweredAsPromised(step: HeapStep): boolean {
  const { call, answer, contract, first } = step;
  assume(isLegal(heapBefore(step), call));
  const isBroken = breaks(step, "zero-size-as-promised");
  if (!asksForBytes(call) || sizeAsked(call) > 0) return !isBroken;
  switch (contract.zeroSize) {
    case "any":
      return !isBroken;
    case "refused":
      return isBroken !== (answer.kind === "refused");
    case "block": {
      const hasExcuse = first !== undefined || contract.alignDefault < alignAsked(step);
      return isBroken !== (hasExcuse || answer.kind === "placed");
    }
  }
}

/**
 * A refusal is unjustified exactly if bytes were asked for, or none where an address of their own is
 * promised; if it is promised how much room is enough; and if so many bytes in a row are free: the larger of
 * the size and the minimum, in whole granules, the overhead, and what an alignment may leave unused.
 *
 * @proves refusal-justified
 * @split step.call.kind
 */
export function refusalsAreUnjustifiedOnlyThen(step: HeapStep): boolean {
  const { call, answer, contract, extent } = step;
  const before = heapBefore(step);
  assume(hasGranule(contract) && isLegal(before, call));
  const isBroken = breaks(step, "refusal-justified");
  if (answer.kind !== "refused" || !asksForBytes(call)) return !isBroken;
  const { availability } = contract;
  const size = sizeAsked(call);
  if (availability === undefined) return !isBroken;
  if (size === 0 && contract.zeroSize !== "block") return !isBroken;
  const { minimum, granule, overhead } = availability;
  const taken = roundUp(Math.max(size, minimum), granule);
  return isBroken === before.live.hasFreeRun(extent, taken + overhead + alignAsked(step) - 1);
}

/**
 * Once no block is live, a heap that promises to reclaim may not decline what it granted first, if that was some
 * bytes; anything else it may.
 *
 * @proves reclaims-everything
 */
export function emptyHeapsGrantTheFirstRequest(step: HeapStep): boolean {
  const { blocks, call, answer, contract, first } = step;
  assume(isLegal(heapBefore(step), call));
  const isBroken = breaks(step, "reclaims-everything");
  const hasBlock = blocks.some(() => true);
  if (!contract.reclaims || hasBlock || first === undefined) return !isBroken;
  const isAgain = asksForBytes(call) && sizeAsked(call) === first.size;
  const isWhole = first.size > 0 && alignAsked(step) === first.align;
  return isBroken === (isAgain && isWhole && answer.kind !== "placed");
}

/**
 * A free of a live block must be answered that it is gone, and misuse that is tried that it is rejected;
 * other calls owe neither.
 *
 * @proves live-block-freeable, misuse-rejected
 * @split step.call.kind
 */
export function freesAndMisuseAreToldApart(step: HeapStep): boolean {
  const { call, answer } = step;
  assume(isLegal(heapBefore(step), call));
  const isHeld = breaks(step, "live-block-freeable");
  const isMissed = breaks(step, "misuse-rejected");
  switch (call.kind) {
    case "dealloc":
      return isHeld !== (answer.kind === "released") && !isMissed;
    case "misuse":
      return isMissed !== (answer.kind === "rejected") && !isHeld;
    case "alloc":
    case "allocZeroed":
    case "realloc":
    case "usableSize":
      return !isHeld && !isMissed;
  }
}

/**
 * What a witness saw breaks a rule exactly if it saw harm: to the bytes of live blocks, with or without an
 * answer that declines; to the bytes that a resized block brings along; to those that were asked to be zero; around
 * the extent; or in another instance. What nobody looked at breaks none.
 *
 * @proves declined-without-effect, payload-intact, realloc-keeps-prefix, zeroed-is-zero, extent-respected, instances-independent
 */
export function harmIsWhatAWitnessSaw(step: HeapStep): boolean {
  const { call, answer, seen } = step;
  assume(isLegal(heapBefore(step), call));
  const isHarmed = seen.payload === "damaged";
  const isDeclined = answer.kind === "refused" || answer.kind === "rejected";
  const isOwn =
    breaks(step, "payload-intact") === isHarmed &&
    breaks(step, "declined-without-effect") === (isHarmed && isDeclined) &&
    breaks(step, "realloc-keeps-prefix") === (seen.prefix === "changed") &&
    breaks(step, "zeroed-is-zero") === (seen.zeroed === "dirty");
  const isOfOthers =
    breaks(step, "extent-respected") === (seen.outside === "touched") &&
    breaks(step, "instances-independent") === (seen.others === "damaged");
  return isOwn && isOfOthers;
}

/**
 * A count of what is in use is wrong exactly if somebody saw it and it is not what was requested before,
 * without the block that is freed or resized, and with the bytes of the one that is placed.
 *
 * @proves accounting-exact
 */
export function countsAreWrongOnlyThen(step: HeapStep): boolean {
  const { blocks, call, answer, requested, seen } = step;
  assume(isLegal(heapBefore(step), call));
  const isBroken = breaks(step, "accounting-exact");
  if (seen.used === "unseen") return !isBroken;
  const isPlaced = asksForBytes(call) && answer.kind === "placed";
  const isFreed = call.kind === "dealloc" && answer.kind === "released";
  const isEnded = isFreed || (call.kind === "realloc" && isPlaced);
  const gone = isEnded ? blocks.get(call.name).size : 0;
  return isBroken !== (seen.used === requested - gone + (isPlaced ? sizeAsked(call) : 0));
}
