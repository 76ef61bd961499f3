/**
 * The campaign behind the ledger of coverage: the same runs every time, on allocators and a
 * machine that are right. Prints what was reached, as JSON. What none of these runs reaches is not tested
 * by anything.
 */
import type { ChunkContract } from "#spec";
import { makeRuns } from "../campaign/tasks.ts";
import { EARLY, FRAMES, PAGES, SIX } from "../chunks/chunk-contracts.ts";
import { chunkStory } from "../chunks/chunk-story.ts";
import { runRandomChunks } from "../chunks/run-chunks.ts";
import { pooledChunks } from "../chunks/subjects/implemented-chunks.ts";
import { Tally } from "../conformance/tally.ts";
import { explore } from "../explore/explore.ts";
import type { MachineScope } from "../machine/machine-driver.ts";
import { ourMachine } from "../machine/our-machine.ts";
import { runRandomMachine } from "../machine/run-machine.ts";
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
const CHUNKS: readonly ChunkContract[] = [{ ...PAGES, mergesBelow: true }, FRAMES, SIX, EARLY];
const CHUNK_RUNS = 100;
const CHUNK_CALLS = 100;
/** Pages on both sides of where a page table ends. */
const MACHINE: MachineScope = {
  frameCount: 38,
  coreCount: 3,
  spaceCount: 2,
  firstPage: 3 * 512 - 6,
  pageCount: 12,
  mappedMax: 5,
};
const MACHINE_RUNS = 40;
const MACHINE_CALLS = 100;

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
const pools = pooledChunks({ reached: (name) => tally.mark(name) });
for (const contract of CHUNKS) {
  for (let run = 0; run < CHUNK_RUNS; run++) {
    const made = runRandomChunks(pools, contract, SEED, run, CHUNK_CALLS, { observer: tally });
    if (made.broken !== undefined) throw new Error(chunkStory(made));
  }
}
for (let run = 0; run < MACHINE_RUNS; run++) {
  const judges = { observer: tally };
  const { broken } = runRandomMachine(ourMachine(), MACHINE, SEED, run, MACHINE_CALLS, {}, judges);
  if (broken !== undefined) throw new Error(`our machine breaks ${broken.name}`);
}
const { rules, marks } = tally.toData();
process.stdout.write(JSON.stringify({ rules, marks }));
