/**
 * Makes a run that breaks a rule shorter: calls are left out, in halves, quarters, one by one and two by
 * two; what they led to is acquired at once; then numbers are made smaller, until nothing more helps. Effort is counted in runs, never in seconds.
 */
import { type Chunk, type ChunkCall, type ChunkState, chunksAfter } from "#spec";
import { unitCount, unitNumber } from "#units";
import type { ChunkAllocatorMaker, ChunkRunOptions } from "./chunk-session.ts";
import { HeldIndex } from "./held-index.ts";
import { type ChunkRun, runChunkCalls } from "./run-chunks.ts";

const RUNS_MAX = 5000;

/** The shortest run that was found to break the rule that `start` breaks. */
export function shrinkChunks(
  make: ChunkAllocatorMaker,
  start: ChunkRun,
  options: ChunkRunOptions = {},
): ChunkRun {
  let best = start;
  let runs = 0;
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (const calls of offersFor(best)) {
      if (runs >= RUNS_MAX) return best;
      runs += 1;
      const run = runChunkCalls(make, start.contract, calls, options);
      if (run.broken !== start.broken || weight(run) >= weight(best)) continue;
      best = run;
      isBetter = true;
      break;
    }
  }
  return best;
}

function callsOf({ played }: ChunkRun): readonly ChunkCall[] {
  return played.map(({ call }) => call);
}

/** Fewer calls are better, and of as many, those with smaller numbers. */
function weight(run: ChunkRun): number {
  const numbers = callsOf(run).map((call) => {
    if (call.kind === "split" || call.kind === "merge") return 100;
    if (call.kind !== "acquire") return 0;
    const { request } = call;
    const plainness = request.kind === "any" ? 0 : 1;
    return Math.log2(call.count + 1) + plainness;
  });
  return run.played.length * 1e6 + numbers.reduce((sum, number) => sum + number, 0);
}

function* offersFor(run: ChunkRun): Iterable<readonly ChunkCall[]> {
  const calls = callsOf(run);
  for (let length = Math.ceil(calls.length / 2); length >= 1; length = Math.floor(length / 2)) {
    for (let from = 0; from < calls.length; from += length) {
      yield [...calls.slice(0, from), ...calls.slice(from + length)];
    }
  }
  for (const [one] of calls.entries()) {
    for (const other of calls.keys()) {
      if (one < other) yield calls.filter((_, index) => index !== one && index !== other);
    }
  }
  // What is held at some time may be acquired piece by piece just as well.
  for (const time of [...calls.keys()].reverse()) {
    const held = heldAfter(run, time).map(({ name, first, count }): ChunkCall => {
      return { kind: "acquire", name, request: { kind: "at", first }, count };
    });
    yield [...held, ...calls.slice(time)];
  }
  for (const [index, call] of calls.entries()) {
    for (const plainer of plainerThan(call)) yield calls.with(index, plainer);
  }
}

/** The chunks that are held after the first `count` calls. */
function heldAfter({ contract, played }: ChunkRun, count: number): readonly Chunk[] {
  const index = new HeldIndex();
  const start: ChunkState = { contract, held: index, heldCount: 0 };
  played.slice(0, count).reduce((state, step) => chunksAfter({ state, ...step }), start);
  return index.chunks;
}

function* plainerThan(call: ChunkCall): Iterable<ChunkCall> {
  if (call.kind === "split" || call.kind === "merge") yield { kind: "release", name: call.name };
  if (call.kind !== "acquire") return;
  if (call.request.kind !== "any") yield { ...call, request: { kind: "any" } };
  for (const count of [1, 2, Math.floor(call.count / 2), call.count - 1]) {
    if (count < 0 || count >= call.count) continue;
    yield { ...call, count: unitCount(count) };
    if (call.request.kind !== "at") continue;
    // What ended somewhere may have to end there still.
    const first = unitNumber(call.request.first + call.count - count);
    if (Number.isSafeInteger(first)) {
      yield { ...call, count: unitCount(count), request: { kind: "at", first } };
    }
  }
}
