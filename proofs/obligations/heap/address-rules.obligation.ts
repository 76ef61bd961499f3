/** What the rules about addresses and usable sizes amount to: which are wrong, and that no others are. */
import { isLegal } from "#spec";
import type { Address } from "#units";
import { assume } from "../assume.ts";
import {
  alignAsked,
  asksForBytes,
  breaks,
  type HeapStep,
  heapBefore,
  sizeAsked,
} from "./heap-step.ts";
import { isApartFrom } from "./hole-list-promises.ts";

/**
 * An address is wrong exactly if its bytes are not all in one part of the extent, or beyond the last address where
 * no extent is known; if it is no multiple of what was asked for and what is promised, of the larger, where
 * of what is promised no more counts than what an object of that size can need, if that is promised; or if a
 * block of another name has a byte in common with it. Of a block without bytes it never is.
 *
 * @proves block-in-extent, block-aligned, live-blocks-disjoint
 */
export function addressesAreWrongOnlyThen(step: HeapStep): boolean {
  const { blocks, call, answer, contract } = step;
  assume(isLegal(heapBefore(step), call));
  const isOutside = breaks(step, "block-in-extent");
  const isCrooked = breaks(step, "block-aligned");
  const isShared = breaks(step, "live-blocks-disjoint");
  const least = contract.zeroSize === "block" ? 1 : 0;
  const reach = Math.max(sizeAsked(call), least);
  if (answer.kind !== "placed" || !asksForBytes(call) || reach === 0) {
    return !isOutside && !isCrooked && !isShared;
  }
  const { address } = answer;
  const asked = alignAsked(step);
  const due = promisedTo(sizeAsked(call), contract);
  const coarser = asked < due ? due : asked;
  const isApart = blocks.every(
    (block) => block.name === call.name || isApartFrom(block, address, address + reach),
  );
  const isRight = isWithin(step, address, reach) !== isOutside;
  return isRight && (address % coarser === 0) !== isCrooked && isApart !== isShared;
}

/** The promised alignment of a block of `size` bytes, if no object of so many bytes needs less. */
function promisedTo(size: number, { alignDefault, alignBySize }: HeapStep["contract"]): number {
  if (!alignBySize || alignDefault <= size) return alignDefault;
  if (size < 2) return 1;
  if (size < 4) return 2;
  return size < 8 ? 4 : 8;
}

/** Whether `count` bytes from `start` lie in one part of the extent, or below 2^53 if none is known. */
function isWithin({ contract, extent }: HeapStep, start: Address, count: number): boolean {
  const end = start + count;
  if (!contract.extentKnown) return end < 2 ** 53;
  return !extent.every((part) => start < part.start || part.start + part.size < end);
}

/**
 * A usable size is wrong exactly if it is less than what was asked for, or not all of those bytes lie in the extent,
 * or one of them is another block's.
 *
 * @proves usable-size-honest
 */
export function usableSizesAreWrongOnlyThen(step: HeapStep): boolean {
  const { blocks, call, answer } = step;
  assume(call.kind === "usableSize" && isLegal(heapBefore(step), call));
  const isBroken = breaks(step, "usable-size-honest");
  if (answer.kind !== "usable") return !isBroken;
  const { name, start, size } = blocks.get(call.name);
  const usable = answer.bytes;
  const isApart = blocks.every(
    (block) => block.name === name || isApartFrom(block, start, start + usable),
  );
  return isBroken !== (size <= usable && isWithin(step, start, usable) && isApart);
}
