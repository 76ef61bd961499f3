import { expect, test } from "vitest";
import { type Answer, type Call, type HeapState, liveBlocks } from "#spec";
import { finiteMap } from "#support";
import { address, alignment, blockName, bytes, type Range } from "#units";
import { contractOf } from "../subject/contract.ts";
import type { Operation } from "./history.ts";
import { linearization } from "./linearizability.ts";

const EXTENT: Range = { start: address(64), size: bytes(16) };
const START: HeapState = {
  contract: contractOf({ availability: { overhead: 0, granule: 1, minimum: 1 } }, true),
  extent: [EXTENT],
  live: liveBlocks(finiteMap()),
  dead: finiteMap(),
  requested: bytes(0),
  first: undefined,
};

const alloc = (name: number, size: number): Call => {
  return { kind: "alloc", name: blockName(name), size: bytes(size), align: alignment(1) };
};
const dealloc = (name: number): Call => ({ kind: "dealloc", name: blockName(name) });
const placed = (start: number): Answer => ({ kind: "placed", address: address(start) });
const REFUSED: Answer = { kind: "refused" };
const RELEASED: Answer = { kind: "released" };

const operation = (call: Call, answer: Answer, began: number, ended: number): Operation => {
  return { core: 0, call, answer, began, ended };
};

// biome-ignore format: a history is read by its columns.
test.each<[string, Operation[], number[] | undefined]>([
  ["calls that meet may come in either order",
    [operation(alloc(0, 16), REFUSED, 0, 3), operation(alloc(1, 16), placed(64), 1, 2)], [1, 0]],
  ["calls that do not meet come as they came",
    [operation(alloc(0, 16), REFUSED, 0, 1), operation(alloc(1, 16), placed(64), 2, 3)], undefined],
  ["two calls are not given the same place",
    [operation(alloc(0, 8), placed(64), 0, 3), operation(alloc(1, 8), placed(64), 1, 2)], undefined],
  ["a place is given again once it is free",
    [operation(alloc(0, 16), placed(64), 0, 0), operation(alloc(1, 16), placed(64), 1, 4), operation(dealloc(0), RELEASED, 2, 3)], [0, 0, 1]],
  ["a place is not given again before it is free",
    [operation(alloc(0, 16), placed(64), 0, 0), operation(alloc(1, 16), placed(64), 1, 2), operation(dealloc(0), RELEASED, 3, 4)], undefined],
])("%s", (_, operations, expected) => {
  const order = linearization(START, operations);

  expect(order?.map(({ call }) => call.name)).toEqual(expected);
});
