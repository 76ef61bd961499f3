/**
 * Compares two subjects: on the same traces, by the same rules, and by what they cost.
 *
 * A rule that is broken fails whoever breaks it. Everything else may differ between good allocators, so it is
 * measured, and fails only where a budget says so. What is counted comes first: it is the same on every
 * machine. Time comes last, as a ratio with its interval.
 */

import type { Description } from "../campaign/describe.ts";
import { toldSubject } from "../campaign/told-subject.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { type Baseline, demandSameCalls, recordedTrace } from "./baseline.ts";
import { budgetFindings, demandKnownMeasures, demandNoTime } from "./budget-findings.ts";
import { compareNotes } from "./compare-notes.ts";
import type { CompareOptions } from "./compare-options.ts";
import { COMPARE_EXITS, type CompareReport, type CompareSide } from "./compare-report.ts";
import { measureAll, openSide, raced, type Side } from "./compared-side.ts";
import { type ComparedTrace, generatedTrace } from "./compared-trace.ts";
import { comparedViolation } from "./compared-violation.ts";
import type { Measured } from "./measure-trace.ts";
import { measureRows } from "./measures.ts";
import { worstTrace } from "./worst-trace.ts";

export const COMPARE_SEED = 0xc0de;
export const COMPARE_RUNS = 20;
export const COMPARE_CALLS = 300;
export const COMPARE_RECORDED_CALLS = 20_000;
const SKIPPED_SHARE_MAX = 0.05;

/** Measures a subject, for later comparisons. */
export async function measureBaseline(
  options: Omit<CompareOptions, "base" | "budgets" | "rounds">,
): Promise<Baseline> {
  const side = await openSide(options.candidate, options);
  try {
    const { cores } = side.known;
    const plan = freshPlan(options, cores);
    const compared = await tracesFor(plan);
    const measured = await measureAll(side.hands, compared, cores, options, side.known.name);
    const broken = measured.find(({ finding }) => finding !== undefined);
    if (broken !== undefined) {
      throw new UnusableSubject(
        `${side.known.name} breaks ${broken.finding?.rule} on ${broken.name}, so it is no baseline: ` +
          "ariadne check shows how",
      );
    }
    const subject = toldSubject(side.hands, side.known.name);
    return { t: "baseline", v: 1, subject, ...plan, traces: measured };
  } finally {
    await side.hands.close();
  }
}

/** Compares a candidate with a base, or with what was saved of one. */
export async function compare(options: CompareOptions): Promise<CompareReport> {
  const started = performance.now();
  const { base } = options;
  const saved = "t" in base ? base : undefined;
  if (saved !== undefined) demandNoTime(options.budgets ?? []);
  const candidate = await openSide(options.candidate, options);
  const other = "t" in base ? undefined : await openSide(base, options);
  try {
    const plan = planOf(options, saved, candidate.known, other?.known);
    const traces = await tracesFor(plan);
    const ofBase = saved?.traces ?? (await measureSide(other, traces, plan.cores, options, "base"));
    const ofCandidate = await measureSide(candidate, traces, plan.cores, options, "candidate");
    if (saved !== undefined) demandSameCalls(saved, ofCandidate);
    const violation = await comparedViolation(options, plan, traces, ofBase, ofCandidate);
    const compared = { traces, ofBase, ofCandidate, violation, saved, other, candidate, plan };
    return await judged(compared, options, started);
  } finally {
    await candidate.hands.close();
    await other?.hands.close();
  }
}

/** Everything that is known of two subjects once both were measured. */
interface Compared {
  readonly plan: Plan;
  readonly traces: readonly ComparedTrace[];
  readonly ofBase: readonly Measured[];
  readonly ofCandidate: readonly Measured[];
  readonly violation: CompareReport["violation"];
  readonly saved: Baseline | undefined;
  readonly other: Side | undefined;
  readonly candidate: Side;
}

