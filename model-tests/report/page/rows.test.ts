import * as fc from "fast-check";
import { expect, test } from "vitest";
import { placeIn, rowOf, rowsFor } from "./rows.ts";

const ranges = fc.array(
  fc
    .tuple(fc.nat(2), fc.nat(2 ** 30), fc.integer({ min: 1, max: 4096 }))
    .map(([space, start, size]) => ({ space, start, end: start + size })),
  { minLength: 1, maxLength: 80 },
);

test("every byte of every range has a row, and rows are few", () => {
  fc.assert(
    fc.property(ranges, (used) => {
      const rows = rowsFor(used, [], 64);

      expect(rows.rows.length).toBeLessThanOrEqual(64);
      for (const { space, start, end } of used) {
        for (const address of [start, end - 1]) {
          const row = rows.rows[rowOf(rows, space, address)];
          expect(row?.space).toBe(space);
          expect(address - (row?.start ?? 0)).toBeLessThan(rows.bytes);
        }
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("what is above in memory is above on the page", () => {
  fc.assert(
    fc.property(ranges, (used) => {
      const rows = rowsFor(used, [], 64);
      const sorted = [...used].sort(
        (one, other) => one.space - other.space || one.start - other.start,
      );

      const places = sorted.map(({ space, start }) => placeIn(rows, space, start) ?? -1);

      expect(places.every((place) => place >= 0 && place < 1)).toBe(true);
      expect(places).toEqual([...places].sort((one, other) => one - other));
    }),
    { seed: 2, numRuns: 200 },
  );
});

test("what lies far apart stands together, and says how far it was", () => {
  const near = { space: 0, start: 0, end: 64 };
  const far = { space: 0, start: 2 ** 40, end: 2 ** 40 + 64 };

  const { rows } = rowsFor([near, far], [], 64);

  expect(rows.map(({ start, skipped }) => [start, skipped])).toEqual([
    [0, 0],
    [2 ** 40, 2 ** 40 - 64],
  ]);
});
