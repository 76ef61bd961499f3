import fc from "fast-check";
import { expect, test } from "vitest";
import { SortedStarts } from "./sorted-starts.ts";

const step = fc.record({ start: fc.nat(1999), asked: fc.nat(2001), isTaken: fc.nat(3) });

test("what starts last below is what a sorted array says, with as many as fill many leaves", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2000, maxLength: 6000 }), (steps) => {
      const sorted = new SortedStarts<number>();
      const starts = new Set<number>();
      for (const { start, asked, isTaken } of steps) {
        if (starts.has(start)) {
          sorted.remove(start);
          starts.delete(start);
        } else if (isTaken > 0) {
          sorted.insert(start, start);
          starts.add(start);
        }
        const [last, before] = lastBelow(starts, asked);
        expect(sorted.below(asked)).toBe(last);
        if (last !== undefined) expect(sorted.previous()).toBe(before);
        expect(sorted.above(asked)).toBe(firstFrom(starts, asked));
      }
    }),
    { seed: 3, numRuns: 5 },
  );
});

test("all that is inserted in order can be removed from both ends", () => {
  const sorted = new SortedStarts<number>();
  for (let start = 0; start < 1000; start++) sorted.insert(start, start);
  for (let start = 0; start < 400; start++) sorted.remove(start);
  for (let start = 999; start >= 600; start--) sorted.remove(start);

  expect([sorted.above(0), sorted.below(1000)]).toEqual([400, 599]);
  for (let start = 400; start < 600; start++) sorted.remove(start);
  expect([sorted.above(0), sorted.below(1000)]).toEqual([undefined, undefined]);
});

/** The greatest of `starts` below `bound`, and the one before it. */
function lastBelow(starts: ReadonlySet<number>, bound: number): readonly number[] {
  const found: number[] = [];
  for (let start = bound - 1; start >= 0 && found.length < 2; start--) {
    if (starts.has(start)) found.push(start);
  }
  return found;
}

function firstFrom(starts: ReadonlySet<number>, bound: number): number | undefined {
  for (let start = bound; start < 2000; start++) if (starts.has(start)) return start;
  return undefined;
}
