/** The theorems about plans of a merging, run as properties of the real function. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address, ByteCount } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import type { FreedBetween } from "./freed-between.ts";
import { mergingIsRefusedOnlyIfAByteIsFree } from "./hole-plans.obligation.ts";
import { mergingLosesNoBytes, neighbourWithoutBytesIsNone } from "./merging.obligation.ts";

type Drawn = fc.Arbitrary<Address & ByteCount>;

/** Holes and bytes that often touch or overlap. */
const near = betweenOf(fc.nat(60) as fc.Arbitrary<number> as Drawn);
/** The same, of numbers of which many are too large to be added. */
const far = betweenOf(fc.oneof(fc.nat(100), fc.maxSafeNat()) as fc.Arbitrary<number> as Drawn);

describe("a plan of a merging", () => {
  test.each<[string, (freed: FreedBetween, byte: Address) => boolean]>([
    ["has the bytes of what it joins", (freed) => mergingLosesNoBytes(freed)],
    ["joins no neighbour without bytes", (freed) => neighbourWithoutBytesIsNone(freed)],
    ["is refused if a byte is free", (freed, at) => mergingIsRefusedOnlyIfAByteIsFree(freed, at)],
  ])("%s", (_, theorem) => {
    const byte = fc.nat(60).map((each) => each as Address);

    const property = fc.property(fc.oneof(near, far), byte, (freed, at) => {
      expect(isTrueOrVacuous(() => theorem(freed, at))).toBe(true);
    });

    fc.assert(property, { seed: 1, numRuns: 2000, maxSkipsPerRun: 1000 });
  });
});

function betweenOf(number: Drawn): fc.Arbitrary<FreedBetween> {
  return fc.record({
    belowStart: number,
    belowSize: number,
    start: number,
    size: number,
    aboveStart: number,
    aboveSize: number,
  });
}
