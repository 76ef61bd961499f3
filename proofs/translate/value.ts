/**
 * What an expression of the dialect stands for: a term, a record of values, a function, a list, a
 * finite map, or a choice between two values that depends on a condition.
 *
 * Where a run of the real code would end in an error, there is no value: the place owes a proof that
 * it is never reached, and the value is `excluded`, of which anything may be said.
 */

import type { Node } from "ts-morph";
import { NotModelled } from "./dialect.ts";
import { INTEGERS } from "./integers.ts";
import { Keys } from "./keys.ts";
import type { Numbers } from "./number-mode.ts";
import { and, equal, FALSE, ifThenElse, integer, not, or, type Term, TRUE } from "./term.ts";

/** What one write makes of the words of the memory of that name. */
export interface Write {
  readonly memory: string;
  readonly after: (address: Term, before: (address: Term) => Term) => Term;
}

/** The condition under which an evaluation is reached, and what everything under it owes. */
export interface Place {
  readonly path: Term;
  /** What of the path is not assumed: the way that the evaluation went. */
  readonly branch: Term;
  /** What was written to memory so far; frozen inside of a claim, which only reads. */
  readonly writes: Write[];
  /** How numbers are read. */
  readonly numbers: Numbers;
  /** The functions that are being called, the first one outermost. */
  readonly callers: readonly Node[];
  /** Claims that must hold, or the real code throws or leaves the integers. */
  readonly owed: Term[];
  /** The names in sight. */
  readonly keys: Keys;
  /** The names of functions that are not read, see `opaque.ts`. */
  readonly opaque: ReadonlySet<string>;
  /** Whether an instance of a claim is read, of which everything that it owes is owed already. */
  readonly isInstance: boolean;
}

export type Values = readonly Value[];
export type Names = ReadonlyMap<string, Value>;

export type Value =
  | { readonly kind: "term"; readonly term: Term }
  | { readonly kind: "undefined" | "excluded" }
  | { readonly kind: "record" | "map"; readonly fields: Names }
  | { readonly kind: "function"; readonly call: (operands: Values, place: Place) => Value }
  | { readonly kind: "list"; readonly elements: Values }
  | { readonly kind: "choice"; readonly condition: Term; readonly yes: Value; readonly no: Value };

export const UNDEFINED: Value = { kind: "undefined" };
export const EXCLUDED: Value = { kind: "excluded" };

const NO_NAMES: ReadonlySet<string> = new Set();

/** A place that nothing leads to yet. */
export function newPlace(
  keys: Keys = new Keys(),
  isInstance = false,
  numbers: Numbers = INTEGERS,
): Place {
  const empty = { writes: [], callers: [], owed: [], opaque: NO_NAMES };
  return { path: TRUE, branch: TRUE, ...empty, numbers, keys, isInstance };
}

/** The same place, where also `condition` holds. */
export function under(place: Place, condition: Term): Place {
  const { path, branch } = place;
  return { ...place, path: and(path, condition), branch: and(branch, condition) };
}

/** The same place, where `condition` is taken for granted from here on. */
export function assuming(place: Place, condition: Term): Place {
  return { ...place, path: and(place.path, condition) };
}

/** The same place, as it is now for whoever reads it later: nothing can be written there. */
export function reading(place: Place): Place {
  return { ...place, writes: Object.freeze([...place.writes]) as Write[] };
}

/** Owes a proof of `claim` wherever `place` is reached. */
export function owe(place: Place, claim: Term): void {
  const owed = or(not(place.path), claim);
  if (owed.value !== true) place.owed.push(owed);
}

/** The value of `term`. */
export function termValue(term: Term): Value {
  return { kind: "term", term };
}

const texts = new Map<string, bigint>();

/** Texts are only ever compared, so each is an odd integer below -2^60: no double is equal to one. */
export function textTerm(text: string): Term {
  const known = texts.get(text);
  if (known !== undefined) return integer(known);
  const code = -(2n ** 60n) - 2n * digestOf(text) - 1n;
  const other = textOf(code);
  if (other !== undefined) throw new Error(`${text} has the code of ${other}`);
  texts.set(text, code);
  return integer(code);
}

