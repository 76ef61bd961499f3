/** What is read from bytes is judged as the specification judges what is read from texts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Call,
  type HeapState,
  judge,
  liveBlocks,
  NOTHING_SEEN,
  RULES,
  type Rule,
} from "#spec";
import { DEAF, finiteMap } from "#support";
import { bytes } from "#units";
import { contractOf } from "../subject/contract.ts";
import { LogReader } from "../trace/log-reader.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import type { TraceRecord } from "../trace/record-reader.ts";
import { TraceReader } from "../trace/trace-reader.ts";
import { validate } from "./validate.ts";

const HEADER = '{"t":"trace","v":1,"config":{"cores":2,"memoryBytes":4096}}';
const LOG = "# heap-log 1 program=x peak-live-bytes=4096";
const PROMISES = { alignDefault: 8, zeroSize: "block" } as const;
const OF_LOGS = ["block-aligned", "live-blocks-disjoint", "zero-size-as-promised"];
const OF_TRACES = [
  ...OF_LOGS,
  "call-terminates",
  "call-returns",
  "answer-fits-call",
  "usable-size-honest",
  "live-block-freeable",
];

let folder = "";
let files = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-agree-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Reads every line as a text, and judges with the specification's own maps. */
function naively(lines: readonly string[]): string {
  const isTrace = lines[0] === HEADER;
  const reader = isTrace ? new TraceReader(1024) : new LogReader(1);
  const names = isTrace ? OF_TRACES : OF_LOGS;
  const rules = RULES.filter(({ name }) => names.includes(name));
  let state = emptyHeap();
  let asked: { readonly call: Call; readonly line: number; readonly at: number } | undefined;
  let [at, judged] = [-1, 0];
  try {
    for (const [index, text] of lines.entries()) {
      const read = reader.read(text, index + 1, false) ?? [];
      for (const record of "kind" in read ? [read] : read) {
        if (record.kind === "call") {
          at += 1;
          const call = callOf(state, record);
          asked = call === undefined ? undefined : { call, line: index + 1, at };
        }
        if (record.kind !== "answer" || asked === undefined) continue;
        if (record.answer.kind === "switched") continue;
        judged += 1;
        const verdict = judge(state, asked.call, record.answer, NOTHING_SEEN, DEAF, rules);
        if (verdict.kind === "rejected") return told(verdict.rule, asked.at, asked.line, judged);
        state = verdict.state;
        asked = undefined;
      }
    }
  } catch (error) {
    if (error instanceof MalformedTrace) return error.message;
    throw error;
  }
  return told(undefined, 0, 0, judged);
}

function emptyHeap(): HeapState {
  const live = liveBlocks(finiteMap());
  const contract = contractOf(PROMISES, false);
  return { contract, extent: [], live, dead: finiteMap(), requested: bytes(0), first: undefined };
}

function callOf(
  { live }: HeapState,
  record: TraceRecord & { readonly kind: "call" },
): Call | undefined {
  const { kind, name, size, align, misuse } = record.call;
  if (misuse !== "none" || kind === "switch" || kind === "close") return undefined;
  if (kind === "alloc" || kind === "allocZeroed") return { kind, name, size, align } as Call;
  if (!live.has(name)) return undefined;
  return kind === "realloc" ? ({ kind, name, size } as Call) : { kind, name };
}

function told(rule: Rule | undefined, at: number, line: number, judged: number): string {
  return `${rule?.name ?? "none"} by call ${at} in line ${line}, ${judged} judged`;
}

async function fromBytes(lines: readonly string[]): Promise<string> {
  const log = join(folder, `${files++ % 4}.log`);
  writeFileSync(log, `${lines.join("\n")}\n`);
  try {
    const report = await validate({ log, directory: folder, promises: PROMISES });
    const { violation, calls } = report;
    const rule = RULES.find(({ name }) => name === violation?.rule);
    return told(rule, violation?.at ?? 0, violation?.line ?? 0, calls.judged);
  } catch (error) {
    if (error instanceof MalformedTrace) return error.message;
    throw error;
  }
}

/** Mostly right: addresses are far apart, and few lines are strange. */
const event = fc.record({
  kind: fc.nat(9),
  block: fc.nat(30),
  size: fc.nat(40),
  align: fc.constantFrom(1, 8, 8, 8, 16),
  spot: fc.nat(24),
  shift: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 8),
  thread: fc.constantFrom(1, 1, 1, 2),
  style: fc.nat(60),
});

type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

