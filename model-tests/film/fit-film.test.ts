import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Reel } from "../report/page/reel.ts";
import { type Change, type Film, type FilmStep, HEAP_THINGS } from "./film.ts";
import { fitFilm } from "./fit-film.ts";

const costOf = (part: unknown): number => JSON.stringify(part).length;

/** Films of blocks that come and go. */
const films = fc
  .array(fc.tuple(fc.nat(20), fc.boolean()), { minLength: 1, maxLength: 60 })
  .map((moves): Film => {
    const steps = moves.map(([name, isGone], index): FilmStep => {
      const change: Change = isGone
        ? [HEAP_THINGS.block, name]
        : [HEAP_THINGS.block, name, 0, 64 * index, 16, 0];
      return [`call ${index}`, "released", change];
    });
    return { kind: "heap", before: 0, base: [], untold: 0, steps };
  });

test("a film that was made to fit ends with the same steps, and shows the same blocks there", () => {
  fc.assert(
    fc.property(films, fc.integer({ min: 300, max: 3000 }), (film, budget) => {
      const fitted = fitFilm(film, budget, costOf);

      expect(fitted.before + fitted.steps.length).toBe(film.steps.length);
      expect(fitted.steps).toEqual(film.steps.slice(fitted.before));
      const [whole, part] = [new Reel(film), new Reel(fitted)];
      whole.seek(film.steps.length);
      part.seek(fitted.steps.length);
      const names = (reel: Reel): number[] => {
        return reel.all(HEAP_THINGS.block).map(({ change }) => change[1]);
      };
      if (fitted.untold === 0) expect(names(part)).toEqual(names(whole));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a film takes no more than it may, and what is left out is counted", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (count) => {
      const base = Array.from({ length: count }, (_, name): Change => {
        return [HEAP_THINGS.block, name, 0, 4096 * name, 16, 0];
      });
      const steps: FilmStep[] = [["a = alloc 1", "V0x0040", [HEAP_THINGS.block, 0, 0, 64, 1, 0]]];
      const film: Film = { kind: "heap", before: 7, base, untold: 0, steps };

      const { base: kept, untold, steps: shown } = fitFilm(film, 1000, costOf);

      expect(costOf(kept) + costOf(shown)).toBeLessThan(1010);
      expect(kept.length + untold).toBe(count);
      expect(kept[0]?.[1]).toBe(0);
    }),
    { seed: 2, numRuns: 100 },
  );
});

test("a text of any length is cut", () => {
  const film: Film = {
    kind: "machine",
    before: 0,
    base: [],
    untold: 0,
    steps: [["x".repeat(10_000), "y".repeat(10_000)]],
  };

  const [step] = fitFilm(film, 10_000, costOf).steps;

  expect(step?.map((text) => String(text).length)).toEqual([401, 401]);
});
