/** Tries every mutant and writes the score down; what to do about a survivor is for a person to say. */
import { writeFileSync } from "node:fs";
import { allTheorems } from "../ledger/theorem-list.ts";
import { SolverCrew } from "../solver/solver-crew.ts";
import { ROOT } from "../source.ts";
import { MutationRun } from "./mutation-run.ts";
import { complaintsAbout, SCORE_MIN, scoreOf, sourceOf } from "./score.ts";
import { SURVIVORS } from "./survivors.ts";

const [filter = ""] = process.argv.slice(2);
process.exitCode = await mutate();

async function mutate(): Promise<number> {
  const theorems = allTheorems();
  const crew = new SolverCrew({ workers: 2 });
  try {
    const run = new MutationRun(theorems, crew);
    const mutants = run.mutants.filter(({ name }) => name.includes(filter));
    let done = 0;
    const outcomes = await run.outcomes(mutants, ({ mutant, fate, by }) => {
      done += 1;
      if (fate === "killed") return;
      process.stdout.write(`${done}/${mutants.length} ${fate}  ${mutant.name}  ${by}\n`);
    });
    const complaints = complaintsAbout(outcomes, SURVIVORS);
    const score = scoreOf(outcomes, SURVIVORS, sourceOf(theorems));
    for (const each of complaints) process.stdout.write(`${each}\n`);
    process.stdout.write(`${JSON.stringify(score, undefined, 2)}\n`);
    if (filter !== "") return 0;
    writeFileSync(`${ROOT}proofs/mutation/score.json`, `${JSON.stringify(score, undefined, 2)}\n`);
    return complaints.length === 0 && score.score >= SCORE_MIN ? 0 : 4;
  } finally {
    await crew.close();
  }
}
