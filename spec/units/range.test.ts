import { expect, test } from "vitest";
import { address } from "./address.ts";
import { bytes } from "./bytes.ts";
import { contains, endOf, type Range } from "./range.ts";

const range = (start: number, size: number): Range => ({
  start: address(start),
  size: bytes(size),
});

test("a range ends behind its last byte", () => {
  expect(endOf(range(16, 8))).toBe(24);
  expect(endOf(range(16, 0))).toBe(16);
});

// biome-ignore format: a table
test.each([
  ["itself",                  range(8, 8),  true],
  ["a part at its start",     range(8, 3),  true],
  ["a part at its end",       range(13, 3), true],
  ["nothing at its end",      range(16, 0), true],
  ["a byte before it",        range(7, 1),  false],
  ["a byte behind it",        range(16, 1), false],
  ["a part and a byte before", range(7, 3),  false],
  ["a part and a byte behind", range(14, 3), false],
  ["more than itself",        range(7, 10), false],
])("the range of 8 to 16 and %s", (_, inner, isContained) => {
  expect(contains(range(8, 8), inner)).toBe(isContained);
});

test("a range contains another exactly if it has each of its bytes", () => {
  const has = (outer: Range, byte: number): boolean =>
    outer.start <= byte && byte < outer.start + outer.size;
  const small = [0, 1, 2, 3, 4].flatMap((start) => [1, 2, 3, 4].map((size) => range(start, size)));

  const wrong = small.flatMap((outer) =>
    small.filter((inner) => {
      const bytesOf = Array.from({ length: inner.size }, (_, index) => inner.start + index);
      return contains(outer, inner) !== bytesOf.every((byte) => has(outer, byte));
    }),
  );

  expect(wrong).toEqual([]);
});
