/**
 * Values that are simpler than a value, one step each: a smaller number, a text that comes earlier, an
 * entry less, nothing where that may be. Whoever looks for the simplest tries them one by one.
 */
import type { Type } from "ts-morph";
import { isNumberType, partsOf } from "../translate/dialect.ts";
import { type UnitRange, unitRange } from "../translate/unit-range.ts";
import {
  isRecord,
  type Plain,
  PlainCells,
  PlainMap,
  PlainMemory,
  type PlainRecord,
} from "./plain-value.ts";

/** The values of `type` that are one step simpler than `value`, the simplest first. */
export function* smallerValues(value: Plain, type: Type): Generator<Plain> {
  if (value === undefined) return;
  const parts = partsOf(type);
  if (parts.some((part) => part.isUndefined())) yield undefined;
  if (typeof value === "number") {
    yield* earlierTexts(undefined, parts);
    yield* smallerNumbers(value, parts);
  }
  if (typeof value === "string") yield* earlierTexts(value, parts);
  else if (typeof value === "boolean") yield* value ? [false] : [];
  else if (value instanceof PlainMemory) yield* plainerMemory(value);
  else if (value instanceof PlainCells) yield* plainerCells(value);
  else if (value instanceof PlainMap) yield* fewerEntries(value, type.getNonNullableType());
  else if (Array.isArray(value)) yield* fewerElements(value, type.getNonNullableType());
  else if (isRecord(value)) yield* simplerFields(value, parts);
}

function* smallerNumbers(value: number, parts: readonly Type[]): Generator<number> {
  const number = parts.find(isNumberType);
  if (number !== undefined) yield* numbersBelow(value, unitRange(number));
}

/** Some numbers of a unit that are below `value`, the simplest first. */
export function numbersBelow(
  value: number,
  { least, arePowersOfTwo }: Pick<UnitRange, "least" | "arePowersOfTwo">,
): readonly number[] {
  const half = Math.floor(value / 2);
  const tried = [least, least + 1, half, value - Math.floor(half / 2), value - 8, value - 1];
  return [...new Set(tried)].filter(
    (each) =>
      least <= each && each < value && (!arePowersOfTwo || Number.isInteger(Math.log2(each))),
  );
}

function* earlierTexts(value: string | undefined, parts: readonly Type[]): Generator<string> {
  for (const part of parts) {
    const text = part.getLiteralValue();
    if (text === value && value !== undefined) return;
    if (typeof text === "string") yield text;
  }
}

/** A word less, which is then 0, or a smaller one; where memory lies depends on too much else. */
function* plainerMemory({ start, size, words }: PlainMemory): Generator<PlainMemory> {
  for (const [index, [address, word]] of words.entries()) {
    yield new PlainMemory(start, size, words.toSpliced(index, 1));
    for (const each of numbersBelow(word, { least: 0, arePowersOfTwo: false })) {
      yield new PlainMemory(start, size, words.with(index, [address, each]));
    }
  }
}

/** A cell less, which is then 0, or a number nearer to 0; then fewer rows. */
function* plainerCells({ length, cells }: PlainCells): Generator<PlainCells> {
  for (const [index, [row, cell]] of cells.entries()) {
    yield new PlainCells(length, cells.toSpliced(index, 1));
    for (const each of numbersBelow(cell, { least: 0, arePowersOfTwo: false })) {
      yield new PlainCells(length, cells.with(index, [row, each]));
    }
  }
  for (const each of numbersBelow(length, { least: 0, arePowersOfTwo: false })) {
    yield new PlainCells(each, cells);
  }
}

function* fewerEntries(map: PlainMap, type: Type): Generator<PlainMap> {
  const [keyType, valueType] = type.getTypeArguments();
  if (keyType === undefined || valueType === undefined) return;
  for (const [index, [key, value]] of map.entries.entries()) {
    const others = map.entries.toSpliced(index, 1);
    yield new PlainMap(others);
    for (const each of smallerValues(value, valueType)) {
      yield new PlainMap(map.entries.with(index, [key, each]));
    }
    for (const each of smallerValues(key, keyType)) {
      if (others.some(([other]) => other === each)) continue;
      yield new PlainMap(map.entries.with(index, [each, value]));
    }
  }
}

function* fewerElements(list: readonly Plain[], type: Type): Generator<readonly Plain[]> {
  const element = type.getArrayElementTypeOrThrow();
  for (const [index, value] of list.entries()) {
    yield list.toSpliced(index, 1);
    for (const each of smallerValues(value, element)) yield list.with(index, each);
  }
}

function* simplerFields(record: PlainRecord, parts: readonly Type[]): Generator<PlainRecord> {
  for (const [key, value] of Object.entries(record)) {
    // Another kind has other fields.
    if (key === "kind") continue;
    const property = parts.flatMap((part) => part.getProperty(key) ?? [])[0];
    const [declaration] = property?.getDeclarations() ?? [];
    if (property === undefined || declaration === undefined) continue;
    const type = property.getTypeAtLocation(declaration);
    for (const each of smallerValues(value, type)) yield { ...record, [key]: each };
  }
}
