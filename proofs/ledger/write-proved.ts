/**
 * Proves everything, and writes down that it was proved: the page of the proofs, and the keys by which a
 * later change is noticed. Nothing is written unless all of it holds.
 */
import { writeFileSync } from "node:fs";
import { SolverCrew } from "../solver/solver-crew.ts";
import { ROOT } from "../source.ts";
import { ledgerOf } from "./ledger.ts";
import { ledgerText } from "./ledger-text.ts";
import { assumptionsOf, type Need, needOf } from "./necessity.ts";
import { NO_CACHE } from "./proof-cache.ts";
import { prove } from "./prove.ts";
import { PROVED_FILE, type Proved, type ProvedTheorem } from "./proved.ts";
import { readmeText } from "./readme-text.ts";
import { allTheorems, type Theorem } from "./theorem-list.ts";

const WORKERS = 2;

process.exitCode = await writeProved();

async function writeProved(): Promise<number> {
  const start = performance.now();
  const theorems = allTheorems();
  const crew = new SolverCrew({ workers: WORKERS });
  try {
    const proofs = await prove(theorems, { crew, workers: WORKERS, cache: NO_CACHE });
    const engine = await crew.version();
    const ledger = ledgerOf(proofs);
    process.stdout.write(ledgerText(ledger, engine, performance.now() - start));
    const proved: Record<string, ProvedTheorem> = {};
    const unneeded: string[] = [];
    for (const { theorem, key } of proofs) {
      const needs = await needsOf(theorem, crew);
      unneeded.push(...needs.unneeded);
      proved[theorem.name] = { key, needs: needs.places };
    }
    for (const each of unneeded) process.stdout.write(`not needed: ${each}\n`);
    if (ledger.exit !== 0 || unneeded.length > 0) return ledger.exit || 4;
    const file: Proved = { engine, theorems: proved };
    writeFileSync(PROVED_FILE, `${JSON.stringify(file, undefined, 2)}\n`);
    writeFileSync(`${ROOT}proofs/README.md`, readmeText(theorems));
    return 0;
  } finally {
    await crew.close();
  }
}

/** Where `theorem` fails without each of its assumptions, and those without which it does not. */
async function needsOf(theorem: Theorem, crew: SolverCrew) {
  const assumptions = assumptionsOf(theorem);
  const needs = await Promise.all(
    assumptions.map(({ auxiliary }, index) =>
      auxiliary === undefined ? needOf(theorem, index, crew) : null,
    ),
  );
  const places = needs.map((need): Need | null => need ?? null);
  const unneeded = assumptions.filter((_, index) => needs[index] === undefined);
  return { places, unneeded: unneeded.map(({ text }) => `${theorem.name} assumes ${text}`) };
}
