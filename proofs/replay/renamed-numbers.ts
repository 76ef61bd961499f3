/**
 * Values with a number of one unit replaced wherever it is.
 *
 * A name that is a key, a field of its value and the name in a call can only change in all three places
 * at once; one place at a time it would be another heap.
 */
import type { Type } from "ts-morph";
import { isNumberType, partsOf } from "../translate/dialect.ts";
import { type UnitRange, unitRange } from "../translate/unit-range.ts";
import { isRecord, type Plain, PlainMap } from "./plain-value.ts";

/** A number of a unit, replaced by another. */
export interface Renaming {
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

/** `value`, which is of `type`, with the number replaced. */
export function renamedNumbers(value: Plain, type: Type, renaming: Renaming): Plain {
  const { unit, from, to } = renaming;
  return mappedNumbers(value, type, (number, range) =>
    range.unit === unit && number === from ? to : number,
  );
}

/** Every number in `value`, with what its unit says. */
export function numbersIn(
  value: Plain,
  type: Type,
): readonly { readonly number: number; readonly range: UnitRange }[] {
  const found: { readonly number: number; readonly range: UnitRange }[] = [];
  mappedNumbers(value, type, (number, range) => {
    found.push({ number, range });
    return number;
  });
  return found;
}

type Change = (number: number, range: UnitRange) => number;

function mappedNumbers(value: Plain, type: Type, change: Change): Plain {
  const parts = partsOf(type);
  if (typeof value === "number") {
    const part = parts.find(isNumberType);
    return part === undefined ? value : change(value, unitRange(part));
  }
  const whole = type.getNonNullableType();
  if (value instanceof PlainMap) {
    const [keyType, valueType] = whole.getTypeArguments();
    if (keyType === undefined || valueType === undefined) return value;
    return new PlainMap(
      value.entries.map(([key, each]) => [
        mappedNumbers(key, keyType, change),
        mappedNumbers(each, valueType, change),
      ]),
    );
  }
  if (Array.isArray(value)) {
    const element = whole.getArrayElementTypeOrThrow();
    return value.map((each: Plain) => mappedNumbers(each, element, change));
  }
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).map(([key, each]) => {
    const property = parts.flatMap((part) => part.getProperty(key) ?? [])[0];
    const [declaration] = property?.getDeclarations() ?? [];
    if (property === undefined || declaration === undefined) return [key, each];
    return [key, mappedNumbers(each, property.getTypeAtLocation(declaration), change)];
  });
  return Object.fromEntries(fields) as Plain;
}
