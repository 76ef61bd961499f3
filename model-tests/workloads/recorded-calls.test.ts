import { expect, test } from "vitest";
import { traceCall } from "#spec";
import type { BlockName } from "#units";
import { RandomChoices } from "../generate/choices.ts";
import { asInAKernel, withSwitch } from "./recorded-calls.ts";

const CALLS = Array.from({ length: 2000 }, (_, index) =>
  traceCall({
    kind: index % 2 === 0 ? "alloc" : "dealloc",
    name: Math.floor(index / 2) as BlockName,
    size: index % 2 === 0 ? 100 : 0,
    align: index % 2 === 0 ? 16 : 1,
  }),
);

test.each([
  [0, 0],
  [0.01, 20],
  [0.5, 1000],
  [1, 2000],
])("a switch at %d of the calls is the call with index %d", (fraction, index) => {
  const calls = withSwitch(CALLS, fraction);

  expect(calls.findIndex(({ kind }) => kind === "switch")).toBe(index);
  expect(calls.filter(({ kind }) => kind !== "switch")).toEqual(CALLS);
});

test("calls as in a kernel ask for every alignment, for no bytes, and for eight times as many", () => {
  const calls = asInAKernel(CALLS, new RandomChoices(3)).filter(({ kind }) => kind === "alloc");

  const aligns = new Set(calls.map(({ align }) => align));
  const sizes = new Set(calls.map(({ size }) => size));

  expect([...aligns].toSorted((one, other) => one - other)).toEqual([8, 16, 64, 4096, 16_384]);
  expect([...sizes].toSorted((one, other) => one - other)).toEqual([0, 800]);
});
