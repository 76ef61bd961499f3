import fc from "fast-check";
import { expect, test } from "vitest";
import { alignment, bytes, isAligned, isAlignment, roundDown, roundUp } from "./bytes.ts";

const SAFE = Number.MAX_SAFE_INTEGER;
const aValue = fc.oneof(fc.nat(200), fc.maxSafeNat());
const aStep = fc.oneof(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 0, max: 52 }).map((exponent) => 2 ** exponent),
);

/** Whether `law` is true of any value and any step. */
function holds(law: (value: number, step: number) => boolean): void {
  fc.assert(fc.property(aValue, aStep, law), { seed: 1, numRuns: 1000 });
}

test("a value rounded down is the largest multiple that is not above it", () => {
  holds((value, step) => {
    const exact = (BigInt(value) / BigInt(step)) * BigInt(step);

    return BigInt(roundDown(value, step)) === exact;
  });
});

test("a value rounded up is the least multiple that is not below it, where that is safe", () => {
  holds((value, step) => {
    const exact = ((BigInt(value) + BigInt(step) - 1n) / BigInt(step)) * BigInt(step);

    return exact > BigInt(SAFE) || BigInt(roundUp(value, step)) === exact;
  });
});

test("a value rounded up beyond the safe integers is none", () => {
  expect(roundUp(SAFE, 4096)).toBe(2 ** 53);
  expect(roundUp(SAFE, 1)).toBe(SAFE);
});

test("a value is aligned exactly if both roundings leave it", () => {
  holds((value, step) => {
    const isLeft = roundDown(value, step) === value && BigInt(value) % BigInt(step) === 0n;

    return isAligned(value, step) === isLeft;
  });
});

test("the alignments are the powers of two up to 2^52", () => {
  for (let exponent = 0; exponent <= 60; exponent++) {
    expect(isAlignment(2 ** exponent)).toBe(exponent <= 52);
  }
});

test.each([0, -1, -2, 3, 6, 12, 0.5, 2 ** 40 + 2 ** 8, Number.NaN, Infinity])(
  "%d is no alignment",
  (value) => {
    expect(isAlignment(value)).toBe(false);
  },
);

// The logarithm is rounded to 52 here, which is all that is looked at.
test("2^52 + 1 is no alignment", () => {
  expect(isAlignment(2 ** 52 + 1)).toBe(false);
});

test("a named number is that number", () => {
  expect([bytes(7), alignment(8)]).toEqual([7, 8]);
});
