import { expect, test } from "vitest";
import { chunkName, unitCount, unitNumber } from "./chunk.ts";

test("a named unit, count or chunk is the number that it was", () => {
  expect([unitNumber(2 ** 40 - 1), unitCount(7), chunkName(3)]).toEqual([2 ** 40 - 1, 7, 3]);
});
