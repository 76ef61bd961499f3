/**
 * Arguments by type, for a real function: the corner cases of a number's unit more often than others,
 * and the keys of maps from so few that two maps often have one in common.
 */
import fc from "fast-check";
import type { Type } from "ts-morph";
import { isNumberType, partsOf } from "../translate/dialect.ts";
import { unitRange } from "../translate/unit-range.ts";
import {
  builderOf,
  INDEXES,
  kindOf,
  mapOf,
  partsWithValue,
  propertiesOf,
} from "./argument-types.ts";
import type { Declared } from "./private-modules.ts";

/** What the real code builds arguments with. */
export interface Builders {
  readonly finiteMap: (entries: readonly (readonly [number, unknown])[]) => unknown;
  readonly liveBlocks: (blocks: unknown) => object;
  readonly heldChunks: (chunks: unknown) => object;
  readonly PlainMemory: new (size: number, start: number) => object;
  readonly PlainColumn: new (cells: Int32Array) => object;
}

/** The words that the real code declares, in the files that declare them. */
export function buildersOf(modules: ReadonlyMap<string, Declared>): Builders {
  const declared = (path: string): Declared => modules.get(path) ?? {};
  return {
    ...(declared("spec/support/finite-map.ts") as Pick<Builders, "finiteMap">),
    ...(declared(INDEXES.LiveBlocks.path) as Pick<Builders, "liveBlocks">),
    ...(declared(INDEXES.HeldChunks.path) as Pick<Builders, "heldChunks">),
    ...(declared("impl/memory/plain-memory.ts") as Pick<Builders, "PlainMemory">),
    ...(declared("impl/memory/plain-column.ts") as Pick<Builders, "PlainColumn">),
  };
}

/** The map that an index was built of. */
export const builtOf: WeakMap<object, unknown> = new WeakMap<object, unknown>();

/** How many bytes the memory of an argument has. */
export const MEMORY_SIZE = 128;

/** Where a memory begins that has the last bytes of the first page, and addresses in it and of the page. */
const HIGH_START = 4096 - MEMORY_SIZE;
const HIGH_ADDRESSES: readonly number[] = [0, 0, 0, HIGH_START + 64];

/** How many rows the column of an argument has. */
export const COLUMN_LENGTH = 5;

const POWERS = Array.from({ length: 54 }, (_, exponent) => 2 ** exponent);
const CORNERS = [...new Set(POWERS.flatMap((power) => [power - 1, power, power + 1]))];
const KEY_MAX = 3;
const TINY_MAX = 6;

/** Two words in a row: a size and what comes next, as lists in memory have them, or any two. */
const WORDS = fc.oneof(
  fc.tuple(fc.integer({ min: 2, max: 6 }), fc.oneof(fc.constant(0), fc.nat(15))),
  fc.tuple(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.nat(2 ** 31 - 1)),
);

/** Rows of a column, or what stands for none: any, or of few. */
const ROWS = {
  any: fc.integer({ min: -1, max: COLUMN_LENGTH - 1 }),
  few: fc.integer({ min: -1, max: 1 }),
};

/** Units of which a map has many: all other units name or count things of a system. */
const MEASURES = ["Address", "ByteCount", "Alignment", "number"];

/**
 * Arguments of `types`: of any numbers, or all of them so small that sums of some are often others. If
 * they are about maps or memory, keys and addresses are few in either.
 */
export function argumentsOf(
  types: readonly Type[],
  builders: Builders,
): fc.Arbitrary<readonly unknown[]> {
  const kinds = types.flatMap(kindsIn);
  const scope =
    (["memory", "column"] as const).find((each) => kinds.includes(each)) ??
    (kinds.length > 0 ? "maps" : "numbers");
  const all = (isTiny: boolean, isHigh: boolean): fc.Arbitrary<readonly unknown[]> =>
    fc.tuple(...types.map((type) => argumentOf(type, { about: scope, isTiny, isHigh }, builders)));
  const low = [all(false, false), all(true, false)];
  return fc.oneof(...low, ...(scope === "memory" ? [all(true, true)] : []));
}

interface Scope {
  readonly about: "numbers" | "maps" | "memory" | "column";
  readonly isTiny: boolean;
  /** Whether memory has the last bytes of a page and not the first, as what is kept of slab pages has. */
  readonly isHigh: boolean;
}

