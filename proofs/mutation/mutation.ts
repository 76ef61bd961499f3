/**
 * Tries every mutant and writes the score down; what to do about a survivor is for a person to say.
 *
 *     node dist/proofs/mutation/mutation.js               all, taking over what is still decided
 *     node dist/proofs/mutation/mutation.js spec/chunks   those whose name begins so
 *     node dist/proofs/mutation/mutation.js --fresh       all, taking over nothing
 *
 * The score of each room that was tried as a whole is written down, those of others stay.
 *
 * To read the changed source takes longer than to decide it, and one process reads on one core: so two
 * processes try what is left, each the next in line. What they learn is kept by the one that asked them.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { allTheorems } from "../ledger/theorem-list.ts";
import { SolverCrew } from "../solver/solver-crew.ts";
import { ROOT } from "../source.ts";
import { mutationCache } from "./mutation-cache.ts";
import { inParts, serveParts, tell } from "./mutation-parts.ts";
import { MutationRun, type Outcome } from "./mutation-run.ts";
import {
  complaintsAbout,
  roomOf,
  SCORE_MIN,
  type Score,
  type Scores,
  scoreOf,
  sourcesOf,
} from "./score.ts";
import { SURVIVORS } from "./survivors.ts";

/** After so many mutants what is known is written down, for a run that is ended early. */
const SAVED_EVERY = 25;

const words = process.argv.slice(2);
const filter = words.find((word) => !word.startsWith("--")) ?? "";
const crew = new SolverCrew({ workers: 1 });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
try {
  const begin = words.includes("--fresh") ? "anew" : "as kept";
  const cache = mutationCache({ directory: ROOT, begin, say, onLearned: tell });
  const theorems = allTheorems();
  const run = new MutationRun(theorems, crew, { cache, version: await crew.version() });
  process.exitCode = process.send === undefined ? await score() : await serveParts(run);

  async function score(): Promise<number> {
    const mutants = run.mutants.filter(({ name }) => name.startsWith(filter));
    const known = mutants.map((mutant) => run.takenOver(mutant));
    const left = mutants.filter((_, index) => known[index] === undefined);
    say(`${mutants.length} mutants, ${mutants.length - left.length} taken over`);
    let done = 0;
    const tried = await inParts(left, words, cache, ({ mutant, fate, by }) => {
      done += 1;
      if (done % SAVED_EVERY === 0) cache.save();
      if (fate !== "killed") say(`${done}/${left.length} ${fate}  ${mutant.name}  ${by}`);
    });
    cache.save();
    return summary(known.map((each) => each ?? (tried.shift() as Outcome)));
  }

  function summary(outcomes: readonly Outcome[]): number {
    const complaints = complaintsAbout(outcomes, SURVIVORS);
    for (const each of complaints) say(each);
    const scores: Record<string, Score> = {};
    const sources = sourcesOf(theorems);
    for (const room of roomsOf(run.mutants)) {
      const own = outcomes.filter(({ mutant }) => roomOf(mutant.file) === room);
      const isWhole = own.length === run.mutants.filter(({ file }) => roomOf(file) === room).length;
      if (!isWhole) continue;
      scores[room] = scoreOf(own, SURVIVORS, sources.get(room) ?? "");
      const { left: _, source: __, ...numbers } = scores[room];
      say(`${room}  ${JSON.stringify(numbers)}`);
    }
    writeScores(scores, roomsOf(run.mutants));
    const all = scoreOf(outcomes, SURVIVORS, "");
    say(`${outcomes.length} mutants: ${all.score}`);
    return complaints.length === 0 && all.score >= SCORE_MIN ? 0 : 4;
  }
} finally {
  await crew.close();
  if (process.connected) process.disconnect();
}

/** The rooms of `mutants`. */
function roomsOf(mutants: readonly { readonly file: string }[]): readonly string[] {
  return [...new Set(mutants.map(({ file }) => roomOf(file)))].toSorted();
}

/** Writes `scores` over those of the same rooms; a room that has no mutants any more has no score. */
function writeScores(scores: Scores, rooms: readonly string[]): void {
  const path = `${ROOT}proofs/mutation/score.json`;
  const before = JSON.parse(readFileSync(path, "utf8")) as Scores;
  const kept = Object.entries({ ...before, ...scores }).filter(([room]) => rooms.includes(room));
  const sorted = Object.fromEntries(kept.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(sorted, undefined, 2)}\n`);
}
