import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { digestOf } from "../ledger/obligations-of.ts";
import { allTheorems } from "../ledger/theorem-list.ts";
import { SolverCrew } from "../solver/solver-crew.ts";
import { ROOT } from "../source.ts";
import { MutationRun } from "./mutation-run.ts";
import { nameOf, onlyAssumed } from "./reached.ts";
import { complaintsAbout, SCORE_MIN, type Score, sourceOf } from "./score.ts";
import { SURVIVORS } from "./survivors.ts";

const SEED = "1";
const SAMPLE = 10;

const THEOREMS = allTheorems();
const crew = new SolverCrew({ workers: 2 });
const run = new MutationRun(THEOREMS, crew);
const score = JSON.parse(readFileSync(`${ROOT}proofs/mutation/score.json`, "utf8")) as Score;

afterAll(() => crew.close());

test("every mistake of the sample is refuted, but for the survivors that are listed", async () => {
  const sample = run.mutants
    .toSorted((left, right) => (draw(left.name) < draw(right.name) ? -1 : 1))
    .slice(0, SAMPLE);

  const outcomes = await run.outcomes(sample);

  expect(complaintsAbout(outcomes, SURVIVORS)).toEqual([]);
}, 600_000);

test("every survivor that is listed is a mutant, and says why it survives", () => {
  const names = new Set(run.mutants.map(({ name }) => name));

  const wrong = SURVIVORS.filter(({ mutant, reason }) => !names.has(mutant) || reason === "");

  expect(wrong).toEqual([]);
});

describe("the score", () => {
  test("was counted on this source", () => {
    expect(score.source).toBe(sourceOf(THEOREMS));
  });

  test("is of every mutant", () => {
    expect(score.mutants).toBe(run.mutants.length);
  });

  test("is of survivors that are all listed, and no others are", () => {
    const listed = SURVIVORS.map(({ mutant }) => mutant);

    expect(listed.toSorted()).toEqual(score.left.toSorted());
  });

  test("has nearly every mistake found", () => {
    expect(score.score).toBeGreaterThanOrEqual(SCORE_MIN);
  });
});

test("what an assumption is made of, some theorem says something about", () => {
  expect(onlyAssumed(THEOREMS).map(nameOf)).toEqual([]);
});

/** Puts names in an order that has nothing to do with what they say. */
function draw(name: string): string {
  return digestOf([SEED, name]);
}
