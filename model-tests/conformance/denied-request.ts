/**
 * What was asked for in vain: a request that was refused though nothing allows that as such.
 *
 * A resizing asks for something only where it asks for more, and no bytes may be refused at any time
 * unless they were promised an address of their own.
 */
import type { Answer, Call, Request } from "#spec";
import type { Alignment } from "#units";
import type { Heap } from "./heap.ts";
import type { Before } from "./observe.ts";

/** The request of `call` that `answer` denies, if it does. */
export function deniedRequest(
  { state: { contract } }: Heap,
  call: Call,
  answer: Answer,
  before: Before,
): Request | undefined {
  if (answer.kind !== "refused") return undefined;
  if (call.kind === "alloc" || call.kind === "allocZeroed") {
    return call.size === 0 && contract.zeroSize !== "block" ? undefined : call;
  }
  if (call.kind !== "realloc" || call.size <= before.size) return undefined;
  const kept = contract.reallocKeepsAlign ? before.entry?.block.align : undefined;
  return { size: call.size, align: kept ?? (1 as Alignment) };
}
