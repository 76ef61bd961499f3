import fc from "fast-check";
import { expect, test } from "vitest";
import type { Address, ByteCount } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { neighbourWithoutBytesIsNone } from "./merging-neighbours.obligation.ts";

const numbers = fc.nat(12).map((value) => value as Address & ByteCount);

test("a neighbour without bytes is none, in real plans", () => {
  const six = fc.tuple(numbers, numbers, numbers, numbers, numbers, numbers);
  const property = fc.property(six, (plan) => {
    expect(isTrueOrVacuous(() => neighbourWithoutBytesIsNone(...plan))).toBe(true);
  });

  fc.assert(property, { seed: 1, numRuns: 1000 });
});
