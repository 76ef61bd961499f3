import fc from "fast-check";
import { expect, test } from "vitest";
import { interval } from "./interval.ts";

test("an interval has every number from its first to its last, and no other", () => {
  const bounds = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
  const property = fc.property(bounds, fc.integer({ min: -12, max: 12 }), ([first, last], at) => {
    const isIn = interval<number>(first, last).some((value) => value === at);
    const isOut = interval<number>(first, last).every((value) => value !== at);

    return isIn === (first <= at && at <= last) && isIn === !isOut;
  });

  fc.assert(property, { seed: 1, numRuns: 500 });
});

test("an interval that ends before it begins has no number", () => {
  expect(interval<number>(1, 0).some(() => true)).toBe(false);
  expect(interval<number>(1, 0).every(() => false)).toBe(true);
});
