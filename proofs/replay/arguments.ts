/**
 * The arguments of a theorem that a model speaks of, as plain data.
 *
 * The unknowns are made once more, by the same `symbolOf` that made them for the formula, and every
 * term in them is looked up in the model. So there is no second opinion on how an unknown is named.
 * A map or a list has the keys that the formula asked for and that are there; a value that the model
 * leaves out does not matter to it, and is the smallest of its type, or none where that may be.
 */
import type { FunctionDeclaration, Type } from "ts-morph";
import { type Constant, constantText, type Model, valueAt } from "../solver/model.ts";
import { isColumnType } from "../translate/column.ts";
import { isNumberType, partsOf } from "../translate/dialect.ts";
import { isMemoryType } from "../translate/memory.ts";
import { newFindings, symbolOf } from "../translate/symbol.ts";
import { integer, type Term, TRUE } from "../translate/term.ts";
import type { Case } from "../translate/theorem.ts";
import { unitRange } from "../translate/unit-range.ts";
import {
  type Names,
  newPlace,
  termValue,
  textOf,
  textTerm,
  type Value,
} from "../translate/value.ts";
import { type Plain, PlainCells, PlainMap, PlainMemory } from "./plain-value.ts";
import type { Application } from "./watched-text.ts";

/** Arguments, and the terms in them that are no power of two although their unit says so. */
export interface ArgumentsFound {
  readonly found: readonly Argument[];
  readonly odd: readonly string[];
}

/** One argument, under the name of its parameter. */
export interface Argument {
  readonly name: string;
  readonly type: Type;
  readonly value: Plain;
}

/** What is known of the counterexample that a model describes. */
interface Known {
  readonly model: Model;
  readonly asked: Asked;
  readonly odd: string[];
}

/** Which keys of maps a formula speaks of: those that it asks for, or all up to a number. */
export type Asked =
  | { readonly kind: "applications"; readonly applications: readonly Application[] }
  | { readonly kind: "world"; readonly last: number };

/** The arguments of `theorem` in the case `fixed` that `model`, of a formula that asks so, has. */
export function argumentsOf(
  theorem: FunctionDeclaration,
  fixed: Case,
  model: Model,
  asked: Asked,
): ArgumentsFound {
  const findings = newFindings(fixed);
  const known: Known = { model, asked, odd: [] };
  const found = theorem.getParameters().map((parameter) => {
    const [name, type] = [parameter.getName(), parameter.getType()];
    return { name, type, value: plainValue(symbolOf(type, name, findings), type, known) };
  });
  return { found, odd: [...new Set(known.odd)] };
}

function plainValue(value: Value, type: Type, known: Known): Plain {
  if (value.kind === "undefined") return undefined;
  if (value.kind === "choice") {
    const isYes = constantOf(value.condition, known.model) ?? true;
    return plainValue(isYes === true ? value.yes : value.no, type, known);
  }
  if (value.kind === "term") return scalarOf(value.term, type, known);
  if (value.kind === "map") {
    return collectionOf(value.fields, type.getNonNullableType(), known);
  }
  if (value.kind !== "record") throw new Error(`an unknown is no ${value.kind}`);

  const kind = value.fields.get("kind");
  const parts = partsOf(type).filter((part) => !part.isUndefined());
  const text = kind === undefined ? undefined : plainValue(kind, kindOf(parts), known);
  const members = parts.filter((part) => text === undefined || hasKind(part, text));
  const fields: Record<string, Plain> = {};
  for (const property of members.flatMap((part) => part.getProperties())) {
    const key = property.getName();
    const [declaration] = property.getDeclarations();
    const inner = value.fields.get(key);
    if (inner === undefined || declaration === undefined) continue;
    fields[key] =
      key === "kind" ? text : plainValue(inner, property.getTypeAtLocation(declaration), known);
  }
  return fields;
}

/** The types of the field `kind` of `parts`; any of them, since only their texts are asked for. */
function kindOf(parts: readonly Type[]): Type {
  const [first] = parts.map(kindTypeOf);
  if (first === undefined) throw new Error("a record without a kind has none");
  return first;
}

function kindTypeOf(part: Type): Type {
  const property = part.getPropertyOrThrow("kind");
  return property.getTypeAtLocation(property.getDeclarations()[0]!);
}

function hasKind(part: Type, text: Plain): boolean {
  return partsOf(kindTypeOf(part)).some((each) => each.getLiteralValue() === text);
}

/** A number, a text or a truth value. */
function scalarOf(term: Term, type: Type, { model, odd }: Known): Plain {
  const constant = constantOf(term, model);
  if (term.sort === "Bool") return constant === true;
  const text = constant === undefined ? undefined : textOf(constant);
  if (text !== undefined) return text;
  if (typeof constant !== "number" || constant < 0) return smallestOf(type);
  const number = partsOf(type).find(isNumberType);
  const isPower = Number.isInteger(Math.log2(constant));
  if (number !== undefined && unitRange(number).arePowersOfTwo && !isPower) {
    odd.push(textAt(term, model));
  }
  return constant;
}

/** `term`, an unknown or a function at some constants, as SMT-LIB. */
function textAt({ operator, operands }: Term, model: Model): string {
  if (operands.length === 0) return `|${operator}|`;
  return `(|${operator}| ${operands.map((each) => constantText(constantOf(each, model) ?? 0)).join(" ")})`;
}

