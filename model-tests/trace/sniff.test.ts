import { expect, test } from "vitest";
import { isGzip, sniff } from "./sniff.ts";

test.each([
  ['{"t":"trace","v":1}', "trace"],
  [' { "v": 1, "t": "trace" }', "trace"],
  ["# heap-calls 1 program=x", "recorded"],
  ["20000", "rep"],
  ["20000 3 6 1", "rep"],
  ["20000 3 6 1 9", undefined],
  ["# something else", undefined],
  ["", undefined],
  ["a 0 64", undefined],
])("%j begins a file of kind %s", (line, format) => {
  expect(sniff(line)).toBe(format);
});

test("gzip is known by its first two bytes", () => {
  expect(isGzip(Uint8Array.of(0x1f, 0x8b, 8))).toBe(true);
  expect(isGzip(Uint8Array.of(0x1f))).toBe(false);
});
