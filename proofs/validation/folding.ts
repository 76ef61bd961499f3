/**
 * The translation of a function for arguments that are all constants, as they are in a case of a split:
 * then every term folds, and what is left is the value that the real code gives, or something owed that
 * does not hold.
 */
import fc from "fast-check";
import { functionOf } from "../translate/evaluate.ts";
import type { Numbers } from "../translate/number-mode.ts";
import { FALSE, TRUE } from "../translate/term.ts";
import { call, newPlace, termValue, textTerm, UNDEFINED, type Value } from "../translate/value.ts";
import { differenceOf } from "./agreement.ts";
import { argumentsOf, type Builders } from "./arguments.ts";
import type { ReachedFunction } from "./reached-functions.ts";
import { Sample } from "./sample.ts";
import { TermReader } from "./term-value.ts";
import { type Real, typesOf } from "./validation.ts";

/** The first of `count` runs in which folding `reached` gives something else than running it. */
export function foldingDifference(
  reached: ReachedFunction,
  real: Real,
  builders: Builders,
  numbers: Numbers,
  count: number,
): string | undefined {
  for (const given of fc.sample(argumentsOf(typesOf(reached), builders), {
    numRuns: count,
    seed: 1,
  })) {
    const place = newPlace(undefined, false, numbers);
    const constants = given.map((each) => constantOf(each, numbers));
    const value = call(functionOf(reached.declaration, new Map()), constants, place);
    const reader = new TermReader(new Sample());
    const isPromised = place.owed.every((claim) => reader.holds(claim));
    const result = resultOf(real, given);
    const difference =
      result === undefined
        ? "the real code throws"
        : differenceOf(value, result.value, reader, place);
    if (isPromised && difference !== undefined) return `${JSON.stringify(given)}: ${difference}`;
    if (isPromised && reader.isOpen) return `${JSON.stringify(given)}: something is left open`;
  }
  return undefined;
}

function constantOf(given: unknown, numbers: Numbers): Value {
  if (given === undefined) return UNDEFINED;
  if (typeof given === "boolean") return termValue(given ? TRUE : FALSE);
  if (typeof given === "number") return termValue(numbers.constant(given));
  if (typeof given === "string") {
    return termValue(numbers.constant(textTerm(given).value as bigint));
  }
  const fields = Object.entries(given as object).map(([key, each]): [string, Value] => [
    key,
    constantOf(each, numbers),
  ]);
  return { kind: "record", fields: new Map(fields) };
}

function resultOf(real: Real, given: readonly unknown[]): { readonly value: unknown } | undefined {
  try {
    return { value: real(...given) };
  } catch {
    return undefined;
  }
}
