/** Who is told the calls of a file one by one, with what they were answered. */
import type { TraceCall } from "#spec";
import type { TraceAnswer } from "./answer-record.ts";
import type { TraceRecord } from "./record-reader.ts";

export interface CallsSink {
  /** Whether enough was told: what follows need not be read. */
  readonly isOver: boolean;
  /** A call that stands in `line`. */
  call(call: TraceCall, line: number): void;
  /** What the last call was answered. */
  answer(answer: TraceAnswer): void;
}

/** Adds what it is told to `records`. */
export function sinkOf(records: TraceRecord[]): CallsSink {
  return {
    isOver: false,
    call: (call) => void records.push({ kind: "call", call }),
    answer: (answer) => void records.push({ kind: "answer", answer }),
  };
}
