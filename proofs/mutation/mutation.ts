/**
 * Tries every mutant and writes the score down; what to do about a survivor is for a person to say.
 *
 * To read the changed source takes longer than to decide it, and one process reads on one core: so two
 * processes take every other mutant each.
 */
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { allTheorems } from "../ledger/theorem-list.ts";
import { SolverCrew } from "../solver/solver-crew.ts";
import { ROOT } from "../source.ts";
import { MutationRun, type Outcome } from "./mutation-run.ts";
import { complaintsAbout, SCORE_MIN, scoreOf, sourceOf } from "./score.ts";
import { SURVIVORS } from "./survivors.ts";

const PARTS = 2;
const IS_PART = process.send !== undefined;
const [filter = "", part = ""] = process.argv.slice(2);

/** What a process tells of a mutant: its place in the list, and what became of it. */
interface Told {
  readonly index: number;
  readonly fate: Outcome["fate"];
  readonly by: string;
}

const crew = new SolverCrew({ workers: 1 });
const theorems = allTheorems();
const run = new MutationRun(theorems, crew);
const mutants = run.mutants.filter(({ name }) => name.includes(filter));
try {
  process.exitCode = IS_PART ? await tell(Number(part)) : await score();
} finally {
  await crew.close();
  if (IS_PART) process.disconnect();
}

/** Tries the mutants of one part, and tells what becomes of each. */
async function tell(own: number): Promise<number> {
  for (const [index, mutant] of mutants.entries()) {
    if (index % PARTS !== own) continue;
    const { fate, by } = await run.outcomeOf(mutant);
    process.send?.({ index, fate, by } satisfies Told);
  }
  return 0;
}

async function score(): Promise<number> {
  const outcomes = await outcomesOfAll();
  const complaints = complaintsAbout(outcomes, SURVIVORS);
  for (const each of complaints) process.stdout.write(`${each}\n`);
  const counted = scoreOf(outcomes, SURVIVORS, sourceOf(theorems));
  const { left, ...summary } = counted;
  process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
  if (filter !== "") return 0;
  writeFileSync(`${ROOT}proofs/mutation/score.json`, `${JSON.stringify(counted, undefined, 2)}\n`);
  return complaints.length === 0 && counted.score >= SCORE_MIN ? 0 : 4;
}

/** What becomes of each mutant, in their order, whichever process tried it. */
async function outcomesOfAll(): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let done = 0;
  const parts = Array.from({ length: PARTS }, (_, own) => {
    const child = fork(fileURLToPath(import.meta.url), [filter, String(own)]);
    child.on("message", (told) => {
      const { index, fate, by } = told as Told;
      const mutant = mutants[index];
      if (mutant === undefined) return;
      outcomes[index] = { mutant, fate, by };
      done += 1;
      if (fate === "killed") return;
      process.stdout.write(`${done}/${mutants.length} ${fate}  ${mutant.name}  ${by}\n`);
    });
    return new Promise<void>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code) => {
        if (code === 0) resolve();
        else reject(new Error(`a part of the mutants ended with exit code ${code}`));
      });
    });
  });
  await Promise.all(parts);
  return outcomes;
}
