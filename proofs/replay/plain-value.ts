/**
 * Values of the dialect as plain data: what a theorem's arguments are while they are built, made
 * smaller and shown. Only a finite map is an object of its own, since the real one hides its entries.
 */
import type { FiniteMap } from "#support";
import { address, bytes } from "#units";
import { SparseColumn } from "./sparse-column.ts";
import { SparseMemory } from "./sparse-memory.ts";

export type Plain =
  | number
  | string
  | boolean
  | undefined
  | readonly Plain[]
  | PlainMap
  | PlainMemory
  | PlainCells
  | PlainRecord;

export interface PlainRecord {
  readonly [key: string]: Plain;
}

/** The entries of a finite map, by their keys. */
export class PlainMap {
  readonly entries: readonly (readonly [Plain, Plain])[];

  constructor(entries: readonly (readonly [Plain, Plain])[]) {
    this.entries = entries;
  }
}

/** Memory, and its words by their addresses; all others are 0. */
export class PlainMemory {
  readonly start: number;
  readonly size: number;
  readonly words: readonly (readonly [number, number])[];

  constructor(start: number, size: number, words: readonly (readonly [number, number])[]) {
    this.start = start;
    this.size = size;
    this.words = words;
  }
}

/** A column, and its cells by their rows; all others are 0. */
export class PlainCells {
  readonly length: number;
  readonly cells: readonly (readonly [number, number])[];

  constructor(length: number, cells: readonly (readonly [number, number])[]) {
    this.length = length;
    this.cells = cells;
  }
}

/** Makes a finite map of the source that is run. */
export type MakeMap = (
  entries: Iterable<readonly [unknown, unknown]>,
) => FiniteMap<unknown, unknown>;

/** `value` as the functions of the source take it; `makeMap` is that source's. */
export function realValue(value: Plain, makeMap: MakeMap): unknown {
  if (value instanceof PlainMap) {
    return makeMap(value.entries.map(([key, each]) => [key, realValue(each, makeMap)] as const));
  }
  if (value instanceof PlainMemory) {
    return new SparseMemory(address(value.start), bytes(value.size), value.words);
  }
  if (value instanceof PlainCells) return new SparseColumn(value.length, value.cells);
  if (Array.isArray(value)) return value.map((each: Plain) => realValue(each, makeMap));
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).map(([key, each]) => [key, realValue(each, makeMap)]);
  return Object.fromEntries(fields);
}

export function isRecord(value: Plain): value is PlainRecord {
  const isDoor = value instanceof PlainMemory || value instanceof PlainCells;
  const isOther = value instanceof PlainMap || isDoor;
  return typeof value === "object" && !Array.isArray(value) && !isOther;
}
