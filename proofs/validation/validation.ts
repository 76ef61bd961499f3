/**
 * Compares the translation of one function with the function: the same arguments, drawn by type, given
 * to the real code and said to the terms. Both end in the same value; or the real code throws, and then
 * something that the translation owes does not hold.
 *
 * Where something that is owed does not hold although nothing is thrown, a shift that drops bits, say,
 * a proof says nothing: such a run is counted, and not compared.
 */
import fc from "fast-check";
import type { Type } from "ts-morph";
import { isColumnType } from "../translate/column.ts";
import { functionOf } from "../translate/evaluate.ts";
import type { Numbers } from "../translate/number-mode.ts";
import { newFindings } from "../translate/symbol.ts";
import { and, FALSE, integer, not, or, type Term, TRUE } from "../translate/term.ts";
import { call, newPlace, type Place, termValue, type Value } from "../translate/value.ts";
import { differenceOf, isGiven } from "./agreement.ts";
import { propertiesOf } from "./argument-types.ts";
import { argumentsOf, type Builders, COLUMN_LENGTH, MEMORY_SIZE } from "./arguments.ts";
import type { Declared } from "./private-modules.ts";
import type { ReachedFunction } from "./reached-functions.ts";
import { Sample } from "./sample.ts";
import { TermReader } from "./term-value.ts";
import { describe, unknownOf } from "./unknowns.ts";

/** What the translation says of a function, with unknowns for its arguments. */
export interface Translation {
  readonly types: readonly Type[];
  readonly unknowns: readonly Value[];
  readonly value: Value;
  readonly place: Place;
}

export interface Validation {
  /** Runs of which the value was compared; that threw; in which something owed did not hold. */
  readonly compared: number;
  readonly threw: number;
  readonly unpromised: number;
  /** The first run in which the two differ, as a sentence. */
  readonly difference: string | undefined;
  /** The claim that some run differs, of those that leave nothing open, and how many they are. */
  readonly claim: Term;
  readonly asked: number;
}

/** One run, and what the real code returned unless it threw. */
interface Run {
  readonly given: readonly unknown[];
  readonly result: { readonly value: unknown } | undefined;
}

export type Real = (...given: readonly unknown[]) => unknown;

/** The types of the arguments that have no default. */
export function typesOf({ declaration }: ReachedFunction): readonly Type[] {
  const parameters = declaration.getParameters();
  const count = parameters.findIndex((each) => each.isOptional() || each.hasInitializer());
  return parameters.slice(0, count < 0 ? undefined : count).map((each) => each.getType());
}

/** The translation of `reached`, in one reading of numbers. */
export function translationOf(reached: ReachedFunction, numbers: Numbers): Translation {
  const found = newFindings({}, undefined, numbers);
  const types = typesOf(reached);
  const unknowns = types.map((type, index) => unknownOf(type, `p${index}`, found));
  const place = newPlace(found.keys, false, numbers);
  const value = call(functionOf(reached.declaration, new Map()), unknowns, place);
  return { types, unknowns, value, place };
}

/** The function that the real code has at the same place. */
export function realFunction(
  { path, expression }: ReachedFunction,
  modules: ReadonlyMap<string, Declared>,
): Real {
  const [name, ...keys] = expression.split(/[.[\]]+/).filter((key) => key !== "");
  let value: unknown = modules.get(path)?.[name as string];
  for (const key of keys) value = (value as Record<string, unknown>)[key];
  if (typeof value !== "function") throw new Error(`${path} has no function ${expression}`);
  return value as Real;
}

/** How many runs are compared, and how many of them the solver is asked of at once. */
export interface Effort {
  readonly runs: number;
  readonly asked: number;
}

/** Compares `translation` with `real` until enough runs were compared, or few are left to hope for. */
export function validate(
  translation: Translation,
  real: Real,
  builders: Builders,
  { runs, asked }: Effort,
): Validation {
  const counts = { compared: 0, threw: 0, unpromised: 0 };
  const closed: Run[] = [];
  let difference: string | undefined;
  for (const given of drawn(translation, builders)) {
    if (counts.compared >= runs) break;
    const sample = sampleOf(translation.types, given);
    const shown = JSON.stringify(given);
    const result = run(real, given);
    if (result === undefined && counts.threw >= runs) continue;

    const reader = new TermReader(sample);
    const isPromised = translation.place.owed.every((each) => reader.holds(each));
    counts[result === undefined ? "threw" : isPromised ? "compared" : "unpromised"] += 1;
    const found = isPromised ? differenceIn(translation, given, result, reader) : undefined;
    if (found !== undefined) difference ??= `${shown}: ${found}`;
    if (!reader.isOpen && (isPromised || result === undefined)) closed.push({ given, result });
  }
  const claims = someOf(closed, asked).map((each) => differs(translation, each));
  return { ...counts, difference, asked: claims.length, claim: claims.reduce(or, FALSE) };
}

