import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { loadModules } from "../../replay/running-source.ts";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { closeSolver, solve } from "../../solver/z3.ts";
import { findTheorem, type Mistake, withMistake } from "../../source.ts";
import { integer } from "../../translate/term.ts";
import { type Case, hypothesisText, obligationText } from "../../translate/theorem.ts";
import { carvingLosesNoBytes } from "./carving.obligation.ts";
import { mergingLosesNoBytes } from "./merging.obligation.ts";
import { resizingLosesNoBytes } from "./resizing.obligation.ts";

type Theorem = (...operands: number[]) => boolean;

interface Plan {
  readonly name: string;
  readonly file: string;
  readonly theorem: Theorem;
  /** The cases that are proved one by one; together they are all there is. */
  readonly cases: readonly Case[];
  readonly mistake: Mistake;
}

const ALIGNMENTS = Array.from({ length: 53 }, (_, exponent) => 2 ** exponent);
const SMALL = integer(64);

const PLANS: readonly Plan[] = [
  {
    name: "carvingLosesNoBytes",
    file: "heap/carving.obligation.ts",
    theorem: carvingLosesNoBytes as Theorem,
    cases: ALIGNMENTS.map((align) => ({ align })),
    mistake: {
      file: "impl/heap/hole-carving.ts",
      right: "Math.ceil((holeStart + HOLE_SIZE_MIN) / align)",
      wrong: "Math.ceil((holeStart + 1) / align)",
    },
  },
  {
    name: "mergingLosesNoBytes",
    file: "heap/merging.obligation.ts",
    theorem: mergingLosesNoBytes as Theorem,
    cases: [{}],
    mistake: {
      file: "impl/heap/hole-merging.ts",
      right: "if (belowSize > 0 && belowEnd > start) return undefined;",
      wrong: "",
    },
  },
  {
    name: "resizingLosesNoBytes",
    file: "heap/resizing.obligation.ts",
    theorem: resizingLosesNoBytes as Theorem,
    cases: [{}],
    mistake: {
      file: "impl/heap/hole-resizing.ts",
      right: "if (after > 0 && after < HOLE_SIZE_MIN) return undefined;",
      wrong: "",
    },
  },
];

afterAll(closeSolver);

describe.each(PLANS)("$name", ({ name, file, theorem, cases, mistake }) => {
  const declaration = findTheorem(file, name);
  const names = declaration.getParameters().map((parameter) => parameter.getName());
  const someCase = cases[Math.min(3, cases.length - 1)] as Case;

  test("has no counterexample", async () => {
    for (const fixed of cases) {
      const answer = await solve(obligationText(declaration, { fixed }));

      expect({ fixed, ...answer }).toEqual({ fixed, kind: "impossible" });
    }
  });

  test("speaks of something", async () => {
    const answer = await solve(hypothesisText(declaration, { fixed: someCase }));

    expect(answer.kind).toBe("possible");
  });

  test("is true of the real function", () => {
    const operands = fc.tuple(
      ...names.map((each) => (each === "align" ? fc.constantFrom(...ALIGNMENTS) : anInteger)),
    );

    const property = fc.property(operands, (each) => isTrueOrVacuous(() => theorem(...each)));

    fc.assert(property, { seed: 1, numRuns: 2000 });
  });

  test("has a counterexample when the plan is wrong, and only then", async () => {
    const path = `proofs/obligations/${file}` as const;
    const { answer, wrong } = await withMistake(mistake, async () => ({
      answer: await solve(obligationText(declaration, { fixed: someCase, largest: SMALL })),
      wrong: await loadModules([path]),
    }));
    if (answer.kind !== "possible") throw new Error(`it is ${answer.kind}`);
    const values = names.map((each) => Number(someCase[each] ?? answer.values.get(each) ?? 0));

    expect(isFalseOrThrows(wrong[path]?.[name] as Theorem, values)).toBe(true);
    expect(isFalseOrThrows(theorem, values)).toBe(false);
  });
});

const anInteger = fc.oneof(fc.nat(100), fc.maxSafeNat());

/** Whether a theorem fails: it is false, or an assertion of the plan is. */
function isFalseOrThrows(theorem: Theorem, operands: readonly number[]): boolean {
  try {
    return !theorem(...operands);
  } catch (error) {
    return (error as Error).name === "InvariantViolation";
  }
}
