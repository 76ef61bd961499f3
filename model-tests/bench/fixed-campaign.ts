/**
 * The campaign behind the ledger of coverage: the same runs every time, on allocators that are right.
 * Prints what was reached, as JSON. What none of these runs reaches is not tested by anything.
 */
import { makeRuns } from "../campaign/tasks.ts";
import { Tally } from "../conformance/tally.ts";
import { explore } from "../explore/explore.ts";
import type { Subject } from "../subject/subject.ts";
import { blockSubject, holeListSubject } from "../subjects/reference.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { twoHeaps } from "../toys/two-heaps.ts";

const SEED = 20;
const CAMPAIGN: readonly { readonly subject: Subject; readonly runs: number }[] = [
  { subject: blockSubject, runs: 400 },
  { subject: holeListSubject, runs: 400 },
  { subject: plainHeap, runs: 200 },
  { subject: twoHeaps, runs: 100 },
];
/** Has every page of nine taken and given back, which random runs hardly come to. */
const SCOPE = { scope: "pages", depth: 6 };

const tally = new Tally();
for (const { subject, runs } of CAMPAIGN) {
  const task = { seed: SEED, first: 0, count: runs, limits: { calls: 400 } };
  for (const result of [await makeRuns(subject, task), await explore(subject, SCOPE)]) {
    if (result.failure !== undefined) {
      throw new Error(`${subject.name} breaks ${result.failure.finding.rule}`);
    }
    tally.add(result.tally);
  }
}
const { rules, marks } = tally.toData();
process.stdout.write(JSON.stringify({ rules, marks }));