/** `count` runs from all along the row, for the corner cases are anywhere in it. */
function someOf(runs: readonly Run[], count: number): readonly Run[] {
  const step = Math.ceil(runs.length / Math.max(count, 1));
  return runs.filter((_, index) => index % step === 0);
}

const DRAWS = [200, 800, 2000];

function* drawn(
  { types }: Translation,
  builders: Builders,
): Generator<readonly unknown[], void, void> {
  const given = argumentsOf(types, builders);
  for (const numRuns of DRAWS) yield* fc.sample(given, { numRuns, seed: numRuns });
}

/** How a run in which nothing is owed in vain differs from what the translation says. */
function differenceIn(
  translation: Translation,
  given: readonly unknown[],
  result: Run["result"],
  reader: TermReader,
): string | undefined {
  if (result === undefined) return "the real code throws";
  const { value, place } = translation;
  const difference =
    differenceOf(value, result.value, reader, place) ??
    memoryDifference(translation, given, reader) ??
    columnDifference(translation, given, reader);
  return difference === undefined ? undefined : `the translation says ${difference}`;
}

/** What the unknowns are in a run with the arguments `given`. */
function sampleOf(types: readonly Type[], given: readonly unknown[]): Sample {
  const sample = new Sample();
  for (const [index, type] of types.entries()) describe(type, `p${index}`, given[index], sample);
  return sample;
}

function run(real: Real, given: readonly unknown[]): Run["result"] {
  try {
    return { value: real(...given) };
  } catch {
    return undefined;
  }
}

/** The claim that the unknowns are `given` and the translation does not say `result`. */
function differs({ unknowns, value, place }: Translation, { given, result }: Run): Term {
  const isRun = unknowns.map((each, index) => isGiven(each, given[index])).reduce(and, TRUE);
  const isPromised = place.owed.reduce(and, TRUE);
  const isRight = result === undefined ? FALSE : isGiven(value, result.value);
  return and(isRun, and(isPromised, not(isRight)));
}

type Words = { readonly start: number; readWord(address: number): number };

/** The difference between what memory holds afterwards and what the translation has written. */
function memoryDifference(
  { types, unknowns, place }: Translation,
  given: readonly unknown[],
  reader: TermReader,
): string | undefined {
  const index = types.findIndex((type) => type.getSymbol()?.getName() === "Memory");
  const memory = unknowns[index];
  const readWord = memory?.kind === "map" ? memory.fields.get("readWord") : undefined;
  if (readWord === undefined) return undefined;
  const after = { ...newPlace(place.keys), writes: place.writes };
  const { start } = given[index] as Words;
  for (let address = start; address < start + MEMORY_SIZE; address += 4) {
    const said = call(readWord, [termValue(integer(address))], after);
    const real = (given[index] as Words).readWord(address);
    const difference = differenceOf(said, real, reader, place);
    if (difference !== undefined) return `the word at ${address} is ${difference}`;
  }
  return undefined;
}

type Cells = { read(row: number): number };

/** The same of the columns, also of those that are fields of a record. */
function columnDifference(
  { types, unknowns, place }: Translation,
  given: readonly unknown[],
  reader: TermReader,
): string | undefined {
  const after = { ...newPlace(place.keys), writes: place.writes };
  const columns = types.flatMap((type, index) => columnsIn(type, unknowns[index], given[index]));
  for (const [index, { read, cells }] of columns.entries()) {
    for (let row = 0; row < COLUMN_LENGTH; row++) {
      const said = call(read, [termValue(integer(row))], after);
      const difference = differenceOf(said, cells.read(row), reader, place);
      if (difference !== undefined) return `row ${row} of column ${index} is ${difference}`;
    }
  }
  return undefined;
}

interface ReadColumn {
  readonly read: Value;
  readonly cells: Cells;
}

function columnsIn(type: Type, unknown: Value | undefined, given: unknown): readonly ReadColumn[] {
  if (unknown?.kind !== "map" && unknown?.kind !== "record") return [];
  const read = unknown.fields.get("read");
  if (isColumnType(type)) return read === undefined ? [] : [{ read, cells: given as Cells }];
  if (unknown.kind !== "record" || type.isUnion()) return [];
  return propertiesOf(type).flatMap(([key, inner]) =>
    columnsIn(inner, unknown.fields.get(key), (given as Readonly<Record<string, unknown>>)[key]),
  );
}
