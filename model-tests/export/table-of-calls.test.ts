import { expect, test } from "vitest";
import { traceCall } from "#spec";
import { blockName } from "#units";
import { tableOfCalls } from "./table-of-calls.ts";

const ROW = '    {CALL_REALLOC, 2, 16, 1, 0, "c = realloc c 16"},';

test("a row is the call that its numbers and its text say, in C and in Rust", () => {
  const calls = tableOfCalls(
    [
      "static const struct step steps[] = {",
      ROW,
      '    {CALL_ALLOC_ALIGNED, 0, 64, 32, 0, "a = alloc 64 align 32"},',
      '    step(Kind::DoubleFree, 0, 0, 1, 0, "dealloc a  (double free)"),',
      "};",
    ].join("\n"),
  );

  expect(calls).toEqual([
    traceCall({ kind: "realloc", name: blockName(2), size: 16 }),
    traceCall({ kind: "alloc", name: blockName(0), size: 64, align: 32 }),
    traceCall({ kind: "dealloc", name: blockName(0), misuse: "double-free" }),
  ]);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["CALL_REALLOC", "CALL_DEALLOC", "one call twice"],
  ["2, 16, 1, 0",  "3, 16, 1, 0",  "one block twice"],
  ["2, 16, 1, 0",  "2, 17, 1, 0",  "one size twice"],
  ["2, 16, 1, 0",  "2, 16, 2, 0",  "one alignment twice"],
  ["2, 16, 1, 0",  "2, 16, 1, 8",  "one offset twice"],
])("a row whose numbers and text differ is not read: %s as %s", (from, to, claim) => {
  expect(() => tableOfCalls(ROW.replace(from, to))).toThrow(claim);
});
