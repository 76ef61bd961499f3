/**
 * Judges a slab log, step by step, by the specification of one heap whose extent is the pages that
 * it was handed.
 *
 * A refusal is the heap's fault where `availability` says so. A free that breaks the contract is
 * judged where the contract promises to detect it; else the caller is to blame, the block with the
 * wrong layout is given up by its owner, and what the heap makes of it is seen in its next answers.
 */
import { type Call, type Contract, type HeapState, isLegal, judge, NOTHING_SEEN } from "#spec";
import { assert, type FiniteMap, finiteMap } from "#support";
import { type Address, address, type BlockName, blockName, bytes, type Range } from "#units";
import type { HeapRecord } from "./heap-records.ts";
import { OBJECT_PAGE_SIZE } from "./original/object-page.ts";
import { slabSteps } from "./slab-log.ts";
import { sortedLiveBlocks } from "./sorted-live-blocks.ts";

export interface SlabVerdicts {
  /** How many calls were judged, and how many pages went in and out. */
  readonly calls: number;
  readonly refills: number;
  readonly retrieves: number;
  /** The calls that were rejected, each with the rule, in order. */
  readonly rejections: readonly SlabRejection[];
}

export interface SlabRejection {
  readonly step: number;
  readonly rule: string;
  readonly call: Call;
}

/** Judges all of `records`; what is rejected is left out, and the next call judged without it. */
export function replaySlab(records: readonly HeapRecord[], contract: Contract): SlabVerdicts {
  let state: HeapState = {
    contract,
    extent: [],
    live: sortedLiveBlocks(),
    dead: contract.rejects.includes("double-free") ? finiteMap() : forgetful(),
    requested: bytes(0),
    first: undefined,
  };
  const counts = { calls: 0, refills: 0, retrieves: 0 };
  const rejections: SlabRejection[] = [];
  for (const [index, step] of slabSteps(records).entries()) {
    if (step.kind === "refill") {
      counts.refills += 1;
      state = { ...state, extent: withPage(state.extent, step.start) };
    } else if (step.kind === "retrieve") {
      counts.retrieves += 1;
      const isFree = !state.live.overlapping(
        address(step.start),
        bytes(OBJECT_PAGE_SIZE),
        blockName(-1),
      );
      assert(isFree, "a page that is handed back holds no live block");
      state = { ...state, extent: withoutPage(state.extent, step.start) };
    } else if (step.kind === "call") {
      const call = judgedCall(state, step.call);
      if (call === undefined) continue;
      counts.calls += 1;
      const verdict = judge(state, call, step.answer, NOTHING_SEEN);
      if (verdict.kind === "admitted") state = verdict.state;
      else rejections.push({ step: index + 1, rule: verdict.rule.name, call });
    }
  }
  return { ...counts, rejections };
}

/** A map that stays empty: nobody asks where blocks died unless double frees are judged. */
function forgetful(): FiniteMap<BlockName, Address> {
  const map: FiniteMap<BlockName, Address> = { ...finiteMap(), with: () => map };
  return map;
}

/** What of `call` is judged: itself, a plain free in its place, or nothing. */
function judgedCall(state: HeapState, call: Call): Call | undefined {
  if (isLegal(state, call)) return call;
  if (call.kind !== "misuse" || call.misuse !== "wrong-layout") return undefined;
  return { kind: "dealloc", name: call.name };
}

function withPage(extent: readonly Range[], start: number): readonly Range[] {
  const page = { start: address(start), size: bytes(OBJECT_PAGE_SIZE) };
  return joined([...extent, page].sort((left, right) => left.start - right.start));
}

function withoutPage(extent: readonly Range[], start: number): readonly Range[] {
  return extent.flatMap((part) => {
    const end = part.start + part.size;
    if (start < part.start || start >= end) return [part];
    const after = start + OBJECT_PAGE_SIZE;
    const pieces = [
      { start: part.start, size: bytes(start - part.start) },
      { start: address(after), size: bytes(end - after) },
    ];
    return pieces.filter(({ size }) => size > 0);
  });
}

function joined(pages: readonly Range[]): readonly Range[] {
  const parts: Range[] = [];
  for (const page of pages) {
    const last = parts.at(-1);
    if (last !== undefined && last.start + last.size === page.start) {
      parts[parts.length - 1] = { start: last.start, size: bytes(last.size + page.size) };
    } else {
      parts.push(page);
    }
  }
  return parts;
}
