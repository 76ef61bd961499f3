/** One call of one heap and what came of it, in the words that the theorems about a single step share. */
import {
  type Answer,
  type Block,
  type Call,
  type Contract,
  type HeapState,
  judge,
  type LiveBlocks,
  liveBlocks,
  type Observation,
  type Request,
  RULES,
  stepOf,
  type Verdict,
} from "#spec";
import type { FiniteMap } from "#support";
import type { Address, BlockName, ByteCount, Range } from "#units";

/** A heap, a call, the answer to it, and what a witness saw meanwhile. */
export interface HeapStep {
  readonly blocks: FiniteMap<BlockName, Block>;
  readonly dead: FiniteMap<BlockName, Address>;
  readonly contract: Contract;
  readonly extent: readonly Range[];
  readonly requested: ByteCount;
  readonly first: Request | undefined;
  readonly call: Call;
  readonly answer: Answer;
  readonly seen: Observation;
}

/** The heap before the call. */
export function heapBefore(step: HeapStep): HeapState {
  const { blocks, dead, contract, extent, requested, first } = step;
  return { contract, extent, live: liveBlocks(blocks), dead, requested, first };
}

/** What the judge says of the step. */
export function verdictOn(step: HeapStep): Verdict {
  return judge(heapBefore(step), step.call, step.answer, step.seen);
}

/** Whether sizes can be rounded to the granule that is promised. */
export function hasGranule({ availability }: Contract): boolean {
  return availability === undefined || availability.granule >= 1;
}

/** Whether the step breaks the rule that is called `rule`. */
export function breaks(step: HeapStep, rule: string): boolean {
  const asRulesSeeIt = stepOf(heapBefore(step), step.call, step.answer, step.seen);
  return RULES.some(({ name, test }) => name === rule && test(asRulesSeeIt) === "broken");
}

/** Whether the call asks for bytes, so that an address is an answer to it. */
export function asksForBytes({ kind }: Call): boolean {
  switch (kind) {
    case "alloc":
    case "allocZeroed":
    case "realloc":
      return true;
    case "dealloc":
    case "usableSize":
    case "misuse":
      return false;
  }
}

/** The bytes that the call asks for; none if it asks for no block. */
export function sizeAsked(call: Call): number {
  switch (call.kind) {
    case "alloc":
    case "allocZeroed":
    case "realloc":
      return call.size;
    case "dealloc":
    case "usableSize":
    case "misuse":
      return 0;
  }
}

/**
 * The alignment that the call asks for: a block that is resized keeps its own where that is promised, and
 * else asks for none.
 */
export function alignAsked({ blocks, contract, call }: HeapStep): number {
  switch (call.kind) {
    case "alloc":
    case "allocZeroed":
      return call.align;
    case "realloc":
      return contract.reallocKeepsAlign ? blocks.get(call.name).align : 1;
    case "dealloc":
    case "usableSize":
    case "misuse":
      return 1;
  }
}

/** Whether a block is live under `name` in both heaps, the same, or in neither. */
export function isUnchanged(before: LiveBlocks, after: LiveBlocks, name: BlockName): boolean {
  if (!before.has(name) || !after.has(name)) return before.has(name) === after.has(name);
  const old = before.at(name);
  const now = after.at(name);
  const isInPlace = old.name === now.name && old.start === now.start && old.reach === now.reach;
  return isInPlace && old.size === now.size && old.align === now.align;
}

/** Whether it is remembered in both, alike, or in neither where the block `name` started. */
export function isRememberedAlike(
  before: FiniteMap<BlockName, Address>,
  after: FiniteMap<BlockName, Address>,
  name: BlockName,
): boolean {
  if (!before.has(name) || !after.has(name)) return before.has(name) === after.has(name);
  return before.get(name) === after.get(name);
}

/** Whether both are one and the same request, or none. */
export function isSameRequest(one: Request | undefined, other: Request | undefined): boolean {
  if (one === undefined) return other === undefined;
  return other !== undefined && one.size === other.size && one.align === other.align;
}
