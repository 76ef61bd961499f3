/**
 * Whether what a translation says and what the real code gave are one: number by number and text by
 * text, field by field, maps and what is built of them by what they answer. Functions are not compared.
 */
import { and, equal, FALSE, integer, not, or, type Term, TRUE } from "../translate/term.ts";
import {
  call,
  type Names,
  newPlace,
  type Place,
  termValue,
  textTerm,
  truthOf,
  type Value,
} from "../translate/value.ts";
import type { TermReader } from "./term-value.ts";

/** Keys and addresses that maps and what is built of them are asked for. */
const ASKED = [0, 1, 2, 3, 4, 8, 16];

type Operand = number | Readonly<Record<string, number>>;
type Callable = (...operands: readonly Operand[]) => unknown;

/** The difference between what `value` says and `given`, or undefined if there is none. */
export function differenceOf(
  value: Value,
  given: unknown,
  reader: TermReader,
  place: Place,
): string | undefined {
  if (value.kind === "choice") {
    const branch = reader.truth(value.condition) ? value.yes : value.no;
    return differenceOf(branch, given, reader, place);
  }
  if (value.kind === "term") {
    const said = reader.value(value.term);
    const real = typeof given === "string" ? textTerm(given).value : given;
    const isSame = Number.isInteger(real) ? said === BigInt(real as number) : said === real;
    return isSame ? undefined : `${said} and not ${String(given)}`;
  }
  if (given === undefined || given === null || value.kind === "undefined") {
    return value.kind === "undefined" && given === undefined ? undefined : `a ${value.kind}`;
  }
  if (typeof given !== "object") return `a ${value.kind} and not ${String(given)}`;
  if (value.kind === "list") return listDifference(value.elements, given, reader, place);
  if (value.kind !== "record" && value.kind !== "map") return `a ${value.kind}`;
  if (Array.isArray(given)) return elementDifference(value.fields, given, reader, place);
  for (const [key, real] of Object.entries(given)) {
    const field = value.fields.get(key);
    if (field === undefined) return `nothing for ${key}`;
    const difference =
      typeof real === "function"
        ? answerDifference(key, field, real.bind(given), given as Asked, reader, place)
        : differenceOf(field, real, reader, place);
    if (difference !== undefined) return `${key}: ${difference}`;
  }
  return undefined;
}

type Asked = { has?(key: number): boolean; readonly covers?: unknown };

/** The difference between two functions of keys or addresses that are only looked at. */
function answerDifference(
  key: string,
  field: Value,
  real: Callable,
  owner: Asked,
  reader: TermReader,
  place: Place,
): string | undefined {
  for (const row of rowsFor(key, owner)) {
    const difference = differenceOf(answerOf(field, row, place), real(...row), reader, place);
    if (difference !== undefined) return `of ${JSON.stringify(row)}: ${difference}`;
  }
  return undefined;
}

/** What the function `key` of `owner` is asked for. */
function rowsFor(key: string, owner: Asked): readonly (readonly Operand[])[] {
  if (key === "isEmpty") return [[]];
  if (key === "has") return ASKED.map((each) => [each]);
  if (key === "get" || key === "at") {
    return ASKED.filter((each) => owner.has?.(each)).map((each) => [each]);
  }
  if (key !== "overlapping") return [];
  // Chunks are asked for a run, blocks for the two numbers of one, and for a name to leave out.
  return ASKED.map((each) =>
    owner.covers === undefined ? [each, 4, 1] : [{ first: each, count: 4 }],
  );
}

/** Answers that were read, which are the same terms in every run. */
const answers = new WeakMap<Value, Map<string, Value>>();

function answerOf(field: Value, row: readonly Operand[], place: Place): Value {
  const known = answers.get(field) ?? new Map<string, Value>();
  answers.set(field, known);
  const text = JSON.stringify(row);
  const answer =
    known.get(text) ??
    call(field, row.map(operandOf), { ...newPlace(place.keys), writes: place.writes });
  known.set(text, answer);
  return answer;
}

function operandOf(operand: Operand): Value {
  if (typeof operand === "number") return termValue(integer(operand));
  const fields = Object.entries(operand).map(([key, each]) => [key, operandOf(each)] as const);
  return { kind: "record", fields: new Map(fields) };
}

function listDifference(
  elements: readonly Value[],
  given: object,
  reader: TermReader,
  place: Place,
): string | undefined {
  if (!Array.isArray(given) || given.length !== elements.length) return "a list of another length";
  return elements
    .map((each, index) => differenceOf(each, given[index], reader, place))
    .find((difference) => difference !== undefined);
}

/** The difference between a list of which only `some` and `every` are asked, and one that is there. */
function elementDifference(
  fields: Names,
  given: readonly unknown[],
  reader: TermReader,
  place: Place,
): string | undefined {
  const asks = (word: "some" | "every", claim: (element: Value) => Term): boolean => {
    const operand: Value = {
      kind: "function",
      call: ([element]) => termValue(claim(element as Value)),
    };
    return reader.holds(truthOf(call(fields.get(word) as Value, [operand], newPlace(place.keys))));
  };
  const hasEach = given.every((real) => asks("some", (element) => isGiven(element, real)));
  const isEach = asks("every", (element) =>
    given.map((real) => isGiven(element, real)).reduce(or, FALSE),
  );
  return hasEach && isEach ? undefined : "a list of other elements";
}

/** Whether `value` is made of numbers, truths and texts alone. */
export function isPlain(value: Value): boolean {
  if (value.kind === "choice") return isPlain(value.yes) && isPlain(value.no);
  if (value.kind === "record") return [...value.fields.values()].every(isPlain);
  return value.kind === "term" || value.kind === "undefined" || value.kind === "excluded";
}

/** The claim that `value` is `given`, numbers, truths, texts, or records of them. */
export function isGiven(value: Value, given: unknown): Term {
  if (value.kind === "choice") {
    const { condition, yes, no } = value;
    const [whenYes, whenNo] = [isGiven(yes, given), isGiven(no, given)];
    return and(not(and(condition, not(whenYes))), not(and(not(condition), not(whenNo))));
  }
  if (value.kind === "term") {
    if (typeof given === "boolean") return given ? truthOf(value) : not(truthOf(value));
    if (typeof given === "string") return equal(value.term, textTerm(given));
    return Number.isInteger(given) ? equal(value.term, integer(given as number)) : FALSE;
  }
  if (value.kind === "undefined") return given === undefined ? TRUE : FALSE;
  if (value.kind !== "record" || typeof given !== "object" || given === null) return FALSE;
  return Object.entries(given)
    .filter(([, real]) => typeof real !== "function")
    .map(([key, real]) => isGiven(value.fields.get(key) ?? { kind: "excluded" }, real))
    .reduce(and, TRUE);
}