const STRANGE_LINES: readonly string[] = [
  "what?",
  "",
  '{"t":"note","text":"nothing"}',
  '{"t":"call","call":"switch"}',
  '{"t":"call","call":"dealloc","ref":"b1","misuse":"double-free"}',
  '{"t":"call","call":"alloc","id":"b1","size":1.5,"align":1}',
  '{"t":"answer","placed":"0x40","released":true}',
  "f 40",
  "a 40 8 3 1",
];

function addressOf({ spot, shift }: Event): string {
  return (64 * (spot + 1) + shift).toString(16);
}

/** The text of a log of the recorder for `events`. */
function logLines(events: readonly Event[]): readonly string[] {
  return events.flatMap((each) => {
    const { kind, size, align, thread, style } = each;
    if (style === 60) return [STRANGE_LINES[each.block % STRANGE_LINES.length] as string];
    const at = addressOf(each);
    if (kind < 4)
      return [`${kind === 0 ? "z" : "a"} ${size === 39 ? 0 : at} ${size} ${align} ${thread}`];
    if (kind < 8) return [`f ${at} ${thread}`];
    return kind === 8 ? [`b ${at} ${size + 1} ${thread}`] : [`e ${at} ${thread}`];
  });
}

/** The text of a trace for `events`: as it is written, or as somebody else may write the same. */
function traceLines(events: readonly Event[]): readonly string[] {
  return events.flatMap((each) => {
    if (each.style === 60) return [STRANGE_LINES[each.block % STRANGE_LINES.length] as string];
    const [call, answer] = recordsOf(each);
    const lines = [call, answer].map((record) => JSON.stringify(record));
    if (each.style === 0) return lines.map((line) => line.replaceAll(":", " : ").concat(" \r"));
    if (each.style === 1) return [call, answer].map((record) => backwards(record));
    if (each.style === 2) return lines.map((line) => line.replace('"b', '"\\u0062'));
    if (each.style === 3) return lines.map((line) => line.replace("}", ',"more":[1]}'));
    if (each.style === 4) return lines.slice(0, 1);
    return lines;
  });
}

type Fields = Readonly<Record<string, unknown>>;

function recordsOf(each: Event): readonly [Fields, Fields] {
  const { kind, block, size, align, thread, style } = each;
  const [t, id] = ["call", style === 5 ? `block number ${block}` : `b${block}`];
  const core = thread === 2 ? { core: 1, entity: 2 } : {};
  const placed = { t: "answer", placed: `0x${addressOf(each)}` };
  if (kind < 4) {
    const call = kind === 0 ? "allocZeroed" : "alloc";
    const refused = { t: "answer", refused: true };
    return [{ t, ...core, call, id, size, align }, size === 39 ? refused : placed];
  }
  if (kind < 7)
    return [
      { t, ...core, call: "dealloc", ref: id },
      { t: "answer", released: true },
    ];
  if (kind === 7)
    return [
      { t, call: "usableSize", ref: id },
      { t: "answer", usable: size + 30 },
    ];
  if (kind === 8) return [{ t, call: "realloc", ref: id, size: size + 1 }, placed];
  return [{ t, call: "dealloc", ref: id }, style < 50 ? { t: "answer", released: true } : placed];
}

function backwards(record: Fields): string {
  return JSON.stringify(Object.fromEntries(Object.entries(record).reverse()));
}

/** Gives every block that is asked for an id of its own, and lets the others refer to those that were given. */
function withIds(events: readonly Event[]): readonly Event[] {
  let asked = 0;
  return events.map((each) => {
    if (each.kind < 4) return { ...each, block: asked++ };
    return { ...each, block: asked === 0 ? 0 : Math.max(0, asked - 1 - (each.block % 6)) };
  });
}

test.each([
  ["a log of the recorder", (events: readonly Event[]) => [LOG, ...logLines(events)]],
  ["a trace", (events: readonly Event[]) => [HEADER, ...traceLines(withIds(events))]],
] as const)("%s has the same verdict, rule, call and line", async (_, write) => {
  const verdicts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 40 }), async (events) => {
      const lines = write(events);
      const expected = naively(lines);

      const found = await fromBytes(lines);
      // Of a trace without a single answer nothing is judged, which only the file as a whole can say.
      if (found.includes("has no answers")) return;
      expect(found).toBe(expected);
      const kind = expected.replace(/(line \d+: )?(\S+).*/s, "$2");
      verdicts.set(kind, (verdicts.get(kind) ?? 0) + 1);
    }),
    { seed: 7, numRuns: 600 },
  );

  for (const kind of ["none", "block-aligned", "live-blocks-disjoint"]) {
    expect([kind, verdicts.get(kind) ?? 0]).toEqual([kind, expect.toSatisfy((runs) => runs > 20)]);
  }
});