function argumentOf(type: Type, scope: Scope, builders: Builders): fc.Arbitrary<unknown> {
  const of = (inner: Type): fc.Arbitrary<unknown> => argumentOf(inner, scope, builders);
  const kind = kindOf(type);
  switch (kind) {
    case "absent":
      return fc.option(of(type.getNonNullableType()), { nil: undefined, freq: 3 });
    case "boolean":
      return fc.boolean();
    case "scalar":
      return fc.oneof(...partsOf(type).map((part) => scalarOf(part, scope)));
    case "list":
      return fc.array(of(type.getArrayElementTypeOrThrow()), { maxLength: 3 });
    case "map": {
      const [key, value] = type.getTypeArguments() as [Type, Type];
      const entry = fc.tuple(of(key) as fc.Arbitrary<number>, of(value));
      return fc.array(entry, { maxLength: 5 }).map(builders.finiteMap);
    }
    case "memory":
      return fc
        .array(WORDS, { minLength: MEMORY_SIZE / 8, maxLength: MEMORY_SIZE / 8 })
        .map((pairs) => memoryOf(pairs.flat(), scope.isHigh ? HIGH_START : 0, builders));
    case "column":
      return fc
        .array(scope.isTiny ? ROWS.few : ROWS.any, {
          minLength: COLUMN_LENGTH,
          maxLength: COLUMN_LENGTH,
        })
        .map((cells) => new builders.PlainColumn(Int32Array.from(cells)));
    case "index": {
      const build = builders[builderOf(type).getName() as "liveBlocks" | "heldChunks"];
      return of(mapOf(type)).map((map) => {
        const index = build(map);
        builtOf.set(index, map);
        return index;
      });
    }
    case "union":
      return fc.oneof(...partsOf(type).map(of));
    case "record":
      return fc.record(
        Object.fromEntries(propertiesOf(type).map(([name, inner]) => [name, of(inner)])),
      );
  }
}

function kindsIn(type: Type): readonly string[] {
  const kind = kindOf(type);
  if (["map", "memory", "column", "index"].includes(kind)) return [kind];
  if (kind === "record") return propertiesOf(type).flatMap(([, inner]) => kindsIn(inner));
  if (kind === "list") return ["list", ...kindsIn(type.getArrayElementTypeOrThrow())];
  return kind === "union" || kind === "absent" ? partsWithValue(type).flatMap(kindsIn) : [];
}

function scalarOf(type: Type, { about, isTiny, isHigh }: Scope): fc.Arbitrary<unknown> {
  if (!isNumberType(type)) return fc.constant(type.getLiteralValue());
  const { unit, least, most, arePowersOfTwo } = unitRange(type);
  const isInside = (value: number): boolean => least <= value && value <= most;
  if (arePowersOfTwo) {
    const low = about === "numbers" && !isTiny ? POWERS : POWERS.slice(0, 6);
    return fc.constantFrom(...low.filter(isInside));
  }
  if (about === "column") {
    return (isTiny ? ROWS.few : ROWS.any).filter((row) => unit === "number" || isInside(row));
  }
  if (most - least <= 64) return fc.integer({ min: least, max: most });
  if (about === "memory") {
    const granule = fc.nat(MEMORY_SIZE / 8).map((granules) => granules * 8);
    if (isHigh) {
      return unit === "Address" ? fc.constantFrom(...HIGH_ADDRESSES) : fc.nat(6).filter(isInside);
    }
    // What stands for none is an address that is none; a unit with a range has no such number.
    const isOfUnit = (value: number): boolean => unit === "Address" || isInside(value);
    return isTiny ? fc.constantFrom(-1, 0, 8, 16, 32, 64).filter(isOfUnit) : granule;
  }
  if (about === "maps" && !MEASURES.includes(unit)) return fc.nat(KEY_MAX);
  if (isTiny) return fc.nat(TINY_MAX).filter(isInside);
  const corner = fc.constantFrom(...CORNERS.filter(isInside));
  const small = fc.nat(20).filter(isInside);
  const any = fc.integer({ min: least, max: most });
  const word = fc
    .nat(2 ** 31 - 1)
    .map((half) => half * 2 + 1)
    .filter(isInside);
  return about === "maps"
    ? fc.oneof(small, small, corner)
    : fc.oneof(small, corner, corner, word, any);
}

function memoryOf(words: readonly number[], start: number, { PlainMemory }: Builders): object {
  const memory = new PlainMemory(MEMORY_SIZE, start);
  const { writeWord } = memory as { writeWord(address: number, value: number): void };
  for (const [index, word] of words.entries()) writeWord.call(memory, start + index * 4, word);
  return memory;
}
