import { expect, test } from "vitest";
import { blockName } from "#units";
import { RandomChoices, ReplayedChoices } from "./choices.ts";
import { CoreChooser } from "./core-chooser.ts";

const CORES = 4;

/** Of 1000 blocks, how many are freed on another core than the one that placed them. */
function freedAway(chooser: CoreChooser): number {
  let away = 0;
  for (let name = 0; name < 1000; name++) {
    const home = chooser.coreFor("alloc", blockName(name));
    if (chooser.coreFor("dealloc", blockName(name)) !== home) away += 1;
  }
  return away;
}

/** Chooses `first`, then at random. */
function startingWith(first: number): { below(bound: number): number } {
  const start = new ReplayedChoices([first]);
  const rest = new RandomChoices(7);
  return { below: (bound) => (start.isSpent ? rest : start).below(bound) };
}

test("programs differ in how much they hand on, from nothing to everything", () => {
  expect(freedAway(new CoreChooser(startingWith(0), CORES))).toBe(0);
  expect(freedAway(new CoreChooser(startingWith(3), CORES))).toBe(1000);

  const half = freedAway(new CoreChooser(startingWith(2), CORES));
  expect(half).toBeGreaterThan(400);
  expect(half).toBeLessThan(600);
});

test("every core makes calls", () => {
  const chooser = new CoreChooser(new RandomChoices(8), CORES);

  const seen = new Set(
    Array.from({ length: 100 }, (_, name) => chooser.coreFor("alloc", blockName(name))),
  );

  expect(seen.size).toBe(CORES);
});
