import { describe, expect, test } from "vitest";
import { heapRecords } from "../heap-records.ts";
import { answerAgain } from "./answer-again.ts";

describe("every answer is the original's", () => {
  test.each([
    ["block-1m-1", 25_000],
    ["block-1m-2", 25_000],
    ["block-1m-3", 25_000],
    ["block-64k-1", 25_000],
    ["block-64k-2", 25_000],
    ["block-64k-3", 25_000],
    ["hole-list-1m-1", 27_140],
    ["hole-list-1m-2", 27_154],
    ["hole-list-64k-1", 25_425],
    ["slab-1", 26_083],
    ["slab-2", 25_441],
    ["slab-3", 25_185],
  ])("in log %s: %i of as many", (file, count) => {
    const [log] = heapRecords(file);

    const agreement = log === undefined ? undefined : answerAgain(log);

    expect(agreement).toEqual({ compared: count, same: count });
  });

  const scenarios = [...heapRecords("scenarios-block"), ...heapRecords("scenarios-slab")];
  test.each(scenarios)("in scenario $scenario of the $component allocator", (log) => {
    const agreement = answerAgain(log);

    expect(agreement.same).toBe(agreement.compared);
    expect(agreement.compared).toBeGreaterThan(2);
  });

  test("in 17 scenarios with 3,743 answers", () => {
    const compared = scenarios.map((log) => answerAgain(log).compared);

    expect(compared.length).toBe(17);
    expect(compared.reduce((sum, count) => sum + count, 0)).toBe(3743);
  });
});
