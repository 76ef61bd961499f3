import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes } from "#units";
import { unitsFor } from "./unit-bytes.ts";

test("the units of some bytes agree with arithmetic of any width", () => {
  const property = fc.property(fc.maxSafeNat(), fc.nat(4095), (size, offset) => {
    const exact = size === 0 ? 0n : (BigInt(size) + BigInt(offset) + 4095n) / 4096n;

    expect(BigInt(unitsFor(bytes(size), bytes(offset)))).toBe(exact);
  });

  fc.assert(property, {
    seed: 1,
    numRuns: 2000,
    examples: [
      [2 ** 53 - 1, 4095],
      [0, 4095],
      [1, 4095],
    ],
  });
});
