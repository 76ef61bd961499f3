import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Trace, traceCall } from "#spec";
import { blockName } from "#units";
import { arbitraryTrace } from "../trace/arbitrary-trace.ts";
import { parseTrace } from "../trace/parse-trace.ts";
import { EXPORT_FORMATS, exportTrace } from "./export-trace.ts";
import { tableOfCalls } from "./table-of-calls.ts";
import { UnsayableTrace } from "./unsayable-trace.ts";

const [a, b] = [blockName(0), blockName(1)];

const TRACE: Trace = {
  version: 1,
  subject: "./mine.ts",
  rule: "misuse-rejected",
  config: { memoryBytes: 4_096, cores: 1 },
  calls: [
    traceCall({ kind: "alloc", name: a, size: 64, align: 16 }),
    traceCall({ kind: "allocZeroed", name: b, size: 8, align: 8 }),
    traceCall({ kind: "realloc", name: a, size: 128 }),
    traceCall({ kind: "dealloc", name: a }),
    traceCall({ kind: "dealloc", name: a, misuse: "double-free" }),
  ],
  verdict: { rejected: "misuse-rejected", at: 4 },
};

property.prop([arbitraryTrace, fc.constantFrom(...EXPORT_FORMATS)], { seed: 1, numRuns: 400 })(
  "every trace can be exported, and is verified on the way, or the first call that cannot is named",
  (trace, format) => {
    try {
      expect(exportTrace(trace, format).text).not.toBe("");
    } catch (error) {
      if (!(error instanceof UnsayableTrace)) throw error;
      expect(["c", "rust", "itf"]).toContain(format);
      expect(error.message).toMatch(
        /^as (c|rust|itf), (call \d+ \(|a trace|.* is no rule|zero-size)/,
      );
    }
  },
);

property.prop([arbitraryTrace, fc.constantFrom("c", "rust")], { seed: 3, numRuns: 200 })(
  "a program makes every call of a trace that one heap can be asked",
  (trace, format) => {
    const { rule: _rule, verdict: _verdict, ...rest } = trace;
    const calls = rest.calls.filter(({ kind, misuse, instance, size, align }) => {
      const isAsking = kind === "alloc" || (kind === "allocZeroed" && align <= 16);
      const isPlain = (isAsking && size > 0) || kind === "realloc" || kind === "dealloc";
      return isPlain && misuse === "none" && instance === 0;
    });
    if (calls.length === 0) return;
    const { text } = exportTrace({ ...rest, calls }, format);

    expect(tableOfCalls(text)).toHaveLength(calls.length);
  },
);

test("as text a trace is its calls, as a reader would retype them", () => {
  expect(exportTrace(TRACE, "text").text).toBe(
    [
      "# 4096 bytes, 1 cores",
      '# subject "./mine.ts"',
      '# breaks "misuse-rejected"',
      "a = alloc 64 align 16",
      "b = allocZeroed 8 align 8",
      "a = realloc a 128",
      "dealloc a",
      "dealloc a  (double free)",
      "",
    ].join("\n"),
  );
});

test("as json a trace is one list of its records", () => {
  const records: unknown = JSON.parse(exportTrace(TRACE, "json").text);

  expect(records).toHaveLength(7);
});

test("as vitest a trace is a test that needs nothing but the package", () => {
  const { text } = exportTrace(TRACE, "vitest");

  expect(
    text,
  ).toBe(`/** Replays one trace of heap calls, and passes once the subject keeps every rule on it. */
import { replay } from "ariadne-heap";
import { expect, test } from "vitest";

const subject = "./mine.ts";

const records = [
  {"t":"trace","v":1,"subject":"./mine.ts","config":{"memoryBytes":4096,"cores":1},"rule":"misuse-rejected"},
  {"t":"call","call":"alloc","id":"a","size":64,"align":16},
  {"t":"call","call":"allocZeroed","id":"b","size":8,"align":8},
  {"t":"call","call":"realloc","ref":"a","size":128},
  {"t":"call","call":"dealloc","ref":"a"},
  {"t":"call","call":"dealloc","ref":"a","misuse":"double-free"},
];

const trace = records.map((record) => JSON.stringify(record)).join("\\n");

test("./mine.ts keeps misuse-rejected", async () => {
  const report = await replay({ trace, subject });

  expect(report.verdict).toBe("passed");
});
`);
});

test("as rep a trace is what the course's driver can be told, and a sidecar has the rest", () => {
  const { text, notes, sidecar } = exportTrace(TRACE, "rep");

  expect(text).toBe("4096\n2\n4\n1\na 0 64\na 1 8\nr 0 128\nf 0\n");
  expect(notes).toEqual([
    "calls whose alignment above 8 is not said: 1",
    "calls whose block is not zeroed: 1",
    "calls left out because they are misuse: 1",
  ]);
  expect(parseTrace(sidecar ?? "").trace).toEqual(TRACE);
});

test("a block that is reallocated gets no id with bit 7", () => {
  const names = Array.from({ length: 300 }, (_, index) => blockName(index));
  const calls = [
    ...names.map((name) => traceCall({ kind: "alloc", name, size: 8, align: 8 })),
    ...names.slice(100).map((name) => traceCall({ kind: "realloc", name, size: 16 })),
  ];
  const { text } = exportTrace({ ...TRACE, calls }, "rep");
  const resized = [...text.matchAll(/^r (\d+) /gm)].map(([, id]) => Number(id));

  expect(resized.length).toBe(200);
  expect(resized.filter((id) => Math.floor(id / 128) % 2 === 1)).toEqual([]);
});
