import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SolverCrew } from "../solver/solver-crew.ts";
import { type LedgerRow, rowOf } from "./ledger.ts";
import { assumptionsOf, isNeededAt } from "./necessity.ts";
import { NO_CACHE } from "./proof-cache.ts";
import { prove } from "./prove.ts";
import { readProved, staleTheorems } from "./proved.ts";
import { allTheorems } from "./theorem-list.ts";

const WORKERS = 2;
const THEOREMS = allTheorems();
const PROVED = readProved();

const crew = new SolverCrew({ workers: WORKERS });
const rows = new Map<string, LedgerRow>();
const keys: Record<string, string> = {};

// A busy machine may take long: whether a theorem is proved depends on steps, not on time.
beforeAll(async () => {
  for (const proof of await prove(THEOREMS, { crew, workers: WORKERS, cache: NO_CACHE })) {
    rows.set(proof.theorem.name, rowOf(proof));
    keys[proof.theorem.name] = proof.key;
  }
}, 1_800_000);

afterAll(() => crew.close());

describe("what is claimed is proved", () => {
  test.each(THEOREMS.map(({ name, claim }) => [name, claim]))("%s: %s", (name) => {
    const row = rows.get(name);

    expect(row?.failures).toEqual([]);
    expect(row?.proved).toBe(row?.cases);
  });

  test("and is what was written down as proved, no more and no less", () => {
    expect(staleTheorems(keys, PROVED)).toEqual([]);
  });
});

describe("an assumption is needed, or says why it is there", () => {
  test.each(THEOREMS.map((theorem) => [theorem.name, theorem] as const))(
    "%s",
    async (name, theorem) => {
      const needs = PROVED.theorems[name]?.needs ?? [];
      const assumptions = assumptionsOf(theorem);

      const answers = await Promise.all(
        assumptions.map(({ auxiliary }, index) => {
          const need = needs[index];
          if (need === null || need === undefined) return auxiliary !== undefined;
          return isNeededAt(theorem, index, need, crew);
        }),
      );

      expect(assumptions.filter((_, index) => !answers[index])).toEqual([]);
    },
  );
});
