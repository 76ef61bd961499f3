/**
 * Writes a trace in another form, and reads it back before anybody gets it: an export that says
 * something else than its trace is a bug of ours, and is not handed out.
 */
import { TRACE_VERSION, type Trace } from "#spec";
import { assert, unreachable } from "#support";
import { callText } from "./call-text.ts";
import { canonicalForm } from "./canonical-form.ts";
import { formatTrace } from "./format-trace.ts";
import { parseCallText } from "./parse-call-text.ts";
import { parseTrace } from "./parse-trace.ts";
import { quoted } from "./quoted.ts";
import { repText } from "./rep-text.ts";
import { vitestText } from "./vitest-text.ts";

export const EXPORT_FORMATS = ["text", "json", "vitest", "rep"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportedTrace {
  readonly text: string;
  /** What the format could not say, one sentence each. */
  readonly notes: readonly string[];
  /** The whole trace, to go beside a text that could not say all of it. */
  readonly sidecar?: string;
}

/** Writes `trace` in the form `to`. */
export function exportTrace(trace: Trace, to: ExportFormat): ExportedTrace {
  switch (to) {
    case "text":
      return exportText(trace);
    case "json":
      return exportJson(trace);
    case "vitest":
      return { text: vitestText(trace), notes: [] };
    case "rep": {
      const { text, notes } = repText(trace);
      return { text, notes, ...(notes.length > 0 && { sidecar: formatTrace(trace) }) };
    }
    default:
      return unreachable(to);
  }
}

function exportText(trace: Trace): ExportedTrace {
  const { calls, config, subject, rule, schedule } = trace;
  const lines = calls.map((call) => callText(call));
  const back = lines.map((line, index) => parseCallText(line, index + 1));
  assert(sameCalls({ ...trace, calls: back }, trace), "the exported calls are the trace's own");

  const head = [`# ${config.memoryBytes} bytes, ${config.cores} cores`];
  if (subject !== undefined) head.push(`# subject ${quoted(subject)}`);
  if (rule !== undefined) head.push(`# breaks ${quoted(rule)}`);
  const notes = schedule === undefined ? [] : ["the schedule is left out"];
  return { text: [...head, ...lines, ""].join("\n"), notes };
}

/** One list of the records that a file has line by line. */
function exportJson(trace: Trace): ExportedTrace {
  const lines = formatTrace(trace).trimEnd().split("\n");
  const text = `[\n  ${lines.join(",\n  ")}\n]\n`;
  const records: unknown = JSON.parse(text);
  assert(Array.isArray(records), "the exported document is a list");
  const back = records.map((record) => JSON.stringify(record)).join("\n");
  assert(sameCalls(parseTrace(back).trace, trace), "the exported calls are the trace's own");
  return { text, notes: [] };
}

function sameCalls(one: Trace, other: Trace): boolean {
  return canonicalForm(one) === canonicalForm({ ...other, version: TRACE_VERSION });
}
