/**
 * Unknowns of given types: what a theorem's parameters stand for.
 *
 * Only what a type says is known of an unknown: a text is one of its texts, and a number is an integer
 * of the range of its unit. The list of types is closed; one that is not modelled is refused.
 */
import type { Symbol as Property, Type } from "ts-morph";
import { columnValue, isColumnType } from "./column.ts";
import { isNumberType, NotModelled, partsOf } from "./dialect.ts";
import { LARGEST } from "./double.ts";
import { INTEGERS } from "./integers.ts";
import { Keys } from "./keys.ts";
import { noteRange } from "./known-range.ts";
import { type Content, listValue, mapValue } from "./map.ts";
import { isMemoryType, memoryValue } from "./memory.ts";
import type { Numbers } from "./number-mode.ts";
import {
  and,
  apply,
  arithmetic,
  equal,
  FALSE,
  integer,
  or,
  type Sort,
  type Term,
  TRUE,
} from "./term.ts";
import { unitRange } from "./unit-range.ts";
import { choose, termValue, textTerm, UNDEFINED, type Value } from "./value.ts";

/** What is learned while unknowns are made. */
export interface Findings {
  /** What the types say of the unknowns. */
  readonly facts: Term[];
  /** The names in sight, which unknown numbers are from the beginning. */
  readonly keys: Keys;
  /** Unknowns that have one value in the case at hand; those that were met are removed. */
  readonly fixed: Map<string, number | string | boolean>;
  /** No unknown number is larger. */
  readonly largest: Term;
  /** How numbers are read. */
  readonly numbers: Numbers;
}

/** Nothing learned yet: the case in which the unknowns named in `fixed` have those values. */
export function newFindings(
  fixed: Readonly<Record<string, number | string | boolean>> = {},
  largest: Term = LARGEST,
  numbers: Numbers = INTEGERS,
  depthMax?: number,
): Findings {
  const left = new Map(Object.entries(fixed));
  return { facts: [], keys: new Keys(depthMax), fixed: left, largest, numbers };
}

/** An unknown of `type` named `name`, or the function of that name applied to `operands`. */
export function symbolOf(
  type: Type,
  name: string,
  found: Findings,
  operands: readonly Term[] = [],
): Value {
  const atom = (sort: Sort): Term => apply(sort, name, ...operands);
  const parts = partsOf(type).filter((part) => !part.isUndefined());
  if (parts.length < partsOf(type).length) {
    const isAbsent = apply("Bool", `${name} is absent`, ...operands);
    const present = symbolOf(type.getNonNullableType(), name, found, operands);
    return choose(isAbsent, UNDEFINED, present);
  }
  if (type.isBoolean()) {
    const fixed = operands.length === 0 ? found.fixed.get(name) : undefined;
    if (typeof fixed !== "boolean") return termValue(atom("Bool"));
    found.fixed.delete(name);
    return termValue(fixed ? TRUE : FALSE);
  }
  if (parts.every((part) => isNumberType(part) || part.isStringLiteral())) {
    return termValue(scalarOf(parts, name, found, operands));
  }
  if (found.numbers.mode === "bits" && isIndexed(type)) {
    throw new NotModelled(`${name} is not modelled as bits: state it in a theorem of integers`);
  }
  if (isMemoryType(type)) return memoryValue(name, found.facts, found.numbers);
  if (isColumnType(type)) return columnValue(name, found.facts, found.numbers);
  const element = type.getArrayElementType();
  if (element !== undefined) {
    if (operands.length > 0) throw new NotModelled(`${name} is a list inside a map: write a map`);
    return listValue(contentOf(element, name, name, found, operands));
  }
  if (isFiniteMap(type)) {
    const [key, value] = type.getTypeArguments() as [Type, Type];
    const content = contentOf(value, name, unitOf(key), found, operands);
    const { least, most } = unitRange(key);
    // Keys are numbers of their unit, so that no witness is a key that no map can have.
    const isKey = (term: Term): Term =>
      and(arithmetic("<=", integer(least), term), arithmetic("<=", term, integer(most)));
    return mapValue({ ...content, has: (term) => and(isKey(term), content.has(term)) });
  }
  return recordOf(parts, name, found, operands);
}

