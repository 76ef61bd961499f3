/**
 * `npm start`: the main job. Judges our own heaps on random runs and on the recorded traces of real
 * programs, and sums up for somebody who has never seen this before.
 */
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "../campaign/check.ts";
import type { CheckReport } from "../campaign/check-report.ts";
import { checkText, grouped } from "../report/check-text.ts";
import { endOf } from "./exit.ts";

const SEED = 0x5eed;
const RUNS = 1500;
/** A list is searched from its start: programs with a hundred thousand holes are not for it. */
const SUBJECTS = [
  { subject: "hole-list", programs: /^(cc1|jq|sqlite)\./ },
  { subject: "block", programs: /./ },
] as const;

async function start(): Promise<number> {
  const reports: CheckReport[] = [];
  process.stdout.write(
    "Ariadne judges allocators: every answer to every call, against rules that say what a heap is.\n" +
      `Here it judges its own two, on random runs and on what recorded programs asked for.\n\n`,
  );
  for (const { subject, programs } of SUBJECTS) {
    const traces = recordedTraces().filter((path) => programs.test(basename(path)));
    const workers = Math.min(4, availableParallelism());
    const report = await check({ subject, seed: SEED, runs: RUNS, traces, workers });
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

/** The traces that come with the project, as paths from here. */
function recordedTraces(): readonly string[] {
  const isSource = import.meta.url.endsWith(".ts");
  const up = isSource ? "../traces/" : "../../../model-tests/traces/";
  const folder = fileURLToPath(new URL(up, import.meta.url));
  return readdirSync(folder)
    .filter((name) => name.endsWith(".calls.gz"))
    .sort()
    .map((name) => relative(process.cwd(), `${folder}${name}`));
}

try {
  process.exitCode = await start();
} catch (error) {
  const { sentence, exit } = endOf(error);
  process.stderr.write(`ariadne: ${sentence}\n`);
  process.exitCode = exit;
}
