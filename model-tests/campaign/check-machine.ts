/**
 * Judges a machine: stored failures first, then the given traces, then random runs.
 *
 * Run n depends on the seed and n only. Everything is done on this thread, one run after the other: a
 * machine of ours is judged, or one that somebody writes to see it fail, and neither needs a guard.
 */
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Tally } from "../conformance/tally.ts";
import type { MachineScope } from "../machine/machine-driver.ts";
import type { MachinePlay } from "../machine/machine-session.ts";
import { runRandomMachine } from "../machine/run-machine.ts";
import { portableReference } from "../subject/load-subject.ts";
import type { NamedMachine } from "../subject/machines.ts";
import { type MachineTrace, parseMachineTrace } from "../trace/machine-trace.ts";
import type { Progress } from "./check.ts";
import { EXITS, type TraceReport, type Verdict } from "./check-report.ts";
import { type MachineFailure, storedMachineFailures } from "./machine-failures.ts";
import {
  type MachineCheckReport,
  type MachineViolation,
  machineRuleFindings,
} from "./machine-report.ts";
import { tryMachine } from "./machine-trial.ts";
import { pursueMachine } from "./pursue-machine.ts";

export interface CheckMachineOptions {
  readonly machine: NamedMachine;
  /** What the user typed for it. */
  readonly reference: string;
  readonly directory: string;
  readonly seed?: number;
  readonly runs?: number;
  /** Only this run of the campaign. */
  readonly run?: number;
  readonly calls: number;
  readonly timeMs?: number;
  readonly failOnTimeout?: boolean;
  readonly traces?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** One to four cores, and few frames: what goes wrong goes wrong where it is narrow. */
const SCOPES: readonly MachineScope[] = [1, 2, 2, 3, 4].map((coreCount, index) => ({
  frameCount: 14 + 6 * coreCount + index,
  coreCount,
  spaceCount: Math.min(coreCount, 2),
  firstPage: 3 * 512 - 6,
  pageCount: 12,
  mappedMax: 5,
}));

/** Checks a machine and says what was found. */
export async function checkMachine(options: CheckMachineOptions): Promise<MachineCheckReport> {
  const tally = new Tally();
  const started = performance.now();
  const seed = options.seed ?? randomInt(2 ** 32);
  const traces: TraceReport[] = [];
  const reference = portableReference(options.reference, options.directory);
  const campaign = { ...options, reference, seed, tally, started };
  const before = replayStored(campaign) ?? replayGiven(campaign, traces);
  const { failure, runs, isOutOfTime } = before
    ? { failure: before, runs: 0, isOutOfTime: false }
    : await makeRuns(campaign);

  const facts = { directory: options.directory, reference, name: options.machine.name };
  const text = `0x${seed.toString(16)}`;
  const isDrawn = failure?.run !== undefined;
  const violation =
    failure &&
    pursueMachine(options.machine.make, failure, isDrawn ? { ...facts, seed: text } : facts);
  const verdict = verdictOf(violation, isOutOfTime, options, tally);
  return reportOf(campaign, { violation, verdict, runs, traces, rule: failure?.broken.name });
}

interface Campaign extends CheckMachineOptions {
  readonly seed: number;
  readonly tally: Tally;
  readonly started: number;
}

function replayStored(campaign: Campaign): MachineFailure | undefined {
  const { directory, reference, runs } = campaign;
  if (runs === 0) return undefined;
  return firstOf(storedMachineFailures(directory, reference), (trace) => {
    return replayed(campaign, trace);
  });
}

function replayGiven(campaign: Campaign, told: TraceReport[]): MachineFailure | undefined {
  const { directory, traces = [] } = campaign;
  return firstOf(traces, (path) => {
    const trace = parseMachineTrace(readFileSync(resolve(directory, path), "utf8"));
    const { skipped } = campaign.tally.calls;
    const failure = replayed(campaign, trace);
    const left = campaign.tally.calls.skipped - skipped;
    told.push({ path, calls: trace.calls.length, skipped: left });
    return failure;
  });
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function replayed({ machine, tally }: Campaign, trace: MachineTrace): MachineFailure | undefined {
  const { config, calls } = trace;
  const { plays, broken } = tryMachine(machine.make, config, calls, { observer: tally });
  for (const play of plays) count(tally, play);
  return broken && { config, calls: calls.slice(0, plays.length), broken };
}

async function makeRuns(campaign: Campaign): Promise<{
  readonly failure: MachineFailure | undefined;
  readonly runs: number;
  readonly isOutOfTime: boolean;
}> {
  const { machine, seed, tally, started, calls, timeMs, run, signal, onProgress } = campaign;
  const wanted = run !== undefined ? 1 : (campaign.runs ?? Number.POSITIVE_INFINITY);
  const first = run ?? 0;
  const deadline = started + (timeMs ?? Number.POSITIVE_INFINITY);
  for (let made = 0; made < wanted; made++) {
    await setImmediate();
    const isLate = performance.now() >= deadline;
    if (isLate || signal?.aborted === true) {
      const isOutOfTime = isLate && campaign.runs !== undefined;
      return { failure: undefined, runs: made, isOutOfTime };
    }
    const scope = SCOPES[(first + made) % SCOPES.length] as MachineScope;
    const result = runRandomMachine(
      machine.make,
      scope,
      seed,
      first + made,
      calls,
      {},
      {
        observer: tally,
      },
    );
    for (const play of result.played) count(tally, play);
    onProgress?.({ phase: "runs", runs: made + 1, calls: tally.calls.executed });
    const { broken, config, played } = result;
    if (broken === undefined) continue;
    const failure = { config, calls: played.map(({ call }) => call), broken, run: first + made };
    return { failure, runs: made + 1, isOutOfTime: false };
  }
  return { failure: undefined, runs: wanted, isOutOfTime: false };
}

function count(tally: Tally, play: MachinePlay | undefined): void {
  if (play === undefined || play.answer?.kind === "skipped") tally.calls.skipped += 1;
  else if (play.answer?.kind === "refused") tally.calls.refused += 1;
  if (play === undefined) return;
  tally.calls.executed += 1;
  tally.kind(play.call.call);
}

function verdictOf(
  violation: MachineViolation | "nondeterministic" | undefined,
  isOutOfTime: boolean,
  { signal, failOnTimeout }: CheckMachineOptions,
  tally: Tally,
): Verdict {
  if (violation === "nondeterministic") return "nondeterministic";
  if (signal?.aborted === true) return "interrupted";
  if (violation !== undefined) return "violated";
  if (isOutOfTime && failOnTimeout === true) return "timeout";
  return tally.calls.executed === 0 ? "vacuous" : "passed";
}

interface Findings {
  readonly violation: MachineViolation | "nondeterministic" | undefined;
  readonly verdict: Verdict;
  readonly runs: number;
  readonly traces: readonly TraceReport[];
  readonly rule: string | undefined;
}

function reportOf(
  { machine, reference, seed, tally, started }: Campaign,
  { violation, verdict, runs, traces, rule }: Findings,
): MachineCheckReport {
  const milliseconds = Math.round(performance.now() - started);
  const { calls, kinds, marks } = tally.toData();
  const rules = machineRuleFindings(tally, rule);
  const untested = Object.keys(rules).filter((name) => rules[name] === "not tested");
  return {
    v: 1,
    command: "check",
    subject: reference,
    name: machine.name,
    seed: `0x${seed.toString(16)}`,
    verdict,
    exit: EXITS[verdict],
    runs,
    traces,
    calls,
    kinds,
    rules,
    hints: Object.fromEntries(untested.map((name) => [name, "did not come up in these runs"])),
    marks,
    missed: calls.executed === 0 ? ["no call was made"] : [],
    ...(typeof violation === "object" ? { violation } : {}),
    measured: {
      milliseconds,
      callsPerSecond: Math.round(calls.executed / Math.max(0.001, milliseconds / 1000)),
    },
  };
}
