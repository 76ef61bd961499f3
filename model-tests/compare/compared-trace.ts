/**
 * A trace that two subjects are compared on: calls that do not depend on either of them.
 *
 * Generated ones are drawn with an eye on a heap of ours that is neither, and only what that heap granted is
 * kept; so both subjects are asked the same, and both have room for it.
 */
import { type TraceCall, type TraceConfig, traceCall } from "#spec";
import { Session } from "../conformance/session.ts";
import { CallGenerator } from "../generate/call-generator.ts";
import { RandomChoices } from "../generate/choices.ts";
import { planRun } from "../generate/run-plan.ts";
import type { Promises, Subject } from "../subject/subject.ts";
import { PlainHeap } from "../toys/plain-heap.ts";

export interface ComparedTrace {
  /** How it is told of: `run 3`, or the name of a file. */
  readonly name: string;
  /** Of a file, only so many calls are made: a slow allocator would take hours for all of them. */
  readonly source:
    | { readonly kind: "calls"; readonly config: TraceConfig; readonly calls: readonly TraceCall[] }
    | { readonly kind: "file"; readonly path: string; readonly first: number };
}

const DRAWN_BYTES = 65_536;
/** Far more than is ever asked for at a time: no subject has a reason to refuse. */
const MEMORY_BYTES = 16 * DRAWN_BYTES;
const SIZE_MAX = 16_384;

const PROMISES: Promises = { alignDefault: 8, alignMax: 64 };

/** Trace number `run` of `seed`, of up to `count` calls on `cores` cores. */
export async function generatedTrace(
  seed: number,
  run: number,
  count: number,
  cores: number,
): Promise<ComparedTrace> {
  const choices = new RandomChoices(seed, run);
  const limits = { calls: count, memoryBytes: DRAWN_BYTES, sizeLimit: SIZE_MAX };
  const plan = { ...planRun(choices, PROMISES, limits), calls: count };
  const session = await Session.open(drawingHeap, { memoryBytes: DRAWN_BYTES, cores });
  const generator = new CallGenerator(choices, plan, PROMISES, session.heaps, cores);
  const calls: TraceCall[] = [];
  const { tally } = session;
  for (let call = generator.next(); call !== undefined; call = generator.next()) {
    const { refused } = tally.calls;
    await session.step(call);
    if (tally.calls.refused === refused) calls.push(call);
    else generator.refused(call.size);
  }
  await session.close();
  // A system is compared before its switch and after it; whoever has none skips that.
  if (cores > 1) calls.splice(Math.floor(calls.length / 4), 0, traceCall({ kind: "switch" }));
  const config = { memoryBytes: MEMORY_BYTES, cores };
  return { name: `run ${run}`, source: { kind: "calls", config, calls } };
}

const drawingHeap: Subject = {
  name: "drawing-heap",
  promises: PROMISES,
  create: ({ memoryBytes }) => {
    const { alloc, allocZeroed, dealloc, realloc, extent } = new PlainHeap(memoryBytes).instance();
    return {
      alloc,
      dealloc,
      ...(allocZeroed && { allocZeroed }),
      ...(realloc && { realloc }),
      ...(extent && { extent }),
    };
  },
};
