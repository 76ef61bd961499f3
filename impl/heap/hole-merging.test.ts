import { expect, test } from "vitest";
import { address, bytes } from "#units";
import { planMerge } from "./hole-merging.ts";

const NONE = [-1, 0] as const;

const plan = (
  [belowStart, belowSize]: readonly [number, number],
  [start, size]: readonly [number, number],
  [aboveStart, aboveSize]: readonly [number, number],
) =>
  planMerge(
    address(belowStart),
    bytes(belowSize),
    address(start),
    bytes(size),
    address(aboveStart),
    bytes(aboveSize),
  );

test("freed bytes away from any hole become a hole of their own", () => {
  const merging = plan([0, 16], [32, 16], [64, 16]);

  expect(merging).toEqual({ start: 32, size: 16, joinsBelow: false, joinsAbove: false });
});

test("freeing right behind a hole joins it", () => {
  const merging = plan([0, 32], [32, 16], [64, 16]);

  expect(merging).toEqual({ start: 0, size: 48, joinsBelow: true, joinsAbove: false });
});

test("freeing right before a hole joins it", () => {
  const merging = plan([0, 16], [32, 32], [64, 16]);

  expect(merging).toEqual({ start: 32, size: 48, joinsBelow: false, joinsAbove: true });
});

test("freeing all between two holes makes them one", () => {
  const merging = plan([0, 32], [32, 32], [64, 16]);

  expect(merging).toEqual({ start: 0, size: 80, joinsBelow: true, joinsAbove: true });
});

test("where there is no neighbour nothing is joined", () => {
  expect(plan(NONE, [0, 16], NONE)).toEqual({
    start: 0,
    size: 16,
    joinsBelow: false,
    joinsAbove: false,
  });
});

test("bytes that a hole already has are not freed again", () => {
  expect(plan([0, 33], [32, 16], NONE)).toBeUndefined();
  expect(plan([32, 16], [32, 16], NONE)).toBeUndefined();
  expect(plan(NONE, [32, 33], [64, 16])).toBeUndefined();
});
