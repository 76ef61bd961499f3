/**
 * Judges a recorded log of pages or frames, step by step, and goes on behind a rejection: in the state
 * that the original is in, which holds what it has given out. Where two chunks have a unit in common, or
 * a call did not return, nothing that follows means anything, and the log ends there.
 */
import {
  type ChunkContract,
  type ChunkState,
  chunksAfter,
  isLegalChunkCall,
  judgeChunks,
  windowOf,
} from "#spec";
import { assert } from "#support";
import { unitCount } from "#units";
import { HeldIndex } from "../chunks/held-index.ts";
import type { ChunkLog, ChunkLogStep } from "./chunk-log.ts";

export interface Rejection extends ChunkLogStep {
  readonly step: number; // counted from 1
  readonly rule: string;
  /** Whether one unit more than was asked for could have been had as well. */
  readonly isRoomier: boolean;
}

export interface ChunkReplay {
  readonly admittedCount: number;
  readonly rejections: readonly Rejection[];
}

const FINAL = ["held-chunks-disjoint", "chunk-call-returns"];

/** Judges `log` by its own contract, or by another. */
export function replayChunks(
  { steps, contract: own }: ChunkLog,
  contract: ChunkContract = own,
): ChunkReplay {
  let state: ChunkState = { contract, held: new HeldIndex(), heldCount: 0 };
  const rejections: Rejection[] = [];
  let admittedCount = 0;
  for (const [place, each] of steps.entries()) {
    const step = { state, call: each.call, answer: each.answer };
    assert(isLegalChunkCall(state, each.call), "a log has legal calls only");
    const verdict = judgeChunks(step);
    if (verdict.kind === "admitted") {
      admittedCount += 1;
      state = verdict.state;
      continue;
    }
    const rule = verdict.rule.name;
    rejections.push({ ...each, step: place + 1, rule, isRoomier: isRoomier(state, each) });
    if (FINAL.includes(rule)) break;
    state = chunksAfter(step);
  }
  return { admittedCount, rejections };
}

function isRoomier({ contract, held }: ChunkState, { call }: ChunkLogStep): boolean {
  if (call.kind !== "acquire") return false;
  const more = unitCount(call.count + 1);
  return held.hasRoom(contract, "unreserved", windowOf(call.request, call.count), more);
}
