/** What is taken over from the last run, and what is tried again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { allTheorems, type Theorem, theoremNamed } from "../ledger/theorem-list.ts";
import { SolverCrew } from "../solver/solver-crew.ts";
import { loadSource, type Mistake, ROOT, withMistake } from "../source.ts";
import { readingParts } from "../translate/read-parts.ts";
import { obligationParts } from "../translate/theorem.ts";
import { type Learned, type MutationCache, mutationCache } from "./mutation-cache.ts";
import { MutationRun, type Outcome } from "./mutation-run.ts";
import { reachDigests } from "./reach-digest.ts";

const VERSION = "a solver";
const crew = new SolverCrew({ workers: 1 });
afterAll(() => crew.close());

/** The names of the theorems that are decided by something else once the source has `mistake`. */
async function changedBy(mistake: Mistake): Promise<readonly string[]> {
  const digests = (): ReadonlyMap<string, string> =>
    new Map([...reachDigests(allTheorems(), VERSION)].map(([{ name }, digest]) => [name, digest]));
  const before = digests();
  const after = await withMistake(mistake, async () => digests());
  return [...before.keys()].filter((name) => before.get(name) !== after.get(name));
}

describe("what decides a theorem", () => {
  test("is its own text, and that of no other theorem", async () => {
    const [right, wrong] = ["return roundUp(value, step) >= value;", "return true;"];
    const file = "proofs/obligations/units/rounding.obligation.ts";

    expect(await changedBy({ file, right, wrong })).toEqual(["roundUpNeverWraps"]);
  });

  test("is every function that it reaches, and no other", async () => {
    const file = "impl/memory/unit-bytes.ts";
    const [right, wrong] = ["export function unitsFor(", "export function unitsFor  ("];

    expect(await changedBy({ file, right, wrong })).toEqual(["unitsHaveTheirBytes"]);
  });

  test("is the range that the comment of a type gives its unknowns", async () => {
    const file = "impl/interpretation/tlb-slots.ts";
    const [right, wrong] = ["@range 0..2^20-1", "@range 0..2^21-1"];

    const changed = await changedBy({ file, right, wrong });

    expect(changed).toContain("droppingEmptiesOneSlot");
    expect(changed).not.toContain("unitsHaveTheirBytes");
  });

  test("is what a name means, where the same name comes from elsewhere", async () => {
    const path = `${ROOT}spec/heap/another.ts`;
    const file = "proofs/obligations/memory/unit-bytes.obligation.ts";
    const text = "export function unitsFor(size: number): number { return size; }";
    const another = loadSource().createSourceFile(path, text);
    const [right, wrong] = ['from "#impl"', 'from "../../../spec/heap/another.ts"'];

    const changed = await changedBy({ file, right, wrong });

    another.forget();
    expect(changed).toEqual(["unitsHaveTheirBytes"]);
  });

  test("is the solver", () => {
    const theorem = theoremNamed("unitsHaveTheirBytes");

    const [one, other] = ["Z3 1", "Z3 2"].map((version) => reachDigests([theorem], version));

    expect(one?.get(theorem)).not.toBe(other?.get(theorem));
  });
});

test("what a case does not read makes no other formula", () => {
  const theorem = theoremNamed("movesChangeOneTranslation");
  const fixed = { "move.kind": "core.start" };
  const file = loadSource().getSourceFileOrThrow(`${ROOT}spec/machine/frames.ts`);
  const right = file.getFullText();
  const [before, read] = readingParts(() => obligationParts(theorem.declaration, { fixed }));

  file.replaceWithText(right.replaceAll(/\btrue\b/g, "false"));
  const after = obligationParts(theorem.declaration, { fixed });
  file.replaceWithText(right);

  expect([...read].filter((part) => part.startsWith("spec/machine/frames.ts"))).toEqual([]);
  expect(after).toEqual(before);
});

describe("a mutant", () => {
  let folder = "";
  let learned: Learned[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ariadne-mutation-"));
    learned = [];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (begin: "as kept" | "anew" = "as kept"): MutationCache =>
    mutationCache({
      directory: folder,
      begin,
      say: (sentence) => expect(sentence).toBe(""),
      onLearned: (each) => learned.push(each),
    });

  /** What becomes of the mutants that a few theorems are about, and how much was learned on the way. */
  async function tried(cache: MutationCache, theorems: readonly Theorem[]) {
    const run = new MutationRun(theorems, crew, { cache, version: VERSION });
    learned = [];
    const outcomes: Outcome[] = [];
    for (const mutant of run.mutants) {
      outcomes.push(run.takenOver(mutant) ?? (await run.outcomeOf(mutant)));
    }
    cache.save();
    const count = (kind: Learned["kind"]): number =>
      learned.filter((each) => each.kind === kind).length;
    const fates = outcomes.map(({ mutant, fate, by }) => `${mutant.name} ${fate} ${by}`);
    return { fates, outcomes: count("outcome"), answers: count("answer") };
  }

  /** Asked for anew each time: a text that was changed and put back is another to the compiler. */
  const one = (): Theorem => theoremNamed("endIsFirstAddressBehind");

  test("is tried once, and is then what it was", async () => {
    const first = await tried(open(), [one()]);
    const second = await tried(open(), [one()]);

    expect(first.outcomes).toBe(first.fates.length);
    expect(first.fates.length).toBeGreaterThan(1);
    expect([second.outcomes, second.answers]).toEqual([0, 0]);
    expect(second.fates).toEqual(first.fates);
  });

  test("is tried again where everything is asked for", async () => {
    const first = await tried(open(), [one()]);
    const again = await tried(open("anew"), [one()]);

    expect(again).toEqual(first);
  });

  test("that one theorem found stays found when there is another", async () => {
    const first = await tried(open(), [one()]);
    const more = await tried(open(), [one(), theoremNamed("containedBytesAreInside")]);

    const found = first.fates.filter((each) => each.includes(" killed "));
    expect(found.length).toBeGreaterThan(0);
    expect(more.fates).toEqual(expect.arrayContaining(found));
  });

  test("that a theorem found is tried again when the theorem is another", async () => {
    const first = await tried(open(), [one()]);
    const file = one().path;
    const right = "export function endIsFirstAddressBehind(";

    const changed = await withMistake({ file, right, wrong: right.replace("(", " (") }, () =>
      tried(open(), [one()]),
    );

    expect(changed.outcomes).toBe(first.fates.length);
    expect(changed.fates).toEqual(first.fates);
    expect(changed.answers).toBe(0);
  });

  test("is forgotten where the file is damaged, and that is said", async () => {
    await tried(open(), [one()]);
    const file = join(folder, ".ariadne", "mutation.json");
    writeFileSync(file, readFileSync(file, "utf8").slice(0, -20));
    const said: string[] = [];

    const cache = mutationCache({
      directory: folder,
      begin: "as kept",
      say: (sentence) => said.push(sentence),
    });

    expect(cache.outcomeOf(learned[0]?.key ?? "")).toBeUndefined();
    expect(said.length).toBe(1);
  });
});
