/**
 * What is known of the size of a term without asking the solver: from the ranges of the unknowns in
 * it, and from nothing that is assumed.
 *
 * A sum that is a safe integer whatever its parts are needs no word about rounding. Most sums of
 * small things, the words of a memory or the granules of an extent, are of that kind, and each word
 * about rounding is a case that the solver would have to look into.
 */
import type { Term } from "./term.ts";

export interface KnownRange {
  readonly least: number;
  readonly most: number;
}

const ranges = new WeakMap<Term, KnownRange>();
const ANY: KnownRange = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** Says that `unknown` is always from `least` to `most`; whoever says so tells the solver too. */
export function noteRange(unknown: Term, least: number, most: number): void {
  ranges.set(unknown, { least, most });
}

/** Whether `term` is a safe integer whatever its unknowns are. */
export function isAlwaysSafe(term: Term): boolean {
  const { least, most } = rangeOf(term);
  return least >= Number.MIN_SAFE_INTEGER && most <= Number.MAX_SAFE_INTEGER;
}

/** The least range that is known to have every value of `term`. */
export function rangeOf(term: Term): KnownRange {
  const known = ranges.get(term);
  if (known !== undefined) return known;
  const range = computed(term);
  ranges.set(term, range);
  return range;
}

/** Beyond the safe integers a bound is rounded, but never back to one of them. */
function computed({ value, operator, operands }: Term): KnownRange {
  if (typeof value === "number") return { least: value, most: value };
  if (value !== undefined || operands.length < 2) return ANY;
  const [one, other] = operands.map(rangeOf) as [KnownRange, KnownRange];
  if (operator === "+") return { least: one.least + other.least, most: one.most + other.most };
  if (operator === "-") return { least: one.least - other.most, most: one.most - other.least };
  if (operator === "ite") {
    const last = rangeOf(operands[2] as Term);
    return { least: Math.min(other.least, last.least), most: Math.max(other.most, last.most) };
  }
  const constant = operands.find((operand) => typeof operand.value === "number")?.value;
  const isPositive = typeof constant === "number" && constant > 0;
  if (operator === "*" && isPositive) {
    const factor = operands[0]?.value === constant ? other : one;
    return { least: factor.least * constant, most: factor.most * constant };
  }
  if (typeof operands[1]?.value !== "number" || !isPositive) return ANY;
  if (operator === "mod") return { least: 0, most: constant - 1 };
  if (operator !== "div") return ANY;
  return { least: Math.floor(one.least / constant), most: Math.floor(one.most / constant) };
}
