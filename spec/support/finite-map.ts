/**
 * A finite map as mathematics has it: a value, never changed, with a default nobody needs.
 *
 * `ReadonlyMap` would do for reading, but every update would be a copy written out at its place,
 * and Node 20 has no quantifiers over a map's entries. Six words are all the specification needs,
 * and each is one term of logic: `has` and `get` are functions of the key, `with` and `without`
 * change them at one key, `every` and `some` are the two quantifiers.
 */
import { assert } from "./assert.ts";

export interface FiniteMap<Key, Value> {
  /** Whether `key` has a value. */
  has(key: Key): boolean;
  /** The value of `key`, which has one. */
  get(key: Key): Value;
  /** The same map, but `key` has `value`. */
  with(key: Key, value: Value): FiniteMap<Key, Value>;
  /** The same map, but `key` has no value. */
  without(key: Key): FiniteMap<Key, Value>;
  /** Whether every value satisfies `claim`. */
  every(claim: (value: Value, key: Key) => boolean): boolean;
  /** Whether some value satisfies `claim`. */
  some(claim: (value: Value, key: Key) => boolean): boolean;
}

/** The finite map of `entries`; later entries win. */
export function finiteMap<Key, Value>(
  entries: Iterable<readonly [Key, Value]> = [],
): FiniteMap<Key, Value> {
  const map = new Map(entries);
  return {
    has: (key) => map.has(key),
    get: (key) => {
      assert(map.has(key), "only a key that has a value is read");
      return map.get(key) as Value;
    },
    with: (key, value) => finiteMap([...map, [key, value]]),
    without: (key) => finiteMap([...map].filter(([other]) => other !== key)),
    every: (claim) => [...map].every(([key, value]) => claim(value, key)),
    some: (claim) => [...map].some(([key, value]) => claim(value, key)),
  };
}
