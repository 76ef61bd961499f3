import { afterAll, describe, expect, test } from "vitest";
import { SolverCrew } from "../solver/solver-crew.ts";
import { fileAt, loadSource, type Mistake, ROOT, withMistake } from "../source.ts";
import { exitOf, type LedgerRow, rowOf } from "./ledger.ts";
import { NO_CACHE } from "./proof-cache.ts";
import { type Finding, prove } from "./prove.ts";
import { readProved, staleTheorems } from "./proved.ts";
import { allTheorems, isObligationFile, type Theorem, theoremsIn } from "./theorem-list.ts";

const crew = new SolverCrew({ workers: 1 });

afterAll(() => crew.close());

async function rowsOf(theorems: readonly Theorem[]): Promise<readonly LedgerRow[]> {
  return (await prove(theorems, { crew, workers: 1, cache: NO_CACHE })).map(rowOf);
}

/** The row of the theorem `f`, whose tags, parameters and statements are given. */
async function rowOfStated(tags: string, parameters: string, body: string): Promise<LedgerRow> {
  const text = `
    import { assume } from "./assume.ts";
    /** What is stated. ${"\n"} * @proves a-thing ${"\n"} * ${tags} ${"\n"} */
    export function f(${parameters}): boolean { ${body} }`;
  const path = `${ROOT}proofs/obligations/guard.obligation.ts`;
  const file = loadSource().createSourceFile(path, text, { overwrite: true });
  try {
    const [row] = await rowsOf(theoremsIn(file));
    if (row === undefined) throw new Error("nothing is stated");
    return row;
  } finally {
    loadSource().removeSourceFile(file);
  }
}

describe("a theorem", () => {
  // biome-ignore format: one theorem per line
  test.each([
    ["that holds is proved",                               "proved",        "", "a: number",             "assume(a > 3); return a > 2;"],
    ["that does not hold is refuted",                      "refuted",       "", "a: number",             "assume(a > 3); return a > 4;"],
    ["of no arguments is vacuous",                         "vacuous",       "", "a: number",             "assume(a > 3); assume(a < 3); return a > 4;"],
    ["weakened to true is vacuous",                        "vacuous",       "", "a: number",             "assume(a > 3); return true;"],
    ["that says less than its assumptions is a definition", "by definition", "", "a: number, b: number", "assume(a > 3 && b < a); return b < a;"],
    ["outside the dialect is refused",                     "refused",       "", "a: number",             "let b = a; return b === a;"],
    ["split into all there is is proved",                  "proved",        "@split a 0..3", "a: number", "assume(a < 4); return a * a <= 9;"],
    ["split into less than there is is refuted",           "refuted",       "@split a 0..3", "a: number", "assume(a < 5); return a * a <= 9;"],
    ["split into powers of two owes that there are no others", "refuted",   "@split a 2^0..2^2", "a: number", "assume(a < 5); return a <= 4;"],
    ["split by a text is split into all its texts",        "proved",        "@split a", "a: 'x' | 'y', b: number", "assume(a === 'x' || b > 1); return a === 'x' || b > 0;"],
  ])("%s", async (_, status, tags, parameters, body) => {
    const row = await rowOfStated(tags, parameters, body);

    expect(row.status).toBe(status);
  });

  test("counts the cases that cannot happen", async () => {
    const row = await rowOfStated("@split a 0..3", "a: number", "assume(a < 2); return a <= 1;");

    expect([row.status, row.cases, row.vacuous]).toEqual(["proved", 4, 2]);
  });

  test("of which the solver does not know is not proved", () => {
    const [theorem] = allTheorems();
    const unknown = { kind: "case", fixed: {}, verdict: "unknown", reason: "steps" } as const;
    const finding: Finding = { ...unknown, steps: 1, milliseconds: 1, isCached: false };

    const row = rowOf({
      theorem: theorem as Theorem,
      conclusion: "proper",
      findings: [finding, { ...finding, kind: "speaks", verdict: "proved" }],
      key: "",
    });

    expect([row.status, exitOf([row.status])]).toEqual(["unknown", 4]);
  });
});

describe("what was proved is stale", () => {
  const file = "proofs/obligations/heap/resizing.obligation.ts";
  const mistake = (right: string, wrong: string): Mistake => ({ file, right, wrong });

  // biome-ignore format: one change per line
  test.each([
    ["once an assumption is left out",        mistake("assume(size + aboveSize <= Number.MAX_SAFE_INTEGER);", "")],
    ["once the conclusion is true",           mistake("return isWhole && (after === 0 || after >= HOLE_SIZE_MIN);", "return true;")],
    ["once part of the conclusion is gone",   mistake("return isWhole && (after === 0 || after >= HOLE_SIZE_MIN);", "return isWhole;")],
    ["once it is no theorem any more",        mistake("@proves", "@about")],
  ])("%s", async (_, change) => {
    const keysNow = async (): Promise<Record<string, string>> => {
      const theorems = theoremsIn(fileAt(file));
      const proofs = await prove(theorems, { crew, workers: 1, cache: NO_CACHE });
      return Object.fromEntries(proofs.map(({ theorem, key }) => [theorem.name, key]));
    };
    const before = await keysNow();
    const { engine, theorems } = readProved();
    const own = Object.entries(theorems).filter(([name]) => name in before);
    const proved = { engine, theorems: Object.fromEntries(own) };

    const after = await withMistake(change, keysNow);

    expect(staleTheorems(before, proved)).toEqual([]);
    expect(staleTheorems(after, proved)).not.toEqual([]);
  });
});

test("every function of a file of obligations that takes something for granted is a theorem", () => {
  const files = loadSource().getSourceFiles();
  const obligations = files.filter((each) =>
    isObligationFile(each.getFilePath().slice(ROOT.length)),
  );
  const assuming = obligations
    .flatMap((file) => file.getFunctions())
    .filter((each) => each.getText().includes("assume("))
    .map((each) => each.getName());

  const names = new Set<string | undefined>(allTheorems().map(({ name }) => name));

  expect(assuming.filter((name) => !names.has(name))).toEqual([]);
});

// Words with dashes; what is done to a page or to a table has its subject in front, and a dot.
const ABOUT = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$/;

test("a theorem says what it claims, and what it is about", () => {
  const silent = allTheorems().filter(
    ({ claim, proves }) => !claim.endsWith(".") || proves.some((each) => !ABOUT.test(each)),
  );

  expect(silent.map(({ name }) => name)).toEqual([]);
});
