/** A trace that a format cannot say: which call it is, and why, in one sentence. */
import type { TraceCall } from "#spec";
import { callText } from "../trace/call-text.ts";

export class UnsayableTrace extends Error {
  override readonly name = "UnsayableTrace";
}

/** Throws `UnsayableTrace` of the first of `calls` that `reason` has something to say about. */
export function refuseUnsayable(
  format: string,
  calls: readonly TraceCall[],
  reason: (call: TraceCall, index: number) => string | undefined,
): void {
  for (const [index, call] of calls.entries()) {
    const why = reason(call, index);
    if (why === undefined) continue;
    throw new UnsayableTrace(`as ${format}, call ${index + 1} (${callText(call)}) ${why}`);
  }
}
