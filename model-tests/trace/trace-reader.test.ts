import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryTrace } from "./arbitrary-trace.ts";
import { sinkOf } from "./calls-sink.ts";
import { formatTrace } from "./format-trace.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import type { TraceRecord } from "./record-reader.ts";
import { TraceReader } from "./trace-reader.ts";

const PAST_MAX = 4;

/** What a reader says of `lines`, and how many it read from their bytes, if it may. */
function said(lines: readonly string[], mayReadBytes: boolean) {
  const reader = new TraceReader(PAST_MAX);
  const records: TraceRecord[] = [];
  const sink = sinkOf(records);
  let [plain, failure] = [0, ""];
  try {
    for (const [index, text] of lines.entries()) {
      const bytes = Buffer.from(` ${text} `);
      const isPlain = mayReadBytes && reader.readBytes(bytes, 1, bytes.length - 1, index + 1, sink);
      if (isPlain) plain += 1;
      else records.push(...withoutExtra(reader.read(text, index + 1, false)));
    }
  } catch (error) {
    if (!(error instanceof MalformedTrace)) throw error;
    failure = error.message;
  }
  return { records, failure, warnings: reader.warnings, plain };
}

/** Calls and answers; nobody who takes them one by one asks for the rest. */
function withoutExtra(record: TraceRecord | undefined): readonly TraceRecord[] {
  if (record?.kind === "call") return [{ kind: "call", call: record.call }];
  return record?.kind === "answer" ? [{ kind: "answer", answer: record.answer }] : [];
}

property.prop([arbitraryTrace, fc.nat(), fc.nat(), fc.nat(127)], { seed: 8, numRuns: 2_000 })(
  "a line says the same whether its bytes are read or its text, also with one byte changed",
  (trace, line, place, byte) => {
    const lines = formatTrace(trace).trimEnd().split("\n");
    const changed = lines.map((text, index) => {
      if (index === 0 || index !== line % (2 * lines.length)) return text;
      const bytes = Buffer.from(text);
      bytes[place % bytes.length] = byte;
      return bytes.toString();
    });

    expect({ ...said(changed, true), plain: 0 }).toEqual(said(changed, false));
  },
);

// biome-ignore format: a table is read by its columns.
test.each([
  [1, '{"t":"call","call":"alloc","id":"a","size":13,"align":1}'],
  [1, '{"align":1,"size":0,"id":"a longer name","call":"allocZeroed","t":"call","core":1,"entity":7}'],
  [1, ' { "t" : "call" , "call":"switch" , "call":"usableSize","ref":"a"}'.replace('"call":"switch" , ', "")],
  [1, '{"t":"call","call":"realloc","ref":"~","size":9007199254740991}\r'],
  [0, '{"t":"call","call":"realloc","ref":"~","size":9007199254740992}'],
  [0, '{"t":"call","call":"realloc","ref":"~","size":013}'],
  [0, '{"t":"call","call":"realloc","ref":"~","size":1e3}'],
  [0, '{"t":"call","call":"realloc","ref":"~","size":-0}'],
  [0, '{"t":"call","call":"alloc","id":"a","size":13,"align":3}'],
  [0, '{"t":"call","call":"alloc","id":"a","size":13}'],
  [0, '{"t":"call","call":"alloc","id":"a","id":"b","size":13,"align":1}'],
  [0, '{"t":"call","call":"alloc","id":"\\u0061","size":13,"align":1}'],
  [0, '{"t":"call","call":"alloc","id":"ä","size":13,"align":1}'],
  [0, '{"t":"call","call":"alloc","id":"","size":13,"align":1}'],
  [0, '{"t":"call","call":"dealloc","ref":"a","core":4096}'],
  [0, '{"t":"call","call":"dealloc","ref":"a","size":1}'],
  [0, '{"t":"call","call":"dealloc","ref":"a"} x'],
  [0, '{"t":"call","call":"dealloc","ref":"a"'],
  [0, '{"t":"call","call":"dealloc","ref":"a",}'],
  [0, '{"t":"call","call":"dealloc","misuse":"double-free","ref":"a"}'],
  [0, '{"t":"note"}'],
  [0, ""],
] as const)("as many as %i line is plain in %s", (plain, text) => {
  const lines = ['{"t":"trace","v":1,"config":{"cores":2,"memoryBytes":4096}}', text];

  expect({ ...said(lines, true), plain: 0 }).toEqual(said(lines, false));
  expect(said(lines, true).plain).toBe(plain);
});
