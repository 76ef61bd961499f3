/** Which calls may be made: exactly these, of every heap. */
import { type Block, isLegal } from "#spec";
import type { Address } from "#units";
import { assume } from "../assume.ts";
import { type HeapStep, heapBefore } from "./heap-step.ts";

/**
 * A block may be asked for under a name that is not live, at an alignment of at most the largest that is
 * promised; nothing else is demanded.
 *
 * @proves is-legal, alloc
 */
export function newNamesMayBeAskedFor(step: HeapStep): boolean {
  const { call, blocks, contract } = step;
  assume(call.kind === "alloc" || call.kind === "allocZeroed");
  const isTooStrict = contract.alignMax < call.align;
  const isLive = blocks.has(call.name);
  return isLegal(heapBefore(step), call) !== (isTooStrict || isLive);
}

/**
 * A live block may always be freed; one with bytes may be resized to some bytes, and its usable size asked for;
 * a block that is not live may not be named.
 *
 * @proves is-legal, dealloc, realloc, usable-size
 */
export function liveBlocksMayBeNamed(step: HeapStep): boolean {
  const { call, blocks } = step;
  assume(call.kind === "dealloc" || call.kind === "realloc" || call.kind === "usableSize");
  const mayBeCalled = isLegal(heapBefore(step), call);
  if (!blocks.has(call.name)) return !mayBeCalled;
  if (call.kind === "dealloc") return mayBeCalled;
  const hasBytes = blocks.get(call.name).size !== 0;
  const isToNothing = call.kind === "realloc" && call.size === 0;
  return mayBeCalled === (hasBytes && !isToNothing);
}

/**
 * Misuse may be tried only where it is promised to be detected, and only if it is what it is called: a
 * block that was freed, at the address where it started; an address that no live block has; an address
 * inside a live block; or a live block with another size or alignment than its own.
 *
 * @proves is-legal, misuse-rejected
 */
export function promisedMisuseMayBeTried(step: HeapStep): boolean {
  const { call, contract, blocks, dead } = step;
  assume(call.kind === "misuse");
  const { misuse, name, address } = call;
  const mayBeTried = isLegal(heapBefore(step), call);
  if (!contract.rejects.includes(misuse)) return !mayBeTried;
  const isOfSome = blocks.some((block) => hasByte(block, address));
  switch (misuse) {
    case "foreign-pointer":
      return mayBeTried !== isOfSome;
    case "double-free": {
      const isFreed = dead.has(name) && dead.get(name) === address;
      return mayBeTried === (isFreed && !isOfSome);
    }
    case "interior-pointer":
      return mayBeTried === (blocks.has(name) && isInterior(blocks.get(name), address));
    case "wrong-layout": {
      if (!blocks.has(name) || blocks.get(name).start !== address) return !mayBeTried;
      const { size, align } = blocks.get(name);
      return mayBeTried !== (call.size === size && call.align === align);
    }
  }
}

/** Whether the byte at `address` is one of the block's. */
function hasByte({ start, reach }: Block, address: Address): boolean {
  return start <= address && address - start < reach;
}

/** Whether the byte at `address` is one that the block's owner asked for, and not the first. */
function isInterior({ start, size }: Block, address: Address): boolean {
  return start < address && address - start < size;
}
