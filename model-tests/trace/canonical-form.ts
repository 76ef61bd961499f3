/**
 * What two traces have in common when they ask the same: one text, whoever wrote them.
 *
 * It holds the version, the configuration, the calls and the schedule. What was answered, which
 * subject was asked, how the blocks are called and where the calls came from do not matter. Keys are
 * sorted, so the order in which a writer happens to list its fields does not matter either.
 */
import { createHash } from "node:crypto";
import type { Trace } from "#spec";
import { callRecord } from "./call-record.ts";
import { nameText } from "./name-text.ts";
import { numberedTrace } from "./numbered-trace.ts";
import type { CallRecord } from "./raw-record.ts";

/** The canonical text of `trace`. */
export function canonicalForm(trace: Trace): string {
  return [...canonicalLines(trace)].join("");
}

/** The name of `trace`: the SHA-256 of its canonical form, as 64 hexadecimal digits. */
export function traceName(trace: Trace): string {
  const hash = createHash("sha256");
  for (const line of canonicalLines(trace)) hash.update(line);
  return hash.digest("hex");
}

function* canonicalLines(trace: Trace): Generator<string> {
  const { version, config, calls, schedule } = numberedTrace(trace);
  yield `${JSON.stringify({ t: "trace", v: version, config }, sortedKeys)}\n`;
  for (const call of calls) {
    const record = callRecord(call, call.name < 0 ? "" : nameText(call.name));
    yield `${JSON.stringify(sortedCall(record))}\n`;
  }
  if (schedule !== undefined) yield `${JSON.stringify({ order: schedule, t: "schedule" })}\n`;
}

/** Lists the fields of `record` in the order of their names; JSON leaves out those it lacks. */
function sortedCall(record: CallRecord): object {
  const { address, align, call, core, entity, id, instance, misuse, offset, ref, size, t } = record;
  return { address, align, call, core, entity, id, instance, misuse, offset, ref, size, t };
}

/** Lists the fields of `value` in the order of their names. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;

  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
