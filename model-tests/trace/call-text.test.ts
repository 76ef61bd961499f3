import { test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { traceCall } from "#spec";
import { blockName } from "#units";
import { arbitraryTrace } from "./arbitrary-trace.ts";
import { callText } from "./call-text.ts";
import { parseCallText } from "./parse-call-text.ts";

const name = blockName(0);

// biome-ignore format: one call and its text a line.
test.each([
  ["a = alloc 64 align 16", traceCall({ kind: "alloc", name, size: 64, align: 16 })],
  ["a = allocZeroed 0 align 1", traceCall({ kind: "allocZeroed", name })],
  ["a = realloc a 128", traceCall({ kind: "realloc", name, size: 128 })],
  ["dealloc a", traceCall({ kind: "dealloc", name })],
  ["usableSize a", traceCall({ kind: "usableSize", name })],
  ["switch  on core 1", traceCall({ kind: "switch", core: 1 })],
  ["close  on core 1", traceCall({ kind: "close", core: 1 })],
  ["dealloc a  on core 1 entity 2 instance 3", traceCall({ kind: "dealloc", name, core: 1, entity: 2, instance: 3 })],
  ["dealloc a  (double free)", traceCall({ kind: "dealloc", name, misuse: "double-free" })],
  ["dealloc a  (foreign heap)  on core 1", traceCall({ kind: "dealloc", name, misuse: "foreign-heap", core: 1 })],
  ["dealloc a + 8  (interior pointer)  on core 1", traceCall({ kind: "dealloc", name, misuse: "interior-pointer", offset: 8, core: 1 })],
  ["dealloc 0x40  (foreign pointer)", traceCall({ kind: "dealloc", misuse: "foreign-pointer", address: 0x40 })],
  ["dealloc 0x40 for a  (foreign pointer)", traceCall({ kind: "dealloc", name, misuse: "foreign-pointer", address: 0x40 })],
  ["dealloc a as 32 align 8  (wrong layout)", traceCall({ kind: "dealloc", name, misuse: "wrong-layout", size: 32, align: 8 })],
  ["realloc a to 128  (double free)", traceCall({ kind: "realloc", name, misuse: "double-free", size: 128 })],
  ["realloc a as 32 align 8  (wrong layout)", traceCall({ kind: "realloc", name, misuse: "wrong-layout", size: 32, align: 8 })],
] as const)("%j is a call as a reader would retype it", (text, call) => {
  expect(callText(call)).toBe(text);
  expect(parseCallText(text, 1)).toEqual(call);
});

property.prop([arbitraryTrace], { seed: 1, numRuns: 500 })(
  "a call survives being retyped",
  ({ calls }) => {
    expect(calls.map((call) => parseCallText(callText(call), 1))).toEqual(calls);
  },
);

test.each(["", "malloc 8", "a = realloc b 8", "a = alloc 8 align 3", "dealloc a  (leak)", "f a\n"])(
  "%j is no call",
  (text) => {
    expect(() => parseCallText(text, 7)).toThrow("line 7: ");
  },
);