/** The smallest number, or else the first text, of `type`. */
export function smallestOf(type: Type): number | string {
  const parts = partsOf(type);
  const number = parts.find(isNumberType);
  if (number !== undefined) return unitRange(number).least;
  return String(parts.find((part) => part.isStringLiteral())?.getLiteralValue());
}

/** A finite map, or a list, with what the formula asked of it. */
function collectionOf(words: Names, type: Type, known: Known): Plain {
  if (isMemoryType(type)) return memoryOf(words, known);
  if (isColumnType(type)) return cellsOf(words, known);
  const element = type.getArrayElementType();
  if (element !== undefined) return listOf(words, element, known);
  const [keyType, valueType] = type.getTypeArguments();
  if (keyType === undefined || valueType === undefined) {
    throw new Error(`there are no values of ${type.getText()}`);
  }
  const keys = keysOf(words, known).map(({ key, each }) => {
    const name = plainValue(termValue(key), keyType, known);
    return [name, plainValue(each, valueType, known)] as const;
  });
  return new PlainMap(keys);
}

function listOf(words: Names, type: Type, known: Known): readonly Plain[] {
  const elements = keysOf(words, known).map(({ each }) => plainValue(each, type, known));
  const texts = partsOf(type).filter((part) => part.isStringLiteral());
  const includes = words.get("includes");
  const isIncluded = (term: Term): boolean => {
    if (includes?.kind !== "function") return false;
    const answer = includes.call([termValue(term)], newPlace());
    return answer.kind === "term" && constantOf(answer.term, known.model) === true;
  };
  const included = texts
    .map((part) => String(part.getLiteralValue()))
    .filter((text) => isIncluded(textTerm(text)));
  return [...new Set([...elements, ...included])];
}

/** Memory with the words that the formula asked for. */
function memoryOf(words: Names, known: Known): PlainMemory {
  const start = numberOf(words.get("start"), known);
  const size = numberOf(words.get("size"), known);
  return new PlainMemory(start, size, contentOf(words.get("readWord"), known));
}

/** A column with the cells that the formula asked for. */
function cellsOf(words: Names, known: Known): PlainCells {
  return new PlainCells(numberOf(words.get("length"), known), contentOf(words.get("read"), known));
}

/** What `read` answers at the places that the formula asked for. */
function contentOf(read: Value | undefined, known: Known): readonly (readonly [number, number])[] {
  if (read?.kind !== "function") throw new Error("what is read has a word for it");
  const contentAt = (place: number): Value => read.call([termValue(integer(place))], newPlace());
  const probe = contentAt(0);
  const content = probe.kind === "term" ? probe.term.operator : "";
  const { asked } = known;
  const applications = asked.kind === "applications" ? asked.applications : [];
  const places = applications
    .filter(({ name }) => name === content)
    .flatMap(({ operands: [place] }) => (typeof place === "number" ? [place] : []));
  return [...new Set(places)].map((place) => [place, numberOf(contentAt(place), known)] as const);
}

function numberOf(value: Value | undefined, { model }: Known): number {
  const constant = value?.kind === "term" ? constantOf(value.term, model) : undefined;
  return typeof constant === "number" ? constant : 0;
}

/** The keys that are there, of those that the formula asked for, each with its value. */
function keysOf(
  words: Names,
  { model, asked }: Known,
): readonly { readonly key: Term; readonly each: Value }[] {
  let each: Value | undefined;
  const look: Value = {
    kind: "function",
    call: ([seen]) => {
      each = seen;
      return termValue(TRUE);
    },
  };
  const some = words.get("some");
  const claim = some?.kind === "function" ? some.call([look], newPlace()) : undefined;
  const body = claim?.kind === "term" ? claim.term.body : undefined;
  if (body === undefined) throw new Error("a map has a word some");

  const { operator, operands } = body(integer(0));
  const outer = operands.slice(0, -1).map(({ value }) => value);
  return [...new Set(keysAsked(asked, operator, outer))].flatMap((constant) => {
    if (typeof constant !== "number" && typeof constant !== "bigint") return [];
    const key = integer(constant);
    if (constantOf(body(key), model) !== true || each === undefined) return [];
    return [{ key, each }];
  });
}

/** The keys that the function `name`, at the keys `outer` of the maps around, is asked for. */
function keysAsked(
  asked: Asked,
  name: string,
  outer: readonly (Constant | undefined)[],
): readonly (Constant | undefined)[] {
  if (asked.kind === "world") return Array.from({ length: asked.last + 1 }, (_, index) => index);
  return asked.applications
    .filter((each) => each.name === name)
    .filter(({ operands }) => outer.every((operand, index) => operand === operands[index]))
    .map(({ operands }) => operands[outer.length]);
}

/** The constant that `term`, an unknown or a choice between some, is in `model`. */
function constantOf(term: Term, model: Model): Constant | undefined {
  if (term.value !== undefined) return term.value;
  const operands = term.operands.map((operand) => constantOf(operand, model));
  const [first, second, third] = operands;
  if (term.operator === "not") return first === undefined ? undefined : !first;
  if (term.operator === "and") return (first ?? false) === true && (second ?? false) === true;
  if (term.operator === "ite") return first === true ? second : third;
  if (term.operator === "=") return first === second;
  if (!operands.every((operand) => operand !== undefined)) return undefined;
  return valueAt(model, term.operator, operands);
}
