import fc from "fast-check";
import { describe, test } from "vitest";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { findTheorem } from "../../source.ts";
import { carvingLosesNoBytes } from "./carving.obligation.ts";
import { resizingLosesNoBytes } from "./resizing.obligation.ts";

type Theorem = (...operands: number[]) => boolean;

const PLANS = [
  ["heap/carving.obligation.ts", carvingLosesNoBytes as Theorem],
  ["heap/resizing.obligation.ts", resizingLosesNoBytes as Theorem],
] as const;

const aPowerOfTwo = fc.nat(52).map((exponent) => 2 ** exponent);
const anInteger = fc.oneof(fc.nat(100), fc.maxSafeNat());

describe("what is proved of a plan is true of the real function", () => {
  test.each(PLANS.map(([file, theorem]) => [theorem.name, file, theorem] as const))(
    "%s",
    (name, file, theorem) => {
      const parameters = findTheorem(file, name).getParameters();
      const operands = parameters.map((each) =>
        each.getName() === "align" ? aPowerOfTwo : anInteger,
      );

      const property = fc.property(fc.tuple(...operands), (each) =>
        isTrueOrVacuous(() => theorem(...each)),
      );

      fc.assert(property, { seed: 1, numRuns: 2000 });
    },
  );
});
