import fc from "fast-check";
import { expect, test } from "vitest";
import { ContractViolation } from "#support";
import { type UnitNumber, unitCount, unitNumber } from "#units";
import type { Chunk } from "./free-chunks.ts";
import { rangeAt, rangesOf, runOf, type UnitRange, without } from "./unit-ranges.ts";

const UNITS: readonly UnitNumber[] = Array.from({ length: 64 }, (_, unit) => unitNumber(unit));

const runs: fc.Arbitrary<readonly Chunk[]> = fc.array(
  fc.record({ first: fc.nat(50).map(unitNumber), count: fc.nat(9).map(unitCount) }),
  { maxLength: 8 },
);

function unitsOf(ranges: readonly UnitRange[]): readonly UnitNumber[] {
  return UNITS.filter((unit) => ranges.some(({ first, last }) => first <= unit && unit <= last));
}

test("the ranges of runs have their units, in order, and do not touch", () => {
  const property = fc.property(runs, (list) => {
    const ranges = rangesOf(list);

    const isIn = (unit: number): boolean =>
      list.some(({ first, count }) => first <= unit && unit < first + count);
    expect(unitsOf(ranges)).toEqual(UNITS.filter(isIn));
    expect(
      ranges.every(({ last }, place) => (ranges[place + 1]?.first ?? last + 2) > last + 1),
    ).toBe(true);
  });

  fc.assert(property, { seed: 1, numRuns: 500 });
});

test("ranges without others have just the units that those have not", () => {
  const property = fc.property(runs, runs, (one, other) => {
    const rest = without(rangesOf(one), rangesOf(other));

    const gone = new Set(unitsOf(rangesOf(other)));
    expect(unitsOf(rest)).toEqual(unitsOf(rangesOf(one)).filter((unit) => !gone.has(unit)));
    expect(rest.every(({ first, last }) => first <= last)).toBe(true);
  });

  fc.assert(property, { seed: 2, numRuns: 500 });
});

test("the range at a unit is the one that has it", () => {
  const property = fc.property(runs, (list) => {
    const ranges = rangesOf(list);

    for (const unit of UNITS) {
      const expected = ranges.find(({ first, last }) => first <= unit && unit <= last);
      expect(rangeAt(ranges, unit)).toBe(expected);
    }
  });

  fc.assert(property, { seed: 3, numRuns: 300 });
});

test("a range is a run of as many units", () => {
  const [range] = rangesOf([{ first: unitNumber(7), count: unitCount(3) }]);

  expect(range && runOf(range)).toEqual({ first: 7, count: 3 });
});

test.each([
  [-1, 1],
  [0.5, 1],
  [1, -1],
  [1, Number.NaN],
  [Number.POSITIVE_INFINITY, 1],
])("%d and %d are no run", (first, count) => {
  const list = [{ first: unitNumber(first), count: unitCount(count) }];

  expect(() => rangesOf(list)).toThrow(
    new ContractViolation("a run of units is two whole numbers"),
  );
});
