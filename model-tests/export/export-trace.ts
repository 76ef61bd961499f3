/**
 * Writes a trace in another form, and reads it back before anybody gets it: an export that says
 * something else than its trace is a bug of ours, and is not handed out.
 */
import { TRACE_VERSION, type Trace } from "#spec";
import { assert } from "#support";
import type { Range } from "#units";
import { callText } from "../trace/call-text.ts";
import { canonicalForm } from "../trace/canonical-form.ts";
import { formatTrace } from "../trace/format-trace.ts";
import { parseCallText } from "../trace/parse-call-text.ts";
import { parseTrace } from "../trace/parse-trace.ts";
import { quoted } from "../trace/quoted.ts";
import { cText } from "./c-text.ts";
import { itfText } from "./itf-text.ts";
import { repText } from "./rep-text.ts";
import { rustText } from "./rust-text.ts";
import { tableOfCalls } from "./table-of-calls.ts";
import { vitestText } from "./vitest-text.ts";

export const EXPORT_FORMATS = ["text", "json", "vitest", "rep", "itf", "c", "rust"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportedTrace {
  readonly text: string;
  /** What the format could not say, one sentence each. */
  readonly notes: readonly string[];
  /** The whole trace, to go beside a text that could not say all of it. */
  readonly sidecar?: string;
}

export interface ExportOptions {
  /** Of `c`: what the names of the allocator's functions begin with. */
  readonly prefix?: string;
  /** Of `itf`: where the subject may place blocks. */
  readonly extent?: readonly Range[];
}

type Writer = (trace: Trace, options: ExportOptions) => ExportedTrace;

const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  text: textOf,
  json: jsonOf,
  vitest: (trace) => ({ text: vitestText(trace), notes: [] }),
  rep: (trace) => withSidecar(repText(trace), trace),
  itf: (trace, { extent }) => itfText(trace, extent),
  c: (trace, { prefix }) => programOf(cText(trace, prefix), trace),
  rust: (trace) => programOf(rustText(trace), trace),
};

/** Writes `trace` in the form `to`; throws `UnsayableTrace` where that form has no words for it. */
export function exportTrace(
  trace: Trace,
  to: ExportFormat,
  options: ExportOptions = {},
): ExportedTrace {
  return WRITERS[to](trace, options);
}

function textOf(trace: Trace): ExportedTrace {
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
function jsonOf(trace: Trace): ExportedTrace {
  const lines = formatTrace(trace).trimEnd().split("\n");
  const text = `[\n  ${lines.join(",\n  ")}\n]\n`;
  const records: unknown = JSON.parse(text);
  assert(Array.isArray(records), "the exported document is a list");
  const back = records.map((record) => JSON.stringify(record)).join("\n");
  assert(sameCalls(parseTrace(back).trace, trace), "the exported calls are the trace's own");
  return { text, notes: [] };
}

/** A program makes the calls of a trace on one core, for nobody in particular. */
function programOf(program: Omit<ExportedTrace, "sidecar">, trace: Trace): ExportedTrace {
  const calls = trace.calls.map((call) => ({ ...call, core: 0, entity: 0 }));
  const back = { ...trace, calls: tableOfCalls(program.text) };
  assert(sameCalls(back, { ...trace, calls }), "the exported calls are the trace's own");
  return withSidecar(program, trace);
}

function withSidecar(exported: Omit<ExportedTrace, "sidecar">, trace: Trace): ExportedTrace {
  return exported.notes.length === 0 ? exported : { ...exported, sidecar: formatTrace(trace) };
}

function sameCalls(one: Trace, other: Trace): boolean {
  return canonicalForm(one) === canonicalForm({ ...other, version: TRACE_VERSION });
}
