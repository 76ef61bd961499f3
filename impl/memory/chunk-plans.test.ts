import { expect, test } from "vitest";
import { type UnitCount, type UnitNumber, unitCount, unitNumber } from "#units";
import { planFit } from "./chunk-fit.ts";
import { planJoining, planTaking } from "./chunk-plans.ts";

const NONE = [0, 0] as const;

type Pair = readonly [number, number];

const run = ([first, count]: Pair): [UnitNumber, UnitCount] => [
  unitNumber(first),
  unitCount(count),
];
const taking = (chunk: Pair, taken: Pair) => planTaking(...run(chunk), ...run(taken));
const joining = (below: Pair, freed: Pair, above: Pair) =>
  planJoining(...run(below), ...run(freed), ...run(above));
const fitIn = (chunk: Pair, [low, high]: Pair, count: number, align: number) =>
  planFit(...run(chunk), unitNumber(low), unitNumber(high), unitCount(count), unitCount(align));

test.each([
  { chunk: [10, 5], taken: [10, 5], left: { before: 0, after: 0 } },
  { chunk: [10, 5], taken: [10, 1], left: { before: 0, after: 4 } },
  { chunk: [10, 5], taken: [14, 1], left: { before: 4, after: 0 } },
  { chunk: [10, 5], taken: [12, 1], left: { before: 2, after: 2 } },
  { chunk: [10, 5], taken: [9, 2], left: undefined },
  { chunk: [10, 5], taken: [14, 2], left: undefined },
] as const)("of $chunk the taking of $taken leaves $left", ({ chunk, taken, left }) => {
  expect(taking(chunk, taken)).toEqual(left);
});

test("units away from any chunk become a chunk of their own", () => {
  const plan = joining([0, 1], [2, 2], [5, 1]);

  expect(plan).toEqual({ first: 2, count: 2, joinsBelow: false, joinsAbove: false });
});

test("units right behind a chunk join it", () => {
  const plan = joining([0, 2], [2, 2], [5, 1]);

  expect(plan).toEqual({ first: 0, count: 4, joinsBelow: true, joinsAbove: false });
});

test("units right before a chunk join it", () => {
  const plan = joining(NONE, [2, 3], [5, 1]);

  expect(plan).toEqual({ first: 2, count: 4, joinsBelow: false, joinsAbove: true });
});

test("units between two chunks make them one", () => {
  const plan = joining([0, 2], [2, 3], [5, 1]);

  expect(plan).toEqual({ first: 0, count: 6, joinsBelow: true, joinsAbove: true });
});

test("units that a chunk has are not freed again", () => {
  expect(joining([0, 3], [2, 1], NONE)).toBe(undefined);
  expect(joining(NONE, [2, 2], [3, 1])).toBe(undefined);
});

test.each([
  { chunk: [10, 5], window: [0, 99], count: 5, align: 1, first: 10 },
  { chunk: [10, 5], window: [10, 14], count: 5, align: 1, first: 10 },
  { chunk: [10, 5], window: [10, 13], count: 5, align: 1, first: undefined },
  { chunk: [10, 5], window: [12, 99], count: 3, align: 1, first: 12 },
  { chunk: [10, 5], window: [12, 99], count: 4, align: 1, first: undefined },
  { chunk: [10, 5], window: [0, 99], count: 3, align: 12, first: 12 },
  { chunk: [10, 5], window: [0, 99], count: 4, align: 12, first: undefined },
  { chunk: [0, 5], window: [0, 99], count: 1, align: Number.MAX_SAFE_INTEGER, first: 0 },
  { chunk: [1, 5], window: [0, 99], count: 1, align: Number.MAX_SAFE_INTEGER, first: undefined },
  {
    chunk: [1, 5],
    window: [0, Number.MAX_SAFE_INTEGER],
    count: Number.MAX_SAFE_INTEGER,
    align: 1,
    first: undefined,
  },
] as const)("in $chunk, $count units at $align in $window fit at $first", (row) => {
  expect(fitIn(row.chunk, row.window, row.count, row.align)).toBe(row.first);
});
