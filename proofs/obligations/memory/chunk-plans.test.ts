import fc from "fast-check";
import { describe, test } from "vitest";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { findTheorem } from "../../source.ts";
import {
  fitIsTheLowest,
  joinedChunksDoNotTouch,
  joiningIsTheUnion,
  takingIsRefusedOnlyOutside,
  takingLosesNoUnits,
} from "./chunk-plans.obligation.ts";
import { unitsHaveTheirBytes } from "./unit-bytes.obligation.ts";

type Theorem = (...operands: number[]) => boolean;

const PLANS = "memory/chunk-plans.obligation.ts";
const BYTES = "memory/unit-bytes.obligation.ts";

const THEOREMS: readonly (readonly [string, string, Theorem])[] = [
  [takingLosesNoUnits.name, PLANS, takingLosesNoUnits as Theorem],
  [takingIsRefusedOnlyOutside.name, PLANS, takingIsRefusedOnlyOutside as Theorem],
  [joiningIsTheUnion.name, PLANS, joiningIsTheUnion as Theorem],
  [joinedChunksDoNotTouch.name, PLANS, joinedChunksDoNotTouch as Theorem],
  [fitIsTheLowest.name, PLANS, fitIsTheLowest as Theorem],
  [unitsHaveTheirBytes.name, BYTES, unitsHaveTheirBytes as Theorem],
];

const aNumber = fc.oneof(fc.nat(12), fc.nat(40), fc.nat(4095), fc.maxSafeNat());

describe("what is proved of a plan of units is true of the real function", () => {
  test.each(THEOREMS)("%s", (name, file, theorem) => {
    const operands = findTheorem(file, name)
      .getParameters()
      .map(() => aNumber);

    const property = fc.property(fc.tuple(...operands), (each) =>
      isTrueOrVacuous(() => theorem(...each)),
    );

    fc.assert(property, { seed: 1, numRuns: 3000 });
  });
});