/** A number, a text, or either: whose texts are negative, and of whose numbers the unit says more. */
function scalarOf(
  parts: readonly Type[],
  name: string,
  found: Findings,
  operands: readonly Term[],
): Term {
  const codes = parts
    .filter((part) => part.isStringLiteral())
    .map((part) => textTerm(String(part.getLiteralValue())));
  const ranges = parts.filter(isNumberType).map(unitRange);
  const fixed = operands.length === 0 ? found.fixed.get(name) : undefined;
  if (fixed !== undefined) {
    found.fixed.delete(name);
    if (typeof fixed === "number" && ranges.length > 0) return found.numbers.constant(fixed);
    const code = textTerm(String(fixed));
    if (!codes.some(({ value }) => value === code.value))
      throw new Error(`${name} is never ${fixed}`);
    return found.numbers.constant(code.value as bigint);
  }
  const values = [
    ...codes.map(({ value }) => value as bigint),
    ...ranges.flatMap(({ least, most }) => [BigInt(least), BigInt(most)]),
  ].sort((left, right) => (left < right ? -1 : 1));
  const sort = found.numbers.sortFor(values[0] ?? 0n, values.at(-1) ?? 0n);
  const atom = apply(sort, name, ...operands);
  const options = codes.map((code) => equal(atom, code));
  const [range, another] = ranges;
  if (codes.length === 0 && range !== undefined && another === undefined) {
    noteRange(atom, range.least, range.most);
  }
  for (const { unit, least, most, arePowersOfTwo } of ranges) {
    const isInside = and(
      arithmetic("<=", integer(least), atom),
      and(arithmetic("<=", atom, integer(most)), arithmetic("<=", atom, found.largest)),
    );
    options.push(arePowersOfTwo ? and(isInside, found.numbers.powerOfTwo(atom)) : isInside);
    if (operands.length === 0) found.keys.note(unit, atom);
  }
  found.facts.push(options.reduce(or, FALSE));
  return atom;
}

/** Whether quantifiers are needed to speak of `type`. */
function isIndexed(type: Type): boolean {
  return isFiniteMap(type) || type.getArrayElementType() !== undefined;
}

function isFiniteMap(type: Type): boolean {
  const [declaration] = type.getSymbol()?.getDeclarations() ?? [];
  return declaration?.getSourceFile().getBaseName() === "finite-map.ts";
}

/** The name of the unit that `type` is. */
export function unitOf(type: Type): string {
  return /(\w+)$/.exec(type.getText())?.[1] ?? "";
}

/** A record with the fields of all `types`; a field named `kind` is one of all their texts. */
function recordOf(
  types: readonly Type[],
  name: string,
  found: Findings,
  operands: readonly Term[],
): Value {
  const fields = new Map<string, Value>();
  const known = new Map<string, string>();
  const kinds: Type[] = [];
  for (const type of types) {
    if (!type.isObject() && !type.isIntersection()) refuse(name, type);
    if (type.getCallSignatures().length > 0) refuse(name, type);
    if (types.length > 1 && type.getProperty("kind") === undefined) refuse(name, type);
    for (const property of type.getProperties()) {
      const key = property.getName();
      const inner = typeOf(property, name);
      if (key === "kind") {
        kinds.push(...partsOf(inner));
      } else if (!fields.has(key)) {
        known.set(key, inner.getText());
        fields.set(key, symbolOf(inner, `${name}.${key}`, found, operands));
      } else if (known.get(key) !== inner.getText()) {
        refuse(`${name}.${key}`, inner);
      }
    }
  }
  if (kinds.length > 0) {
    const path = `${name}.kind`;
    fields.set("kind", termValue(scalarOf(kinds, path, found, operands)));
  }
  return { kind: "record", fields };
}

function typeOf(property: Property, name: string): Type {
  const [declaration] = property.getDeclarations();
  const isField = property.isOptional() === false && declaration !== undefined;
  if (!isField)
    throw new NotModelled(`${name}.${property.getName()} is not a plain field: write | undefined`);
  const type = property.getTypeAtLocation(declaration);
  if (type.getCallSignatures().length > 0) refuse(`${name}.${property.getName()}`, type);
  return type;
}

const MODELLED =
  "write numbers, texts of a few, truths, records, unions by kind, lists, finite maps or memory";

function refuse(name: string, type: Type): never {
  throw new NotModelled(`${name} is not modelled: ${type.getText()}; ${MODELLED}`);
}

/** What an unknown map or list holds: known only by what is asked of it. */
function contentOf(
  value: Type,
  name: string,
  over: string,
  found: Findings,
  operands: readonly Term[],
): Content {
  const values = new Map<Term, Value>();
  return {
    over,
    has: (key) => apply("Bool", `${name} has`, ...operands, key),
    get: (key) => {
      const known = values.get(key) ?? symbolOf(value, `${name} at`, found, [...operands, key]);
      values.set(key, known);
      return known;
    },
  };
}

/** The texts that the unknown `name` of a theorem may be, for a split into all its cases. */
export function casesOf(type: Type, name: string): readonly string[] {
  const [, ...keys] = name.split(".");
  const reached = keys.reduce<readonly Type[]>(
    (types, key) => types.flatMap((each) => partsOf(typeOf(each.getPropertyOrThrow(key), name))),
    partsOf(type),
  );
  const cases = reached.map((part) => String(part.getLiteralValueOrThrow()));
  return [...new Set(cases)];
}
