/**
 * Unknowns of given types: what a theorem's parameters stand for.
 *
 * Only what a type says is known of an unknown: a text is one of its texts, a number is an integer
 * from 0 to 2^53 - 1, and an alignment is at least 1. The list of types is closed; one that is not
 * modelled is refused.
 */
import type { Symbol as Property, Type } from "ts-morph";
import { isNumberType, partsOf } from "./dialect.ts";
import { LARGEST } from "./double.ts";
import { type Content, listValue, mapValue } from "./map.ts";
import {
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
import { choose, termValue, textTerm, UNDEFINED, type Value } from "./value.ts";

/** What is learned while unknowns are made. */
export interface Findings {
  /** What the types say of the unknowns. */
  readonly facts: Term[];
  /** The unknown numbers, by the name of their unit: those that may be keys of a finite map. */
  readonly numbers: Map<string, Term[]>;
  /** The unknown maps and lists, with the unit of their keys, if they have one. */
  readonly maps: Map<string, string>;
  /** Unknowns that have one value in the case at hand; those that were met are removed. */
  readonly fixed: Map<string, number | string | boolean>;
  /** No unknown number is larger. */
  readonly largest: Term;
}

/** Nothing learned yet: the case in which the unknowns named in `fixed` have those values. */
export function newFindings(
  fixed: Readonly<Record<string, number | string | boolean>> = {},
  largest: Term = LARGEST,
): Findings {
  const left = new Map(Object.entries(fixed));
  return { facts: [], numbers: new Map(), maps: new Map(), fixed: left, largest };
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
    return termValue(scalarOf(parts, name, found, atom("Int"), operands));
  }
  const element = type.getArrayElementType();
  if (element !== undefined) return listValue(contentOf(element, name, "", found, operands));
  if (isFiniteMap(type)) {
    const [key, value] = type.getTypeArguments() as [Type, Type];
    return mapValue(contentOf(value, name, unitOf(key), found, operands));
  }
  return recordOf(parts, name, found, operands);
}

/** A number, a text, or either. */
function scalarOf(
  parts: readonly Type[],
  name: string,
  found: Findings,
  atom: Term,
  operands: readonly Term[],
): Term {
  const codes = parts
    .filter((part) => part.isStringLiteral())
    .map((part) => textTerm(String(part.getLiteralValue())));
  const numbers = parts.filter(isNumberType);
  const fixed = operands.length === 0 ? found.fixed.get(name) : undefined;
  if (fixed !== undefined) {
    found.fixed.delete(name);
    if (typeof fixed === "number" && numbers.length > 0) return integer(fixed);
    const code = textTerm(String(fixed));
    if (!codes.some(({ value }) => value === code.value))
      throw new Error(`${name} is never ${fixed}`);
    return code;
  }
  const options = codes.map((code) => equal(atom, code));
  for (const number of numbers) {
    const unit = unitOf(number);
    const isAtLeast = arithmetic("<=", integer(unit === "Alignment" ? 1 : 0), atom);
    const isAtMost = arithmetic("<=", atom, found.largest);
    if (codes.length === 0) found.facts.push(isAtLeast, isAtMost);
    // Among texts, which are negative, a number is only told apart by being none of them.
    else options.push(arithmetic("<=", integer(0), atom));
    if (operands.length === 0) found.numbers.set(unit, [...(found.numbers.get(unit) ?? []), atom]);
  }
  if (codes.length > 0) found.facts.push(options.reduce(or, FALSE));
  return atom;
}

function isFiniteMap(type: Type): boolean {
  const [declaration] = type.getSymbol()?.getDeclarations() ?? [];
  return declaration?.getSourceFile().getBaseName() === "finite-map.ts";
}

function unitOf(type: Type): string {
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
    const kind = apply("Int", path, ...operands);
    fields.set("kind", termValue(scalarOf(kinds, path, found, kind, operands)));
  }
  return { kind: "record", fields };
}

function typeOf(property: Property, name: string): Type {
  const [declaration] = property.getDeclarations();
  const isField = property.isOptional() === false && declaration !== undefined;
  if (!isField) throw new Error(`${name}.${property.getName()} is not a plain field`);
  const type = property.getTypeAtLocation(declaration);
  if (type.getCallSignatures().length > 0) refuse(`${name}.${property.getName()}`, type);
  return type;
}

function refuse(name: string, type: Type): never {
  throw new Error(`${name} is not modelled: ${type.getText()}`);
}

/** What an unknown map or list holds: known only by what is asked of it. */
function contentOf(
  value: Type,
  name: string,
  unit: string,
  found: Findings,
  operands: readonly Term[],
): Content {
  if (operands.length > 0) throw new Error(`${name} is a map inside a map`);
  const values = new Map<Term, Value>();
  found.maps.set(name, unit);
  return {
    over: name,
    has: (key) => apply("Bool", `${name} has`, key),
    get: (key) => {
      const known = values.get(key) ?? symbolOf(value, `${name} at`, found, [key]);
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
