/**
 * `npm start`: the main job. Judges our own heaps on random runs and on the recorded traces of real
 * programs, and sums up for somebody who has never seen this before.
 */
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { check } from "../campaign/check.ts";
import type { CheckReport } from "../campaign/check-report.ts";
import { checkText, grouped } from "../report/check-text.ts";
import { endOf } from "./exit.ts";
import { shippedTraces } from "./shipped-traces.ts";

const SEED = 0x5eed;
/** What is judged: the heap of a kernel across its switch, and what it begins with, on its own. */
const SUBJECTS = [
  { subject: "combination", runs: 600, programs: /^$/ },
  { subject: "multiple", runs: 100, programs: /^(jq|sqlite)\./ },
  { subject: "block", runs: 600, programs: /./ },
] as const;

async function start(): Promise<number> {
  const reports: CheckReport[] = [];
  process.stdout.write(
    "Ariadne judges allocators: every answer to every call, against rules that say what a heap is.\n" +
      "Here it judges its own: the heap of a kernel, across its switch to a heap for each core, from\n" +
      "cores that free each other's blocks; and on what recorded programs asked for.\n\n",
  );
  for (const { subject, runs, programs } of SUBJECTS) {
    const traces = shippedTraces().filter((path) => programs.test(basename(path)));
    const workers = Math.min(4, availableParallelism());
    const report = await check({ subject, seed: SEED, runs, traces, workers });
    process.stdout.write(`${checkText(report, false)}\n`);
    reports.push(report);
    if (report.exit !== 0) break;
  }
  process.stdout.write(summary(reports));
  return Math.max(...reports.map(({ exit }) => exit));
}

function summary(reports: readonly CheckReport[]): string {
  const calls = reports.reduce((sum, report) => sum + report.calls.executed, 0);
  const seconds = reports.reduce((sum, { measured }) => sum + measured.milliseconds, 0) / 1000;
  const isPassed = reports.every(({ verdict }) => verdict === "passed");
  const outcome = isPassed ? "no rule was broken" : "a rule was broken: the story is above";
  return (
    `In all: ${grouped(calls)} calls judged in ${seconds.toFixed(0)} s; ${outcome}.\n` +
    "Next: npx ariadne init typescript, then npx ariadne check ./subject.ts for an allocator of yours.\n"
  );
}

try {
  process.exitCode = await start();
} catch (error) {
  const { sentence, exit } = endOf(error);
  process.stderr.write(`ariadne: ${sentence}\n`);
  process.exitCode = exit;
}
