/**
 * Writes one record of a trace as the line that a file has.
 *
 * A field that a call has no use for is not written, and one that is neutral is left out. What the
 * format does not know follows what it knows, so that the first fields of a line are always the same.
 */
import { unreachable } from "#support";
import { answerRecord } from "./answer-record.ts";
import { callRecord } from "./call-record.ts";
import { nameText } from "./name-text.ts";
import type { TraceRecord } from "./record-reader.ts";
import { headerRecord } from "./trace-header.ts";

/** The line of `record`, with its line feed. */
export function recordLine(record: TraceRecord): string {
  const known = knownFields(record);
  const fields = record.extra === undefined ? known : { ...known, ...record.extra };
  return `${JSON.stringify(fields)}\n`;
}

function knownFields(record: TraceRecord): object {
  switch (record.kind) {
    case "header":
      return headerRecord(record.header);
    case "call":
      return callRecord(record.call, record.call.name < 0 ? "" : nameText(record.call.name));
    case "answer":
      return answerRecord(record.answer);
    case "schedule":
      return { t: "schedule", order: record.order };
    case "verdict":
      return { t: "verdict", ...record.verdict };
    default:
      return unreachable(record);
  }
}
