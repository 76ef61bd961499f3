import fc from "fast-check";
import { expect, test } from "vitest";
import { type FiniteMap, finiteMap } from "#support";
import { InPlaceMap } from "./in-place-map.ts";

const answers = (map: FiniteMap<number, number>): unknown[] =>
  [0, 1, 2, 3, 4, 5].flatMap((key) => [
    map.has(key) && map.get(key),
    map.every((value, other) => value > key || other > key),
    map.some((value, other) => value === key && other !== key),
  ]);

const change = fc.record({ key: fc.nat(5), value: fc.nat(5), isGone: fc.boolean() });

test("a map that is changed in place answers as the one of the specification does", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      let naive = finiteMap<number, number>();
      const map = new InPlaceMap<number, number>();
      for (const { key, value, isGone } of changes) {
        naive = isGone ? naive.without(key) : naive.with(key, value);
        expect(isGone ? map.without(key) : map.with(key, value)).toBe(map);
        expect(answers(map)).toEqual(answers(naive));
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});

test("only a key that has a value is read", () => {
  expect(() => new InPlaceMap<number, number>().get(0)).toThrow("only a key that has a value");
});
