import { afterAll, describe, expect, test } from "vitest";
import { closeSolver, solve } from "../solver/z3.ts";
import { loadSource, ROOT } from "../source.ts";
import { BITS } from "../translate/bits.ts";
import { INTEGERS } from "../translate/integers.ts";
import type { Numbers } from "../translate/number-mode.ts";
import { smtText } from "../translate/smt.ts";
import type { Builders } from "./arguments.ts";
import { foldingDifference } from "./folding.ts";
import { functionsOf, type ReachedFunction } from "./reached-functions.ts";
import { refusalOf } from "./refusal-of.ts";
import { type Effort, type Real, translationOf, type Validation, validate } from "./validation.ts";
import * as words from "./words.ts";

const file = loadSource().addSourceFileAtPath(`${ROOT}proofs/validation/words.ts`);
const functions = functionsOf(file);
const OF_BITS = functions.map(({ expression }) => expression);

/** What only bits have a term for. */
const NOT_OF_INTEGERS = [
  ["and", "or", "xor", "complement", "shiftLeftBy", "shiftRightBy", "logicalShiftBy"],
  ["shiftOfNegative", "leadingZeros", "wordProduct"],
].flat();

/** No argument of a word is built of anything. */
const NOTHING = {} as Builders;

const EFFORT: Effort = { runs: 120, asked: 12 };
/** Few runs tell a sum that wraps from one that does not. */
const EFFORT_OF_WRONG: Effort = { runs: 200, asked: 60 };

const COMPARED_MIN = 20;

function named(name: string): ReachedFunction {
  const found = functions.find(({ expression }) => expression === name);
  if (found === undefined) throw new Error(`there is no word ${name}`);
  return found;
}

const validated = new Map<Numbers, Map<string, Validation>>();

function validationOf(name: string, numbers: Numbers): Validation {
  const known = validated.get(numbers)?.get(name);
  if (known !== undefined) return known;
  const translation = translationOf(named(name), numbers);
  const validation = validate(translation, realWord(name), NOTHING, EFFORT);
  validated.set(numbers, (validated.get(numbers) ?? new Map()).set(name, validation));
  return validation;
}

function realWord(name: string): Real {
  const found = Object.entries(words).find(([each]) => each === name);
  if (found === undefined) throw new Error(`there is no word ${name}`);
  return found[1] as Real;
}

afterAll(async () => {
  loadSource().removeSourceFile(file);
  await closeSolver();
});

test("integers refuse what they have no term for, and bits nothing", () => {
  const refused = (numbers: Numbers): readonly string[] =>
    functions.filter((each) => refusalOf(each, numbers) !== undefined).map((e) => e.expression);

  expect(refused(INTEGERS).toSorted()).toEqual(NOT_OF_INTEGERS.toSorted());
  expect(refused(BITS)).toEqual([]);
});

describe.each([
  ["integers", INTEGERS, OF_BITS.filter((each) => !NOT_OF_INTEGERS.includes(each))],
  ["bits", BITS, OF_BITS],
] as const)("read in %s", (_, numbers, names) => {
  test.each(names)("%s gives what it says", (name) => {
    const { difference, compared } = validationOf(name, numbers);

    expect(difference).toBeUndefined();
    expect(compared).toBeGreaterThanOrEqual(COMPARED_MIN);
  });

  test.each(names)("%s gives what its text says", async (name) => {
    const { claim } = validationOf(name, numbers);

    const answer = await solve(smtText(claim));

    expect(answer.kind).toBe("impossible");
  });

  test.each(names)("%s folds to what it gives", (name) => {
    const difference = foldingDifference(
      named(name),
      realWord(name),
      NOTHING,
      numbers,
      EFFORT.runs,
    );

    expect(difference).toBeUndefined();
  });
});

/** Translations that are wrong at one place. */
const FLOORED: Numbers = {
  ...INTEGERS,
  quotient: (_, left, right, owe) => INTEGERS.quotient("floor", left, right, owe),
};
const SIGNED: Numbers = {
  ...BITS,
  bitwise: (operator, left, right, owe) =>
    BITS.bitwise(operator === ">>>" ? ">>" : operator, left, right, owe),
};
const WRAPPED: Numbers = {
  ...BITS,
  compute: (operator, left, right) => BITS.compute(operator, left, right, () => {}),
};
describe("a wrong translation is caught", () => {
  test.each([
    ["that rounds each quotient down", "ceil", FLOORED],
    ["that keeps the sign in a logical shift", "logicalShift", SIGNED],
    ["that wraps a sum silently", "sum", WRAPPED],
  ] as const)("%s", async (_, name, wrong) => {
    const translation = translationOf(named(name), wrong);
    const { difference, claim } = validate(translation, realWord(name), NOTHING, EFFORT_OF_WRONG);

    const answer = await solve(smtText(claim));

    expect(difference).toBeDefined();
    expect(answer.kind).toBe("possible");
  });
});
