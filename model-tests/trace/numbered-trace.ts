/** A trace with its blocks named 0, 1, 2 … in the order in which they are first mentioned. */
import type { Trace, TraceCall } from "#spec";
import { type BlockName, blockName } from "#units";

/** The trace that differs from `trace` at most in the names of its blocks. */
export function numberedTrace(trace: Trace): Trace {
  return { ...trace, calls: numberedCalls(trace.calls) };
}

function numberedCalls(calls: readonly TraceCall[]): readonly TraceCall[] {
  const names = new Map<BlockName, BlockName>();
  return calls.map((call) => {
    if (call.name < 0) return call;

    const name = names.get(call.name) ?? blockName(names.size);
    names.set(call.name, name);
    return name === call.name ? call : { ...call, name };
  });
}
