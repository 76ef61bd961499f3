/**
 * Judges a recorded log, step by step.
 *
 * A free that breaks the contract is judged where the contract promises to detect it. Where it does
 * not, the caller alone is to blame: the step itself is not judged, and what the allocator makes of
 * it is seen in its next answers. A block that was freed with a wrong layout is given up by its
 * owner all the same.
 */
import { type Answer, type Call, type HeapState, isLegal, judge, NOTHING_SEEN } from "#spec";
import { assert, type FiniteMap, finiteMap } from "#support";
import { type Address, address, type BlockName, bytes } from "#units";
import type { GoldenLog } from "./golden-log.ts";
import { sortedLiveBlocks } from "./sorted-live-blocks.ts";

export type Replay =
  | { readonly kind: "admitted"; readonly callCount: number; readonly statCount: number }
  | { readonly kind: "rejected"; readonly step: number; readonly rule: string };

/** Judges `log` by `contract`; steps count from 1. */
export function replay(log: GoldenLog, contract: HeapState["contract"]): Replay {
  let state = initialState(log.heapSize, contract);
  let taken = 0;
  let statCount = 0;
  for (const [index, step] of log.steps.entries()) {
    if (step.kind === "stat") {
      assert(step.used === taken, "the bytes in use are those of the live blocks, rounded up");
      assert(step.used + step.free === log.heapSize, "no byte is lost");
      statCount++;
      continue;
    }
    const call = judgedCall(state, step.call);
    if (call === undefined) continue;
    const before = call.kind === "dealloc" ? state.live.at(call.name).size : undefined;
    const verdict = judge(state, call, step.answer, NOTHING_SEEN);
    if (verdict.kind === "rejected") {
      return { kind: "rejected", step: index + 1, rule: verdict.rule.name };
    }
    state = verdict.state;
    taken += takenBy(call, step.answer, before);
  }
  return { kind: "admitted", callCount: log.steps.length - statCount, statCount };
}

/** What of `call` is judged: itself, a plain free in its place, or nothing. */
function judgedCall(state: HeapState, call: Call): Call | undefined {
  if (isLegal(state, call)) return call;
  assert(call.kind === "misuse", "only misuse is illegal in a log");
  return call.misuse === "wrong-layout" ? { kind: "dealloc", name: call.name } : undefined;
}

/** What a hole list has less of free bytes after the call: a block's size, rounded up. */
function takenBy(call: Call, answer: Answer, freed: number | undefined): number {
  if (answer.kind === "placed" && call.kind === "alloc") return rounded(call.size);
  return freed === undefined ? 0 : -rounded(freed);
}

function rounded(size: number): number {
  return Math.max(16, Math.ceil(size / 8) * 8);
}

function initialState(heapSize: number, contract: HeapState["contract"]): HeapState {
  const remembersDead = contract.rejects.includes("double-free");
  return {
    contract,
    extent: [{ start: address(0), size: bytes(heapSize) }],
    live: sortedLiveBlocks(),
    dead: remembersDead ? finiteMap() : forgetful(),
    requested: bytes(0),
    first: undefined,
  };
}

/** A map that stays empty: nobody asks where blocks died unless double frees are judged. */
function forgetful(): FiniteMap<BlockName, Address> {
  const map: FiniteMap<BlockName, Address> = { ...finiteMap(), with: () => map };
  return map;
}
