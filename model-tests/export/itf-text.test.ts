import { test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { type Trace, traceCall } from "#spec";
import { address, blockName, bytes, type Range } from "#units";
import { arbitraryTrace } from "../trace/arbitrary-trace.ts";
import { heapSteps } from "./heap-steps.ts";
import { readItf } from "./itf-reader.ts";
import { itfText } from "./itf-text.ts";
import { itfValue } from "./itf-value.ts";
import { UnsayableTrace } from "./unsayable-trace.ts";

const [a, b] = [blockName(0), blockName(1)];
const EXTENT: readonly Range[] = [{ start: address(64), size: bytes(4096) }];

const TRACE: Trace = {
  version: 1,
  subject: "./mine.ts",
  rule: "live-block-freeable",
  config: { memoryBytes: 4096, cores: 2 },
  calls: [
    traceCall({ kind: "alloc", name: a, size: 64, align: 16 }),
    traceCall({ kind: "realloc", name: a, size: 2 ** 52, core: 1 }),
    traceCall({ kind: "usableSize", name: a }),
    traceCall({ kind: "alloc", name: b, size: 8, align: 8 }),
    traceCall({ kind: "dealloc", misuse: "foreign-pointer", address: 7 }),
    traceCall({ kind: "switch" }),
    traceCall({ kind: "dealloc", name: a }),
  ],
  answers: [
    { kind: "placed", address: address(128) },
    { kind: "placed", address: address(64) },
    { kind: "usable", bytes: bytes(2 ** 52 + 16) },
    { kind: "refused" },
    { kind: "rejected" },
    { kind: "switched" },
    { kind: "refused" },
  ],
  verdict: { rejected: "live-block-freeable", at: 6 },
};

const fields = (state: string) => JSON.parse(state) as Record<string, unknown>;
const statesOf = (text: string) => (JSON.parse(text) as { states: object[] }).states;

test("a file has one state before the first call and one after each, as Quint writes them", () => {
  const { text, notes } = itfText(TRACE, EXTENT);
  const states = statesOf(text).map((state) => JSON.stringify(state));

  expect(notes).toEqual([]);
  expect(states.length).toBe(8);
  expect(states[0]).toContain('"mbt::actionTaken":"init"');
  expect(fields(states[2] ?? "")).toEqual({
    "#meta": { index: 2 },
    live: {
      "#map": [
        [
          "a",
          {
            start: { "#bigint": "64" },
            size: { "#bigint": "4503599627370496" },
            align: { "#bigint": "1" },
            reach: { "#bigint": "4503599627370496" },
          },
        ],
      ],
    },
    requested: { "#bigint": "4503599627370496" },
    extent: { "#set": [{ start: { "#bigint": "64" }, size: { "#bigint": "4096" } }] },
    answer: { tag: "Placed", value: { "#bigint": "64" } },
    verdict: { tag: "Admitted", value: { "#tup": [] } },
    "mbt::actionTaken": "realloc",
    "mbt::nondetPicks": {
      name: { tag: "Some", value: "a" },
      size: { tag: "Some", value: { "#bigint": "4503599627370496" } },
      align: { tag: "None", value: { "#tup": [] } },
      core: { tag: "Some", value: { "#bigint": "1" } },
      entity: { tag: "Some", value: { "#bigint": "0" } },
      misuse: { tag: "None", value: { "#tup": [] } },
      offset: { tag: "None", value: { "#tup": [] } },
      address: { tag: "None", value: { "#tup": [] } },
    },
  });
});

test("what is read back is what was written: calls, answers, blocks, verdict and extent", () => {
  const { steps, extent } = readItf(itfText(TRACE, EXTENT).text);

  expect(steps.slice(1).map(({ call }) => call)).toEqual(TRACE.calls);
  expect(steps.slice(1).map(({ answer }) => answer)).toEqual(TRACE.answers);
  expect(steps.map(({ live }) => live.map(({ start, reach }) => [start, reach]))).toEqual([
    [],
    [[128, 64]],
    [[64, 2 ** 52]],
    [[64, 2 ** 52 + 16]],
    [[64, 2 ** 52 + 16]],
    [[64, 2 ** 52 + 16]],
    [[64, 2 ** 52 + 16]],
    [[64, 2 ** 52 + 16]],
  ]);
  expect(steps.map(({ broken }) => broken)).toEqual([
    ...Array.from({ length: 7 }, () => undefined),
    "live-block-freeable",
  ]);
  expect(extent).toEqual(EXTENT);
});

property.prop([arbitraryTrace], { seed: 2, numRuns: 300 })(
  "the states of any trace that has some come back the same",
  (trace) => {
    const calls = trace.calls.filter(({ instance }) => instance === 0);
    const answers = calls.map(() => ({ kind: "refused" }) as const);
    const { verdict: _verdict, schedule: _schedule, ...rest } = trace;
    const answered = { ...rest, calls: calls.filter(({ kind }) => kind === "alloc"), answers };

    expect(readItf(itfText(answered).text).steps).toEqual(heapSteps(answered).steps);
  },
);

test("every form of a value is decoded by what the format says of it", () => {
  const value = itfValue(
    JSON.parse('{"#map":[[{"#tup":[{"#bigint":"-7"},true]},{"#set":["x",1]}],["k",{"#map":[]}]]}'),
  );

  expect(value).toEqual(
    new Map<unknown, unknown>([
      [
        [-7, true],
        ["x", 1],
      ],
      ["k", new Map()],
    ]),
  );
});

test("a number that no double holds, an unknown answer and a wrong sum are not read", () => {
  const { text } = itfText(TRACE, EXTENT);

  expect(() => itfValue({ "#bigint": "9007199254740993" })).toThrow("a double holds");
  expect(() => readItf(text.replace('"Rejected"', '"Recanted"'))).toThrow("the format has");
  expect(() =>
    readItf(text.replace('"requested":{"#bigint":"64"}', '"requested":{"#bigint":"65"}')),
  ).toThrow("what the live blocks asked for");
  expect(() => readItf(text.replace('"vars": [', '"vars": ["other",'))).toThrow("every variable");
});

test("a call that has no recorded answer is named, and one that nobody makes is left out", () => {
  const { answers = [], verdict: _verdict, ...rest } = TRACE;
  const skipped = traceCall({ kind: "dealloc", name: b });

  expect(() => itfText({ ...rest, answers: answers.slice(0, 2) })).toThrow(
    new UnsayableTrace(
      "as itf, call 3 (usableSize a) has no recorded answer: say with --subject whom to ask",
    ),
  );
  expect(() => itfText(rest)).toThrow("call 1 (a = alloc 64 align 16) has no recorded answer");
  expect(itfText({ ...rest, calls: [skipped] }).notes).toEqual([
    "calls left out because they were skipped: 1",
    "the extent is not said: --subject names whom to ask for it",
  ]);
});

test("a trace of another instance has no state, and nothing follows a rule that was broken", () => {
  const { calls, answers = [], verdict: _verdict, ...rest } = TRACE;
  const elsewhere = calls.map((call) => ({ ...call, instance: 1 }));
  const strange = answers.map(() => ({ kind: "hung" }) as const);

  expect(() => itfText({ ...rest, calls: elsewhere, answers })).toThrow("asks another instance");
  expect(itfText({ ...rest, calls, answers: strange }, EXTENT).notes).toEqual([
    "calls left out because a rule was broken before: 6",
  ]);
});
