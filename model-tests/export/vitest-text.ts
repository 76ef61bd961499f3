/**
 * Writes a trace as a test that needs nothing but the package: it fails while the subject breaks a
 * rule on these calls, and passes once it does not.
 *
 * The records stand in the test as JSON, which every JavaScript reads as itself. What was answered
 * and how it was judged is left out: the test is about what should happen, not about what did.
 */
import type { Trace } from "#spec";
import { assert } from "#support";
import { canonicalForm } from "../trace/canonical-form.ts";
import { formatTrace } from "../trace/format-trace.ts";
import { parseTrace } from "../trace/parse-trace.ts";

const SUBJECT = "combination";
const OPENING = "const records = [\n";
const CLOSING = "\n];\n";

/** The source of a test that replays `trace`. */
export function vitestText(trace: Trace): string {
  const lines = formatTrace(stimulusOf(trace)).trimEnd().split("\n");
  const { subject = SUBJECT, rule = "every rule" } = trace;
  const text = `/** Replays one trace of heap calls, and passes once the subject keeps every rule on it. */
import { replay } from "ariadne-heap";
import { expect, test } from "vitest";

const subject = ${JSON.stringify(subject)};

${OPENING}${lines.map((line) => `  ${line},`).join("\n")}${CLOSING}
const trace = records.map((record) => JSON.stringify(record)).join("\\n");

test(${JSON.stringify(`${trace.name ?? subject} keeps ${rule}`)}, async () => {
  const report = await replay({ trace, subject });

  expect(report.verdict).toBe("passed");
});
`;
  assert(canonicalForm(embedded(text)) === canonicalForm(trace), "the test has the trace's calls");
  return text;
}

function stimulusOf({ answers: _answers, verdict: _verdict, ...stimulus }: Trace): Trace {
  return stimulus;
}

/** The trace that the test `text` replays. */
function embedded(text: string): Trace {
  const start = text.indexOf(OPENING) + OPENING.length;
  const literal = text.slice(start, text.indexOf(CLOSING, start)).replace(/,$/, "");
  const records: unknown = JSON.parse(`[${literal}]`);
  assert(Array.isArray(records), "the records are a list");
  return parseTrace(records.map((record) => JSON.stringify(record)).join("\n")).trace;
}
