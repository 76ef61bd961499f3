/**
 * Values of the Informal Trace Format, decoded by what the format says of them.
 *
 *     {"#bigint": "7"}          a number, as a plain one is
 *     {"#tup": […]}             a list, as a sequence is
 *     {"#set": […]}             a list
 *     {"#map": [[key, value]]}  a Map
 *     {"tag": …, "value": …}    a variant
 *     any other object          a record
 */
import { assert } from "#support";

export class ItfVariant {
  readonly tag: string;
  readonly value: ItfDecoded;

  constructor(tag: string, value: ItfDecoded) {
    this.tag = tag;
    this.value = value;
  }
}

/** A record; a field that it lacks is a mistake of its writer. */
export class ItfRecord {
  readonly #fields: ReadonlyMap<string, ItfDecoded>;

  constructor(fields: ReadonlyMap<string, ItfDecoded>) {
    this.#fields = fields;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  field(name: string): ItfDecoded {
    const value = this.#fields.get(name);
    assert(value !== undefined, "a record has the fields that are read");
    return value;
  }
}

export type ItfDecoded =
  | boolean
  | string
  | number
  | readonly ItfDecoded[]
  | ReadonlyMap<ItfDecoded, ItfDecoded>
  | ItfVariant
  | ItfRecord;

/** Decodes `value`, which is what JSON holds. */
export function itfValue(value: unknown): ItfDecoded {
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map(itfValue);

  assert(typeof value === "object" && value !== null, "a value is one that the format has");
  const fields = new Map<string, unknown>(Object.entries(value));
  const digits = fields.get("#bigint");
  if (digits !== undefined) return integer(digits);
  const items = fields.get("#tup") ?? fields.get("#set");
  if (items !== undefined) return list(items).map(itfValue);
  const entries = fields.get("#map");
  if (entries !== undefined) return new Map(list(entries).map(entry));
  const tag = fields.get("tag");
  if (typeof tag === "string") return new ItfVariant(tag, itfValue(fields.get("value")));
  fields.delete("#meta");
  return new ItfRecord(new Map([...fields].map(([name, field]) => [name, itfValue(field)])));
}

function integer(digits: unknown): number {
  assert(typeof digits === "string" && /^-?\d+$/.test(digits), "an integer is written as digits");
  assert(Number.isSafeInteger(Number(digits)), "an integer is one that a double holds");
  return Number(digits);
}

function list(value: unknown): readonly unknown[] {
  assert(Array.isArray(value), "a collection is a list");
  return value;
}

function entry(pair: unknown): readonly [ItfDecoded, ItfDecoded] {
  const [key, value, ...rest] = list(pair);
  assert(rest.length === 0, "an entry of a map is a pair");
  return [itfValue(key), itfValue(value)];
}
