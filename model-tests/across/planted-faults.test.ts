/**
 * Every planted fault is found by random calls within seconds, told in a few of them, and named by a rule or by
 * an assertion of ours.
 *
 * A fault is planted in a copy of the sources, which is loaded beside the right ones: the judge is never
 * touched.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { makeShorter, type ShrinkResult } from "../campaign/tasks.ts";
import { type RunOutcome, runGenerated } from "../conformance/run.ts";
import type { CreateOptions, Promises, Subject, SubjectInstance } from "../subject/subject.ts";
import {
  type Circumstances,
  NOT_PLANTED,
  PLANTED_FAULTS,
  type PlantedFault,
} from "./planted-faults.ts";

const SEED = 0xfa;
const RUNS = 200;
const EFFORT = { executions: 250, sentences: 250, avoid: [] } as const;
type Found = Pick<RunOutcome, "config" | "calls">;

/** What every heap of blocks has to keep, and what ours detects. */
const PROMISES: Promises = {
  alignDefault: 8,
  alignMax: 2 ** 21,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: true,
  rejects: ["double-free", "foreign-pointer", "interior-pointer"],
};

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), "ariadne-planted-"));
const PACKAGE = {
  type: "module",
  imports: {
    "#units": "./spec/units/index.ts",
    "#support": "./spec/support/index.ts",
    "#spec": "./spec/index.ts",
    "#impl": "./impl/index.ts",
  },
};

afterAll(() => rmSync(FOLDER, { recursive: true }));

describe("a planted fault is found", () => {
  test.each(PLANTED_FAULTS)("$mutant: $what", async (fault) => {
    const subject = await planted(fault);

    const found = await firstFailure(subject, fault.on);
    const shortest = found && (await shortened(subject, found));

    expect(shortest?.failure.finding.rule).toBe(fault.rule);
    expect(shortest?.failure.finding.reason).toBe(fault.reason);
    expect(shortest?.failure.calls.length).toBeLessThanOrEqual(fault.calls);
  });
});

test("every mutant of the list is planted, or it is said why not", () => {
  const planted = PLANTED_FAULTS.map(({ mutant }) => mutant);
  const listed = [...Array.from({ length: 24 }, (_, at) => at + 1), 54, 55, 56];

  const mutants = [...planted, ...NOT_PLANTED.map(({ mutant }) => mutant)];

  expect(mutants.toSorted()).toEqual(listed.map((at) => `M-${String(at).padStart(2, "0")}`));
});

/** The first run of one seed that breaks a rule. */
async function firstFailure(
  subject: Subject,
  { cores, ...limits }: Circumstances,
): Promise<Found | undefined> {
  for (let run = 0; run < RUNS; run++) {
    const outcome = await runGenerated({ ...subject, cores }, SEED, run, { calls: 80, ...limits });
    if (outcome.violation !== undefined) return outcome;
  }
  return undefined;
}

/** The same in fewer calls: with every byte watched after each, or as it was found. */
async function shortened(subject: Subject, found: Found): Promise<ShrinkResult | undefined> {
  return (
    (await makeShorter(subject, { ...EFFORT, ...found, policy: "sweep" })) ??
    (await makeShorter(subject, { ...EFFORT, ...found, policy: "neighbours" }))
  );
}

/** The combination heap of sources that have `fault`. */
async function planted({ mutant, file, right, wrong }: PlantedFault): Promise<Subject> {
  const folder = join(FOLDER, mutant);
  const isSource = (path: string): boolean => !/\.(test|fixture)\.ts$/.test(path);
  cpSync(join(ROOT, "impl"), join(folder, "impl"), { recursive: true, filter: isSource });
  for (const part of ["subjects", "subject"]) {
    const from = join(ROOT, "model-tests", part);
    cpSync(from, join(folder, "model-tests", part), { recursive: true, filter: isSource });
  }
  symlinkSync(join(ROOT, "spec"), join(folder, "spec"));
  writeFileSync(join(folder, "package.json"), JSON.stringify(PACKAGE));

  const path = join(folder, "impl", file);
  const parts = readFileSync(path, "utf8").split(right);
  expect(parts.length, `the text of ${mutant} stands once in ${file}`).toBe(2);
  writeFileSync(path, parts.join(wrong));
  const module = await import(join(folder, "model-tests/subjects/combination.ts"));
  return { ...module.combinationSubject, promises: PROMISES, create };

  function create(options: CreateOptions): SubjectInstance {
    const { close: _, ...instance } = module.madeCombination(options).instance;
    return instance;
  }
}