async function judged(
  compared: Compared,
  options: CompareOptions,
  started: number,
): Promise<CompareReport> {
  const { plan, traces, ofBase, ofCandidate, violation, saved, other, candidate } = compared;
  const { budgets = [], signal } = options;
  const isWhole = violation === undefined && signal?.aborted !== true;
  const measures = isWhole ? measureRows(ofBase, ofCandidate) : [];
  if (isWhole) demandKnownMeasures(budgets, measures, saved !== undefined);
  const time =
    isWhole && other !== undefined
      ? await raced(other, candidate, traces, plan.cores, options)
      : undefined;
  const findings = isWhole ? budgetFindings(budgets, measures, time) : [];
  const isVacuous = [ofBase, ofCandidate].some((side) => isMostlySkipped(side, plan.files));
  const verdict = verdictOn(signal?.aborted === true, violation, findings, isVacuous);
  const worst = isWhole ? worstTrace(measures, findings, traces, candidate) : undefined;
  return {
    v: 1,
    command: "compare",
    base: sideOf(saved, other),
    candidate: sideOf(undefined, candidate),
    seed: `0x${plan.seed.toString(16)}`,
    verdict,
    exit: COMPARE_EXITS[verdict],
    traces: ofCandidate.map(({ name, calls, skipped }) => ({ name, calls, skipped })),
    calls: ofCandidate.reduce((sum, one) => sum + one.calls, 0),
    measures,
    budgets: findings,
    notes: compareNotes(ofBase, ofCandidate, saved !== undefined, isVacuous, time),
    ...(violation === undefined ? {} : { violation }),
    ...(worst === undefined ? {} : { worst }),
    measured: {
      milliseconds: Math.round(performance.now() - started),
      ...(time === undefined || "why" in time ? {} : { time }),
    },
  };
}

/** Whether too little of a recorded trace was made, or of all traces. */
function isMostlySkipped(side: readonly Measured[], files: readonly string[]): boolean {
  const recorded = side.slice(Math.max(0, side.length - files.length));
  const sum = (of: (one: Measured) => number): number =>
    side.reduce((all, one) => all + of(one), 0);
  return (
    (files.length > 0 && recorded.some((one) => one.skipped > SKIPPED_SHARE_MAX * one.calls + 1)) ||
    sum(({ skipped }) => 2 * skipped) > sum(({ calls }) => calls)
  );
}

function verdictOn(
  isStopped: boolean,
  violation: CompareReport["violation"],
  findings: CompareReport["budgets"],
  isVacuous: boolean,
): CompareReport["verdict"] {
  if (isStopped) return "interrupted";
  if (violation !== undefined) return "violated";
  if (findings.some(({ isExceeded }) => isExceeded)) return "over budget";
  return isVacuous ? "vacuous" : "passed";
}

interface Plan {
  readonly seed: number;
  readonly runs: number;
  readonly calls: number;
  readonly cores: number;
  readonly files: readonly string[];
  readonly recordedCalls: number;
}

/** On how many cores, and on which traces: as the baseline was made, if there is one. */
function planOf(
  options: CompareOptions,
  saved: Baseline | undefined,
  candidate: Description,
  base: Description | undefined,
): Plan {
  if (saved !== undefined) {
    if (candidate.cores >= saved.cores) return saved;
    throw new UnusableSubject(
      `the baseline was made on ${saved.cores} cores, and ${candidate.name} has ${candidate.cores}`,
    );
  }
  return freshPlan(options, Math.min(candidate.cores, base?.cores ?? candidate.cores));
}

function freshPlan(options: Omit<CompareOptions, "base">, cores: number): Plan {
  const { seed = COMPARE_SEED, runs = COMPARE_RUNS, calls = COMPARE_CALLS, traces = [] } = options;
  const { recordedCalls = COMPARE_RECORDED_CALLS } = options;
  return { seed, runs, calls, cores, files: traces, recordedCalls };
}

async function tracesFor(plan: Plan): Promise<readonly ComparedTrace[]> {
  const { seed, runs, calls, cores, files, recordedCalls } = plan;
  const traces: ComparedTrace[] = [];
  for (let run = 0; run < runs; run++) traces.push(await generatedTrace(seed, run, calls, cores));
  return [...traces, ...files.map((path) => recordedTrace(path, recordedCalls))];
}

async function measureSide(
  side: Side | undefined,
  traces: readonly ComparedTrace[],
  cores: number,
  options: Omit<CompareOptions, "base">,
  what: string,
): Promise<readonly Measured[]> {
  if (side === undefined) return [];
  return await measureAll(side.hands, traces, cores, options, `${what} ${side.known.name}`);
}

function sideOf(saved: Baseline | undefined, side: Side | undefined): CompareSide {
  if (saved !== undefined) return { ...saved.subject, isSaved: true };
  const told = side && toldSubject(side.hands, side.known.name);
  return { subject: "", name: "", ...told, isSaved: false };
}
