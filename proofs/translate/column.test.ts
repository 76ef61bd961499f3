import { afterAll, describe, expect, test } from "vitest";
import { closeSolver, solve } from "../solver/z3.ts";
import { loadSource, ROOT } from "../source.ts";
import { obligationText } from "./theorem.ts";

/** Two rows of a column, which may be one, and a number that a cell holds. */
const HEAD = `
  import type { FiniteMap } from "#support";
  import type { Column, Span } from "#impl";
  import { assume } from "./assume.ts";
  export function stated(column: Column, twin: Column, a: Span, b: Span, v: number,
    spans: FiniteMap<Span, number>): boolean {
    assume(a < column.length && b < column.length && v <= 2147483647);
`;

async function verdictOn(body: string): Promise<string> {
  const path = `${ROOT}proofs/obligations/stated-of-columns.ts`;
  const file = loadSource().createSourceFile(path, `${HEAD}${body}}`, { overwrite: true });
  try {
    return (await solve(obligationText(file.getFunctionOrThrow("stated")))).kind;
  } finally {
    loadSource().removeSourceFile(file);
  }
}

afterAll(closeSolver);

// biome-ignore format: one statement per line
describe("what holds of every column has no counterexample", () => {
  test.each([
    ["a cell has 32 bits and a sign",              "return column.read(a) <= 2147483647 && column.read(a) >= -2147483648;"],
    ["what was written is read",                   "column.write(a, v); return column.read(a) === v;"],
    ["a negative number is written and read",      "column.write(a, -1); return column.read(a) === -1;"],
    ["what was written last is read",              "column.write(a, 1); column.write(b, 2); return column.read(a) === (a === b ? 2 : 1);"],
    ["another cell keeps its value",               "const w = column.read(b); column.write(a, v); return a === b || column.read(b) === w;"],
    ["another column keeps its cells",             "assume(a < twin.length); const w = twin.read(a); column.write(a, v); return twin.read(a) === w;"],
    ["a value that was read before a write stays", "const w = column.read(a); column.write(a, 1); column.write(a, w); return column.read(a) === w;"],
    ["a write of one branch is not in the other",  "const w = column.read(a); if (v > 5) { column.write(a, v); } return column.read(a) === (v > 5 ? v : w);"],
    ["a write before an early return is not after", "const w = column.read(a); if (v > 5) { column.write(a, 3); return true; } return column.read(a) === w;"],
    ["a claim is of the column as it was",         "assume(spans.every((x) => column.read(a) === x)); column.write(a, 9); return !spans.has(b) || spans.get(b) === 9 || column.read(a) !== spans.get(b);"],
  ])("%s", async (_, text) => {
    expect(await verdictOn(text)).toBe("impossible");
  });
});

// biome-ignore format: one statement per line
describe("what fails of some column has a counterexample", () => {
  test.each([
    ["a row that is not there",        "return column.read((a + 1) as Span) >= 0 || true;"],
    ["a row in front of the first",    "return column.read((a - 1) as Span) >= 0 || true;"],
    ["a write beside the column",      "column.write(b + 1, 0); return true;"],
    ["a number of more than 32 bits",  "column.write(a, v + 1); return true;"],
    ["a number below all of 32 bits",  "column.write(a, -v - 2); return true;"],
    ["a cell is not always a row",     "return column.read(a) >= 0;"],
    ["a write may be of the same row", "const w = column.read(b); column.write(a, v); return column.read(b) === w;"],
    ["two columns are not one",        "assume(a < twin.length); return column.read(a) === twin.read(a);"],
  ])("%s", async (_, text) => {
    expect(await verdictOn(text)).toBe("possible");
  });
});

test("a column is not written inside of a claim", async () => {
  const body = "return spans.every((_, x) => { column.write(x, 1); return true; });";

  await expect(verdictOn(body)).rejects.toThrow("written inside of a claim: write first");
});
