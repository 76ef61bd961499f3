import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { digestOf } from "../ledger/obligations-of.ts";
import { allTheorems } from "../ledger/theorem-list.ts";
import { SolverCrew } from "../solver/solver-crew.ts";
import { ROOT } from "../source.ts";
import { MutationRun } from "./mutation-run.ts";
import { nameOf, onlyAssumed } from "./reached.ts";
import { complaintsAbout, roomOf, SCORE_MIN, type Score, type Scores, sourcesOf } from "./score.ts";
import { SURVIVORS } from "./survivors.ts";

const SEED = "1";
const SAMPLE = 5;

const THEOREMS = allTheorems();
const crew = new SolverCrew({ workers: 2 });
const run = new MutationRun(THEOREMS, crew);
const SOURCES = sourcesOf(THEOREMS);
const ROOMS = [...new Set(run.mutants.map(({ file }) => roomOf(file)))].toSorted();
const scores = JSON.parse(readFileSync(`${ROOT}proofs/mutation/score.json`, "utf8")) as Scores;

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

test("every room that is changed has a score, and no other has", () => {
  expect(Object.keys(scores).toSorted()).toEqual(ROOMS);
});

describe.each(ROOMS)("the score of %s", (room) => {
  const score = scores[room];

  test("was counted on this source", () => {
    expect(score?.source).toBe(SOURCES.get(room));
  });

  test("is of every mutant", () => {
    const mutants = run.mutants.filter(({ file }) => roomOf(file) === room);

    expect(score?.mutants).toBe(mutants.length);
  });
});

test("the survivors that were counted are all listed, and no others are", () => {
  const listed = SURVIVORS.map(({ mutant }) => mutant);
  const left = Object.values(scores).flatMap((score) => score.left);

  expect(listed.toSorted()).toEqual(left.toSorted());
});

test("nearly every mistake is found", () => {
  const sum = (count: (score: Score) => number): number =>
    Object.values(scores).reduce((total, score) => total + count(score), 0);
  const found = sum(({ killed, refused }) => killed + refused);

  expect(found / sum(({ mutants, same }) => mutants - same)).toBeGreaterThanOrEqual(SCORE_MIN);
});

test("what an assumption is made of, some theorem says something about", () => {
  expect(onlyAssumed(THEOREMS).map(nameOf)).toEqual([]);
});

/** Puts names in an order that has nothing to do with what they say. */
function draw(name: string): string {
  return digestOf([SEED, name]);
}
