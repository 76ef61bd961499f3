/**
 * The calls of a schedule that failed, with the steps in which they began and were answered.
 *
 *     core 0  steps  0 to  4  a = alloc 8  -> V0x0100
 */
import { type Call, type TraceCall, traceCall } from "#spec";
import type { History } from "../interleave/history.ts";
import { callText } from "../trace/call-text.ts";
import { answerText } from "./story-text.ts";

/** One line a call, in the order in which they were answered, and one for what did not go on. */
export function scheduleLines({ operations, order, ending }: History): readonly string[] {
  const width = String(order.length).length;
  const number = (step: number): string => String(step).padStart(width);
  const lines = operations.map(({ core, call, answer, began, ended }) => {
    const text = callText(asTraced(call)).replace(/ align 1$/, "");
    const steps = `steps ${number(began)} to ${number(ended)}`;
    return `  core ${core}  ${steps}  ${text}  -> ${answerText(answer)}`;
  });
  if (ending === "deadlock") return [...lines, "  every other call waits"];
  if (ending === "endless")
    return [...lines, `  no other call has ended after ${order.length} steps`];
  return lines;
}

function asTraced(call: Call): TraceCall {
  return call.kind === "alloc"
    ? traceCall({ kind: "alloc", name: call.name, size: call.size, align: call.align })
    : traceCall({ kind: "dealloc", name: call.name });
}
