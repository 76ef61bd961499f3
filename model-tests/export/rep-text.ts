/**
 * Writes a trace for the driver of the CS:APP course.
 *
 * It knows three calls, one alignment and blocks that are alive, and takes a request of zero bytes
 * for a failure when it is answered with null. What it cannot be told is left out, and said so.
 *
 * The driver fills a block with the low byte of its id and compares it, after a `realloc`, with a
 * signed character. An id with bit 7 set then looks damaged, so a block that is reallocated gets none:
 *
 *     id        0 … 127   128 … 255        256 … 383   384 …
 *     goes to   anyone    not reallocated  anyone      not reallocated
 */
import { TRACE_VERSION, type Trace, type TraceCall } from "#spec";
import { assert } from "#support";
import type { BlockName } from "#units";
import { isAsking } from "../trace/call-record.ts";
import { canonicalForm } from "../trace/canonical-form.ts";
import { plainCall } from "../trace/plain-call.ts";
import { RepReader } from "../trace/rep-reader.ts";

const ALIGN = 8;
const SIGN_BIT = 128;
/** The driver reads its numbers into 32 bits with a sign. */
const NUMBER_MAX = 2_147_483_647;

/** The text of `trace`, and what it leaves out. */
export function repText(trace: Trace): { readonly text: string; readonly notes: string[] } {
  const notes = new Map<string, number>();
  const note = (what: string) => notes.set(what, (notes.get(what) ?? 0) + 1);
  const calls = sayable(trace.calls, note);
  const ids = idsOf(calls);
  const lines = calls.map((call) => lineOf(call, ids.get(call.name) ?? 0));
  const idCount = [...ids.values()].reduce((count, id) => Math.max(count, id + 1), 0);
  const header = [Math.min(trace.config.memoryBytes, NUMBER_MAX), idCount, calls.length, 1];
  const text = `${[...header, ...lines].join("\n")}\n`;
  assert(saysTheSame(text, calls), "the exported calls are the trace's own");
  return { text, notes: [...notes].map(([what, count]) => `${what}: ${count}`) };
}

function sayable(calls: readonly TraceCall[], note: (what: string) => void): readonly TraceCall[] {
  const live = new Set<BlockName>();
  return calls.flatMap((call): readonly TraceCall[] => {
    const reason = reasonToOmit(call, live);
    if (reason !== undefined) {
      note(`calls left out because ${reason}`);
      return [];
    }
    const { kind, name, size, align } = call;
    if (call.core !== 0 || call.entity !== 0) note("calls whose core or entity is not said");
    if (align > ALIGN) note(`calls whose alignment above ${ALIGN} is not said`);
    if (kind === "allocZeroed") note("calls whose block is not zeroed");
    if (kind === "dealloc") live.delete(name);
    else live.add(name);
    const isNew = isAsking(kind);
    return [
      plainCall(
        isNew ? "alloc" : kind,
        name,
        kind === "dealloc" ? 0 : size,
        isNew ? ALIGN : 1,
        0,
        0,
      ),
    ];
  });
}

function reasonToOmit(call: TraceCall, live: ReadonlySet<BlockName>): string | undefined {
  const { kind, name, size, misuse, instance } = call;
  if (instance !== 0) return "they ask another instance";
  if (misuse !== "none") return "they are misuse";
  if (kind === "switch" || kind === "close" || kind === "usableSize") return `there is no ${kind}`;
  if (kind !== "dealloc" && size === 0) return "they ask for zero bytes";
  if (size > NUMBER_MAX) return "they ask for 2 GiB or more";
  return isAsking(kind) || live.has(name) ? undefined : "their block is not alive";
}

/** Gives each id the first block that can bear it; one that nobody can bear is left out. */
function idsOf(calls: readonly TraceCall[]): ReadonlyMap<BlockName, number> {
  const resized = new Set(calls.filter(({ kind }) => kind === "realloc").map(({ name }) => name));
  const names = new Set(calls.map(({ name }) => name));
  const all = names.values();
  const bearing = [...names].filter((name) => !resized.has(name)).values();
  const ids = new Map<BlockName, number>();
  for (let id = 0; ids.size < names.size; id++) {
    const candidates = Math.floor(id / SIGN_BIT) % 2 === 1 ? bearing : all;
    for (let next = candidates.next(); next.done !== true; next = candidates.next()) {
      if (ids.has(next.value)) continue;
      ids.set(next.value, id);
      break;
    }
  }
  return ids;
}

function lineOf({ kind, size }: TraceCall, id: number): string {
  if (kind === "dealloc") return `f ${id}`;
  return kind === "realloc" ? `r ${id} ${size}` : `a ${id} ${size}`;
}

function saysTheSame(text: string, calls: readonly TraceCall[]): boolean {
  const reader = new RepReader(1);
  const lines = text.trimEnd().split("\n");
  const back: TraceCall[] = [];
  for (const [index, line] of lines.entries()) {
    const record = reader.read(line, index + 1, false);
    if (record?.kind === "call") back.push(record.call);
  }
  reader.end(lines.length);
  const rest = { version: TRACE_VERSION, config: { memoryBytes: 0, cores: 1 } };
  return canonicalForm({ ...rest, calls: back }) === canonicalForm({ ...rest, calls });
}
