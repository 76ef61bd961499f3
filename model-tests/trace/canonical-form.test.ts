import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Trace, type TraceCall, traceCall } from "#spec";
import { blockName } from "#units";
import { arbitraryTrace } from "./arbitrary-trace.ts";
import { canonicalForm, traceName } from "./canonical-form.ts";
import { formatTrace } from "./format-trace.ts";
import { parseTrace } from "./parse-trace.ts";

const PAIR: Trace = {
  version: 1,
  config: { memoryBytes: 4_096, cores: 2 },
  calls: [
    traceCall({ kind: "alloc", name: blockName(7), size: 64, align: 16 }),
    traceCall({ kind: "dealloc", name: blockName(7), core: 1 }),
  ],
  schedule: [0, 1],
};

test("the canonical form is the calls under sorted keys", () => {
  expect(canonicalForm(PAIR)).toBe(
    [
      '{"config":{"cores":2,"memoryBytes":4096},"t":"trace","v":1}',
      '{"align":16,"call":"alloc","id":"a","size":64,"t":"call"}',
      '{"call":"dealloc","core":1,"ref":"a","t":"call"}',
      '{"order":[0,1],"t":"schedule"}',
      "",
    ].join("\n"),
  );
});

test("the name of a trace is the SHA-256 of its canonical form", () => {
  expect(traceName(PAIR)).toBe("a0b8b9f1911a96c91f869f8e1936b5a6ceb78235194dec2a8d1e12803ae67679");
});

property.prop([arbitraryTrace, fc.nat(100), fc.string()], { seed: 1 })(
  "the name does not depend on the names of blocks, the answers, the subject or the seed",
  (trace, shift, text) => {
    const { answers: _answers, verdict: _verdict, ...rest } = trace;
    const calls = trace.calls.map((call) =>
      call.name < 0 ? call : { ...call, name: blockName(call.name * 3 + shift) },
    );
    const other: Trace = { ...rest, calls, subject: text, seed: "42", rule: text, name: text };

    expect(traceName(other)).toBe(traceName(trace));
  },
);

property.prop([arbitraryTrace], { seed: 2 })("the name survives being written", (trace) => {
  expect(traceName(parseTrace(formatTrace(trace)).trace)).toBe(traceName(trace));
});

property.prop([arbitraryTrace, fc.nat()], { seed: 3, numRuns: 300 })(
  "the name changes with every call that is taken out",
  (trace, pick) => {
    fc.pre(trace.calls.length > 0);
    const index = pick % trace.calls.length;
    const calls = trace.calls.filter((_, place) => place !== index);

    expect(traceName({ ...trace, calls })).not.toBe(traceName(trace));
  },
);

const CHANGES: readonly (readonly [string, Partial<TraceCall>])[] = [
  ["size", { size: 65 }],
  ["alignment", { align: 8 }],
  ["core", { core: 1 }],
  ["entity", { entity: 1 }],
  ["instance", { instance: 1 }],
  ["kind", { kind: "allocZeroed" }],
];

test.each(CHANGES)("the name changes with the %s of a call", (_what, change) => {
  const calls = PAIR.calls.map((call, index) => (index === 0 ? { ...call, ...change } : call));

  expect(traceName({ ...PAIR, calls })).not.toBe(traceName(PAIR));
});

const ABUSES: readonly Partial<TraceCall>[] = [
  { misuse: "double-free" },
  { misuse: "interior-pointer", offset: 8 },
  { misuse: "interior-pointer", offset: 9 },
  { misuse: "foreign-pointer", address: 8 },
  { misuse: "foreign-pointer", address: 9 },
  { misuse: "foreign-pointer", address: 9, name: blockName(-1) },
  { misuse: "wrong-layout", size: 8, align: 8 },
  { misuse: "wrong-layout", size: 8, align: 1 },
  { misuse: "wrong-layout", size: 9, align: 1 },
];

test("the name changes with every part of a misuse", () => {
  const names = ABUSES.map((abuse) => {
    const calls = PAIR.calls.map((call, index) => (index === 1 ? { ...call, ...abuse } : call));
    return traceName({ ...PAIR, calls });
  });

  expect(new Set([...names, traceName(PAIR)]).size).toBe(ABUSES.length + 1);
});

test("the name changes with the configuration and with the schedule", () => {
  const others: readonly Trace[] = [
    PAIR,
    { ...PAIR, config: { ...PAIR.config, cores: 3 } },
    { ...PAIR, config: { ...PAIR.config, memoryBytes: 8_192 } },
    { ...PAIR, schedule: [1, 0] },
    { ...PAIR, schedule: [] },
  ];

  expect(new Set(others.map((trace) => traceName(trace))).size).toBe(others.length);
});
