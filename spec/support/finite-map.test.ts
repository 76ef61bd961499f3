import fc from "fast-check";
import { expect, test } from "vitest";
import { InvariantViolation } from "./assert.ts";
import { finiteMap } from "./finite-map.ts";

const aKey = fc.nat(5);
const someEntries = fc.array(fc.tuple(aKey, fc.nat(9)), { maxLength: 6 });

/** Whether `law` is true of any entries, key and value. */
function holds(law: (entries: [number, number][], key: number, value: number) => boolean): void {
  fc.assert(fc.property(someEntries, aKey, fc.nat(9), law), { seed: 1, numRuns: 500 });
}

const KEYS = [0, 1, 2, 3, 4, 5];

test("a map has the last value of each key", () => {
  holds((entries) => {
    const map = finiteMap(entries);
    const plain = new Map(entries);

    return KEYS.every(
      (key) =>
        map.has(key) === plain.has(key) && (!map.has(key) || map.get(key) === plain.get(key)),
    );
  });
});

test("a map with a value differs at its key only", () => {
  holds((entries, key, value) => {
    const before = finiteMap(entries);
    const after = before.with(key, value);
    const others = KEYS.filter((other) => other !== key);

    return (
      after.get(key) === value &&
      others.every((other) => after.has(other) === before.has(other)) &&
      others.every((other) => !after.has(other) || after.get(other) === before.get(other))
    );
  });
});

test("a map without a key differs at that key only", () => {
  holds((entries, key) => {
    const before = finiteMap(entries);
    const after = before.without(key);
    const others = KEYS.filter((other) => other !== key);

    return !after.has(key) && others.every((other) => after.has(other) === before.has(other));
  });
});

test("a map is never changed", () => {
  holds((entries, key, value) => {
    const map = finiteMap(entries);
    const had = KEYS.map((each) => (map.has(each) ? map.get(each) : undefined));

    map.with(key, value);
    map.without(key);

    return KEYS.every((each, index) => (map.has(each) ? map.get(each) : undefined) === had[index]);
  });
});

test("what is said of every value and of some is said with its key", () => {
  holds((entries, key, value) => {
    const map = finiteMap(entries);
    const isIt = (each: number, other: number): boolean => each === value && other === key;
    const hasIt = map.has(key) && map.get(key) === value;

    return map.some(isIt) === hasIt && map.every((each, other) => !isIt(each, other)) === !hasIt;
  });
});

test("nothing is in the empty map", () => {
  const empty = finiteMap<number, number>();

  expect(empty.some(() => true)).toBe(false);
  expect(empty.every(() => false)).toBe(true);
});

test("a key without a value is not read", () => {
  expect(() => finiteMap([[1, 2]]).get(2)).toThrow(InvariantViolation);
});
