/** From a call of a trace to a call of the specification, on the heap that it is about. */
import type { Call, TraceCall } from "#spec";
import type { Address, Alignment, ByteCount } from "#units";
import type { Heap } from "./heap.ts";
import type { Tally } from "./tally.ts";

/** The call of the specification, or undefined if its block has no layout to name. */
export function specCall(heap: Heap, call: TraceCall, tally: Tally): Call | undefined {
  const { contract } = heap.state;
  const { kind, name, misuse, size } = call;
  if (misuse === "foreign-heap" || kind === "switch" || kind === "close") return undefined;
  let align = call.align as Alignment;
  if (misuse !== "none") {
    const layout = misuse === "foreign-pointer" ? call : heap.layoutOf(name);
    if (layout === undefined) return undefined;
    const start = "start" in layout ? layout.start : call.address;
    const address = (misuse === "interior-pointer" ? start + call.offset : start) as Address;
    const claimed = misuse === "wrong-layout" ? call : layout;
    align = claimed.align as Alignment;
    return { kind: "misuse", misuse, name, address, size: claimed.size as ByteCount, align };
  }
  if (kind === "usableSize" && heap.instance.usableSize === undefined) return undefined;
  if (align > contract.alignMax) {
    align = contract.alignMax;
    tally.calls.lowered += 1;
  }
  const isZeroed = kind === "allocZeroed" && heap.instance.allocZeroed !== undefined;
  const actual = kind === "allocZeroed" && !isZeroed ? "alloc" : kind;
  return { kind: actual, name, size: size as ByteCount, align };
}
