import fc from "fast-check";
import { expect, test } from "vitest";
import { type ChoiceSource, ExhaustiveChoices, RandomChoices, ReplayedChoices } from "./choices.ts";

const drawn = (choices: ChoiceSource, bounds: readonly number[]): readonly number[] =>
  bounds.map((bound) => choices.below(bound));

const BOUNDS = [10, 10, 10, 100, 1000, 2 ** 16, 2 ** 31, 2 ** 32];

// biome-ignore format: a table, computed with another program
const PINNED: readonly [seed: number, run: number, values: readonly number[]][] = [
  [0,                         0, [3, 8, 4, 20,  29, 45_211,   662_706_419, 2_507_942_434]],
  [1,                         0, [2, 6, 2, 34, 992, 17_854, 1_090_928_725, 1_587_309_927]],
  [42,                        3, [3, 6, 8, 85, 808, 38_736,   721_996_574, 3_623_670_723]],
  [2 ** 32 + 2,               0, [3, 8, 9, 58, 696, 29_171, 1_116_033_971,   846_987_489]],
  [Number.MAX_SAFE_INTEGER, 999, [7, 3, 3, 29, 734, 57_953,   630_483_455, 1_425_831_268]],
];

test.each(PINNED)("seed %i, run %i chooses the same on every machine", (seed, run, values) => {
  expect(drawn(new RandomChoices(seed, run), BOUNDS)).toEqual(values);
});

test("a random choice is below its bound, whatever the seed", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(), fc.integer({ min: 1, max: 2 ** 32 }), (...args) => {
      const [seed, run, bound] = args;
      const choices = new RandomChoices(seed, run);
      for (let draw = 0; draw < 20; draw++) {
        const value = choices.below(bound);
        expect(Number.isSafeInteger(value) && value >= 0 && value < bound).toBe(true);
      }
    }),
    { seed: 1 },
  );
});

test("runs of one seed differ, and so do seeds that differ in their upper half", () => {
  const firsts = new Set<string>();
  for (let run = 0; run < 1000; run++) {
    firsts.add(drawn(new RandomChoices(7, run), [2 ** 32, 2 ** 32]).join());
  }
  for (let high = 1; high <= 1000; high++) {
    firsts.add(drawn(new RandomChoices(7 + high * 2 ** 32), [2 ** 32, 2 ** 32]).join());
  }

  expect(firsts.size).toBe(2000);
});

test("every value is as likely as every other", () => {
  const choices = new RandomChoices(42);
  const counts = new Array<number>(10).fill(0);

  for (let draw = 0; draw < 100_000; draw++) {
    const value = choices.below(10);
    counts[value] = (counts[value] as number) + 1;
  }

  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test("an odometer goes through every way to choose, once", () => {
  const rounds: string[] = [];

  for (const choices = new ExhaustiveChoices(); choices.nextRound(); ) {
    rounds.push(drawn(choices, [2, 1, 3]).join(""));
  }

  expect(rounds).toEqual(["000", "001", "002", "100", "101", "102"]);
});

test("an odometer follows choices that depend on choices", () => {
  const rounds: string[] = [];

  for (const choices = new ExhaustiveChoices(); choices.nextRound(); ) {
    const first = choices.below(3);
    rounds.push([first, ...drawn(choices, new Array<number>(first).fill(2))].join(""));
  }

  expect(rounds).toEqual(["0", "10", "11", "200", "201", "210", "211"]);
});

test("an odometer without a choice has one round", () => {
  const choices = new ExhaustiveChoices();

  expect([choices.nextRound(), choices.nextRound()]).toEqual([true, false]);
});

test("recorded choices are repeated, within the bounds, and then it is all zeroes", () => {
  const choices = new ReplayedChoices([3, 7, 12]);

  expect(drawn(choices, [10, 10])).toEqual([3, 7]);
  expect(choices.isSpent).toBe(false);
  expect(drawn(choices, [10, 10, 10])).toEqual([2, 0, 0]);
  expect(choices.isSpent).toBe(true);
});
