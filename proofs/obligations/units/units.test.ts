/** The theorems about numbers, run as properties of the real functions. */
import fc from "fast-check";
import { describe, test } from "vitest";
import type { Address, Alignment, ByteCount, Range } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import {
  advancingAddsUp,
  advancingUndoesMeasuring,
  containedBytesAreInside,
  containingIsTransitive,
  endIsFirstAddressBehind,
  firstAndLastByteContainARange,
  rangesThatContainEachOtherAreOne,
} from "./ranges.obligation.ts";
import {
  alignedIsWithoutRemainder,
  roundDownIsGreatest,
  roundingTwiceIsRoundingOnce,
  roundUpIsLeast,
  roundUpNeverWraps,
} from "./rounding.obligation.ts";

const RUNS = { seed: 1, numRuns: 1000 };

const steps = fc.nat(52).map((exponent) => (2 ** exponent) as Alignment);
const counts = fc.oneof(fc.nat(40), fc.maxSafeNat()).map((value) => value as ByteCount);
const large = fc.nat(10 ** 6).map((value) => (Number.MAX_SAFE_INTEGER - value) as ByteCount);
const small = fc.nat(12).map((value) => value as Address & ByteCount);
const addresses = fc.oneof(
  small,
  fc.nat(2 ** 30).map((value) => (value * 2 ** 22) as Address),
);
const sizes = fc.oneof(
  small,
  fc.nat(2 ** 30).map((value) => value as ByteCount),
);
const ranges = fc.record({ start: fc.nat(3), size: fc.nat(5) }) as fc.Arbitrary<Range>;

// biome-ignore format: one theorem per line
describe("rounding", () => {
  test.each([
    ["roundUpIsLeast", fc.property(counts, steps, counts, (v, s, o) => isTrueOrVacuous(() => roundUpIsLeast(v, s, o)))],
    ["roundUpNeverWraps", fc.property(large, steps, (v, s) => isTrueOrVacuous(() => roundUpNeverWraps(v, s)))],
    ["roundDownIsGreatest", fc.property(counts, steps, counts, (v, s, o) => isTrueOrVacuous(() => roundDownIsGreatest(v, s, o)))],
    ["roundingTwiceIsRoundingOnce", fc.property(counts, steps, (v, s) => isTrueOrVacuous(() => roundingTwiceIsRoundingOnce(v, s)))],
    ["alignedIsWithoutRemainder", fc.property(counts, steps, (v, s) => isTrueOrVacuous(() => alignedIsWithoutRemainder(v, s)))],
  ])("%s holds of real numbers", (_, property) => {
    fc.assert<unknown[]>(property as fc.IRawProperty<unknown[]>, RUNS);
  });
});

// biome-ignore format: one theorem per line
describe("addresses and ranges", () => {
  test.each([
    ["advancingUndoesMeasuring", fc.property(addresses, addresses, sizes, (a, b, n) => isTrueOrVacuous(() => advancingUndoesMeasuring(a, b, n)))],
    ["advancingAddsUp", fc.property(addresses, sizes, sizes, (a, n, m) => isTrueOrVacuous(() => advancingAddsUp(a, n, m)))],
    ["endIsFirstAddressBehind", fc.property(ranges, small, (r, a) => isTrueOrVacuous(() => endIsFirstAddressBehind(r, a)))],
    ["containedBytesAreInside", fc.property(ranges, ranges, small, (r, q, a) => isTrueOrVacuous(() => containedBytesAreInside(r, q, a)))],
    ["firstAndLastByteContainARange", fc.property(ranges, ranges, (r, q) => isTrueOrVacuous(() => firstAndLastByteContainARange(r, q)))],
    ["containingIsTransitive", fc.property(ranges, ranges, ranges, (r, q, p) => isTrueOrVacuous(() => containingIsTransitive(r, q, p)))],
    ["rangesThatContainEachOtherAreOne", fc.property(ranges, ranges, (r, q) => isTrueOrVacuous(() => rangesThatContainEachOtherAreOne(r, q)))],
  ])("%s holds of real ranges", (_, property) => {
    fc.assert<unknown[]>(property as fc.IRawProperty<unknown[]>, { ...RUNS, maxSkipsPerRun: 1000 });
  });
});
