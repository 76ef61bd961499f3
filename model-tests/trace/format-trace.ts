/** Writes a whole trace as JSON Lines: header, calls with their answers, schedule, verdict. */
import type { Trace } from "#spec";
import type { Fields } from "./raw-record.ts";
import { recordLine } from "./record-line.ts";
import type { TraceRecord } from "./record-reader.ts";
import type { TraceExtras } from "./trace-builder.ts";

/** How many moves one record of a schedule holds: a line may not have more than 1 MiB. */
const MOVES_PER_RECORD = 10_000;

/** The text of `trace`, with the fields beyond the format that `extras` holds. */
export function formatTrace(trace: Trace, extras?: TraceExtras): string {
  const lines: string[] = [];
  for (const record of recordsOf(trace, extras)) lines.push(recordLine(record));
  return lines.join("");
}

function* recordsOf(trace: Trace, extras: TraceExtras | undefined): Generator<TraceRecord> {
  const { calls, answers, schedule, verdict } = trace;
  yield { kind: "header", header: trace, ...withExtra(extras?.header) };
  for (const [index, call] of calls.entries()) {
    yield { kind: "call", call, ...withExtra(extras?.calls.get(index)) };

    const answer = answers?.[index];
    if (answer === undefined) continue;
    yield { kind: "answer", answer, ...withExtra(extras?.answers.get(index)) };
  }
  if (schedule !== undefined) {
    let from = 0;
    do {
      const order = schedule.slice(from, from + MOVES_PER_RECORD);
      yield { kind: "schedule", order, ...withExtra(extras?.schedule) };
      from += MOVES_PER_RECORD;
    } while (from < schedule.length);
  }
  if (verdict !== undefined) yield { kind: "verdict", verdict, ...withExtra(extras?.verdict) };
}

function withExtra(extra: Fields | undefined): { readonly extra?: Fields } {
  return extra === undefined ? {} : { extra };
}
