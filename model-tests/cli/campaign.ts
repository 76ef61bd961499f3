/**
 * `npm run campaign`: ten million calls on our own heaps of one core, as many on the combination heap of four
 * cores across its switch, the beginnings of recorded programs on that, and ten million calls on each native
 * allocator that this machine has, to see that a correct allocator is never accused. A seed may be given, and
 * after it `native`, for the last part alone, or a library, with the flags that `check` takes of one:
 * `npm run campaign -- 0x1 ./libmine.so --prefix my_`. The runs of one seed are always the same.
 */
import { availableParallelism } from "node:os";
import { Command } from "commander";
import { acrossSubject } from "../across/across-subjects.ts";
import { dealtToCores, judgedToTheEnd } from "../across/judged-calls.ts";
import { recordedCalls, TRACE_MEMORY_BYTES, TRACE_NAMES } from "../bench/recorded-traces.ts";
import { check } from "../campaign/check.ts";
import type { CheckReport } from "../campaign/check-report.ts";
import { RandomChoices } from "../generate/choices.ts";
import { findLibrary } from "../native/find-library.ts";
import { KNOWN_ALLOCATORS } from "../native/known-allocators.ts";
import { checkText, grouped } from "../report/check-text.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { asInAKernel, withSwitch } from "../workloads/recorded-calls.ts";
import { EXIT_USAGE, endOf } from "./exit.ts";
import { addSubjectFlags, type SubjectFlags, typedSubject } from "./subject-flags.ts";
import { seed } from "./values.ts";

const CALLS = 10_000_000;
/** What shares ten million calls. */
const SUBJECTS = [["hole-list", "block"], ["combination"]] as const;
const NATIVE_RUNS = 15_000;
const RUNS = 5000;
const CORES = 4;
/** As many calls of each recorded program are judged, in eight ways. */
const RECORDED_CALLS = 50_000;
/** Where in a recorded program the heap switches; a program that is never told to does not. */
const SWITCHES = [0, 0.01, 0.5, undefined] as const;

async function campaign(first: number, part: string | undefined): Promise<number> {
  if (part === "native") return await nativeCalls(first);
  if (part !== undefined) return await givenCalls(first);
  for (const subjects of SUBJECTS) {
    const exit = await randomCalls(subjects, first);
    if (exit !== 0) return exit;
  }
  const exit = await recordedPrograms(first);
  return exit === 0 ? await nativeCalls(first) : exit;
}

/** Ten million calls on each native allocator that is installed; one that is not is named. */
async function nativeCalls(first: number): Promise<number> {
  for (const { reference, options, debian } of KNOWN_ALLOCATORS) {
    if (findLibrary(reference, process.cwd()) === undefined) {
      process.stdout.write(`not run: ${reference} is not installed (apt-get install ${debian})\n`);
      continue;
    }
    const exit = await callsOn(reference, options, first);
    if (exit !== 0) return exit;
  }
  return 0;
}

/** Ten million calls on the library that the words after the seed name. */
async function givenCalls(first: number): Promise<number> {
  const command = addSubjectFlags(new Command("campaign <seed>")).argument("<library>");
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_USAGE));
  command.parse(process.argv.slice(3), { from: "user" });
  const { subject, options } = typedSubject(command.args[0], command.opts<SubjectFlags>());
  return subject === undefined ? 0 : await callsOn(subject, options, first);
}

async function callsOn(subject: string, options: SubjectOptions, first: number): Promise<number> {
  let calls = 0;
  for (let round = 0; calls < CALLS; round++) {
    const limits = { runs: NATIVE_RUNS, workers: availableParallelism() };
    const report = await check({ subject, options, seed: first + round, ...limits });
    calls += report.calls.executed;
    if (!tell(subject, report, calls)) return report.exit;
  }
  return 0;
}

/** Prints what came of a check; false if that is no pass. */
function tell(subject: string, report: CheckReport, calls: number): boolean {
  const { verdict, seed: used, calls: made, measured, exit } = report;
  process.stdout.write(
    `${verdict}  ${subject}  seed ${used}: ${grouped(made.executed)} calls, ` +
      `${grouped(measured.callsPerSecond)} calls/s; ${grouped(calls)} in all\n`,
  );
  if (exit !== 0) process.stdout.write(checkText(report, true));
  return exit === 0;
}

async function randomCalls(subjects: readonly string[], first: number): Promise<number> {
  let calls = 0;
  for (let round = 0; calls < CALLS; round++) {
    for (const subject of subjects) {
      const workers = availableParallelism();
      const report = await check({ subject, seed: first + round, runs: RUNS, workers });
      calls += report.calls.executed;
      if (!tell(subject, report, calls)) return report.exit;
    }
  }
  return 0;
}

/** The beginning of every recorded program, as recorded and as in a kernel, across a switch at each place. */
async function recordedPrograms(first: number): Promise<number> {
  const subject = acrossSubject(CORES, "when told");
  const config = { memoryBytes: 4 * TRACE_MEMORY_BYTES, cores: CORES };
  for (const name of TRACE_NAMES) {
    const read = (await recordedCalls(name)).slice(0, RECORDED_CALLS);
    const recorded = dealtToCores(read, CORES, new RandomChoices(first));
    const kernel = asInAKernel(recorded, new RandomChoices(first));
    for (const [manner, calls] of Object.entries({ recorded, kernel })) {
      for (const fraction of SWITCHES) {
        const switched = fraction === undefined ? calls : withSwitch(calls, fraction);
        const { violation, tally } = await judgedToTheEnd(subject, config, switched);
        const isQuiescent = tally.ruleCount("reclaims-everything") > 0;
        const verdict = violation?.rule.name ?? (isQuiescent ? "passed" : "not quiescent");
        process.stdout.write(
          `${verdict}  ${name}, ${manner}, switched at ${fraction ?? "no call"}: ` +
            `${grouped(tally.calls.executed)} calls, ${grouped(tally.calls.refused)} refused\n`,
        );
        if (verdict !== "passed") return 1;
      }
    }
  }
  return 0;
}

try {
  process.exitCode = await campaign(seed(process.argv[2] ?? "0xc0ffee"), process.argv[3]);
} catch (error) {
  const { sentence, exit } = endOf(error);
  process.stderr.write(`ariadne: ${sentence}\n`);
  process.exitCode = exit;
}