/** A number below 2^48 that depends on `text` alone, so that a formula is the same in every run. */
function digestOf(text: string): bigint {
  return [...text].reduce(
    (sum, each) => (sum * 8191n + BigInt(each.codePointAt(0) ?? 0)) % 2n ** 48n,
    0n,
  );
}

/** The text that `textTerm` gave `value`, or undefined. */
export function textOf(value: number | bigint | boolean): string | undefined {
  return [...texts].find(([, code]) => code === value)?.[0];
}

/** `yes` where `condition` holds, else `no`. */
export function choose(condition: Term, yes: Value, no: Value): Value {
  if (condition.value !== undefined) return condition.value === true ? yes : no;
  if (yes === no || no.kind === "excluded") return yes;
  if (yes.kind === "excluded") return no;
  if (yes.kind === "term" && no.kind === "term" && areAlike(yes.term, no.term)) {
    return termValue(ifThenElse(condition, yes.term, no.term));
  }
  return { kind: "choice", condition, yes, no };
}

/** Whether both are truths, or both numbers or texts. */
function areAlike(left: Term, right: Term): boolean {
  return (left.sort === "Bool") === (right.sort === "Bool");
}

/** Applies `step` to every branch of `value`, each in its own place. */
export function spread(
  value: Value,
  place: Place,
  step: (branch: Value, place: Place) => Value,
): Value {
  if (value.kind === "excluded" || place.path.value === false) return EXCLUDED;
  if (value.kind !== "choice") return step(value, place);
  const { condition, yes, no } = value;
  return choose(
    condition,
    spread(yes, under(place, condition), step),
    spread(no, under(place, not(condition)), step),
  );
}

/** `value`, but where it is undefined, what `next` gives. */
export function orElse(value: Value, place: Place, next: (place: Place) => Value): Value {
  return spread(value, place, (branch, there) =>
    branch.kind === "undefined" ? next(there) : branch,
  );
}

/** The result of calling `callee` with `operands`. */
export function call(callee: Value, operands: Values, place: Place): Value {
  return spread(callee, place, (branch, there) => {
    if (branch.kind === "function") return branch.call(operands, there);
    owe(there, FALSE);
    return EXCLUDED;
  });
}

/** Whether `value` is true, as `if` sees it; of a text this must not be asked. */
export function truthOf(value: Value): Term {
  if (value.kind === "undefined" || value.kind === "excluded") return FALSE;
  if (value.kind === "choice") {
    const { condition, yes, no } = value;
    return or(and(condition, truthOf(yes)), and(not(condition), truthOf(no)));
  }
  if (value.kind !== "term") return TRUE;
  const { term } = value;
  return term.sort === "Bool" ? term : not(equal(term, integer(0)));
}

/** The number that `value` is in every branch. */
export function numberOf(value: Value, place: Place): Term {
  const number = spread(value, place, (branch, there) => {
    if (branch.kind === "term" && branch.term.sort !== "Bool") return branch;
    owe(there, FALSE);
    return EXCLUDED;
  });
  return number.kind === "term" ? number.term : place.numbers.constant(0);
}

/** `===` between two values; records and functions are never compared. */
export function same(left: Value, right: Value): Term {
  if (left.kind === "choice") {
    return ifThenElse(left.condition, same(left.yes, right), same(left.no, right));
  }
  if (right.kind === "choice") return same(right, left);
  if (left.kind === "term" && right.kind === "term" && areAlike(left.term, right.term)) {
    return equal(left.term, right.term);
  }
  if (left.kind === "term" || right.kind === "term") return FALSE;
  if (left.kind === "undefined" || right.kind === "undefined") {
    return left.kind === right.kind ? TRUE : FALSE;
  }
  if (left.kind === "excluded" || right.kind === "excluded") return FALSE;
  throw new NotModelled(`compare the fields: a ${left.kind} is never equal to a ${right.kind}`);
}
