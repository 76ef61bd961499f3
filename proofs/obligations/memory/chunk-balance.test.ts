import fc from "fast-check";
import { describe, test } from "vitest";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { findTheorem } from "../../source.ts";
import * as theorems from "./chunk-balance.obligation.ts";

type Theorem = (...operands: number[]) => boolean;

const THEOREMS = Object.entries(theorems) as unknown as readonly (readonly [string, Theorem])[];

describe("what is proved of a turn is true of the real functions", () => {
  test.each(THEOREMS)("%s", (name, theorem) => {
    const operands = findTheorem("memory/chunk-balance.obligation.ts", name)
      .getParameters()
      .map(() => fc.nat(4));

    const property = fc.property(fc.tuple(...operands), (each) =>
      isTrueOrVacuous(() => theorem(...each)),
    );

    fc.assert(property, { seed: 1, numRuns: 300, maxSkipsPerRun: 1000 });
  });
});
