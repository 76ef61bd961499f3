import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileAt, loadSource, ROOT } from "./source.ts";
import { theoremsOf } from "./tidy/dialect-of-theorems.ts";
import { splitOver } from "./translate/theorem.ts";

const page = readFileSync(`${ROOT}proofs/README.md`, "utf8");
const rows = [...page.matchAll(/^\| `(\w+)` +\| .+ \| +(\d+) \|$/gm)];

test("the table names every theorem, and no other", () => {
  const theorems = loadSource()
    .getSourceFiles()
    .flatMap(theoremsOf)
    .map((theorem) => theorem.getName());

  const named = rows.map(([, name]) => name);

  expect(named.toSorted()).toEqual(theorems.toSorted());
});

test("the table counts the cases of the step", () => {
  const file = fileAt("proofs/obligations/heap/no-overlap.obligation.ts");
  const theorem = file.getFunctionOrThrow("stepKeepsBlocksApart");

  const [row] = rows.filter(([, name]) => name === theorem.getName());

  expect(Number(row?.[2])).toBe(splitOver(theorem, ["call.kind", "answer.kind"]).length);
});
