/**
 * The unknowns that stand for arguments in a translation, and what they are in one run: the names are
 * those that `symbol.ts` gives, which every proof uses.
 */
import type { Type } from "ts-morph";
import { functionOf } from "../translate/evaluate.ts";
import { type Findings, symbolOf } from "../translate/symbol.ts";
import { call, newPlace, textTerm, type Value } from "../translate/value.ts";
import { builderOf, kindOf, mapOf, partsWithValue, propertiesOf } from "./argument-types.ts";
import { builtOf, COLUMN_LENGTH, MEMORY_SIZE } from "./arguments.ts";
import type { Sample } from "./sample.ts";

/** The unknown argument `name` of `type`. */
export function unknownOf(type: Type, name: string, found: Findings): Value {
  const kind = kindOf(type);
  if (kind === "index") {
    const map = symbolOf(mapOf(type), name, found);
    return call(functionOf(builderOf(type), new Map()), [map], newPlace(found.keys));
  }
  if (kind !== "record") return symbolOf(type, name, found);
  const fields = propertiesOf(type).map(([key, inner]): [string, Value] => [
    key,
    unknownOf(inner, `${name}.${key}`, found),
  ]);
  return { kind: "record", fields: new Map(fields) };
}

type Words = { readonly start: number; readWord(address: number): number };
type Cells = { read(row: number): number };
type Entries = { every(claim: (value: unknown, key: number) => boolean): boolean };

/** Says in `sample` that the unknown `name`, applied to `operands`, is `value`. */
export function describe(
  type: Type,
  name: string,
  value: unknown,
  sample: Sample,
  operands: readonly number[] = [],
): void {
  switch (kindOf(type)) {
    case "absent":
      sample.say(`${name} is absent`, operands, value === undefined);
      if (value !== undefined) describe(type.getNonNullableType(), name, value, sample, operands);
      return;
    case "boolean":
      sample.say(name, operands, value as boolean);
      return;
    case "scalar":
      sample.say(name, operands, codeOf(value));
      return;
    case "list":
      for (const [index, element] of (value as readonly unknown[]).entries()) {
        sample.note(name, index);
        sample.say(`${name} has`, [...operands, index], true);
        describe(type.getArrayElementTypeOrThrow(), `${name} at`, element, sample, [
          ...operands,
          index,
        ]);
        if (typeof element !== "object") {
          sample.say(`${name} includes`, [codeOf(element)], true);
        }
      }
      return;
    case "map": {
      const [key, inner] = type.getTypeArguments() as [Type, Type];
      const over = key.getAliasSymbol()?.getName() ?? key.getText();
      (value as Entries).every((element, at) => {
        sample.note(over, at);
        sample.say(`${name} has`, [...operands, at], true);
        describe(inner, `${name} at`, element, sample, [...operands, at]);
        return true;
      });
      return;
    }
    case "memory": {
      const { start } = value as Words;
      sample.say(`${name}.start`, [], start);
      sample.say(`${name}.size`, [], MEMORY_SIZE);
      for (let address = start; address < start + MEMORY_SIZE; address += 4) {
        sample.say(`${name} word`, [address], (value as Words).readWord(address));
      }
      return;
    }
    case "column":
      sample.say(`${name}.length`, [], COLUMN_LENGTH);
      for (let row = 0; row < COLUMN_LENGTH; row++) {
        sample.say(`${name} cell`, [row], (value as Cells).read(row));
      }
      return;
    case "index":
      describe(mapOf(type), name, builtOf.get(value as object), sample, operands);
      return;
    case "union": {
      const { kind } = value as { kind: string };
      const part = partsWithValue(type).find((each) => kindsOf(each).includes(kind));
      if (part === undefined) throw new Error(`${name} is of no kind ${kind}`);
      describe(part, name, value, sample, operands);
      return;
    }
    case "record":
      for (const [key, inner] of propertiesOf(type)) {
        describe(
          inner,
          `${name}.${key}`,
          (value as Readonly<Record<string, unknown>>)[key],
          sample,
          operands,
        );
      }
  }
}

/** The texts that the kind of a record can be. */
function kindsOf(type: Type): readonly unknown[] {
  const kind = propertiesOf(type).find(([key]) => key === "kind")?.[1];
  return kind === undefined ? [] : partsWithValue(kind).map((part) => part.getLiteralValue());
}

function codeOf(value: unknown): number | bigint {
  return typeof value === "string" ? (textTerm(value).value as bigint) : (value as number);
}
