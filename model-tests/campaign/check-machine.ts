/**
 * Judges a machine: stored failures first, then the given traces, then random runs.
 *
 * Run n depends on the seed and n only. Runs are made one after the other: on a watched thread, if the
 * machine is a module, and else on this one.
 */
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { sizeCounts, Tally } from "../conformance/tally.ts";
import type { MachineScope } from "../machine/machine-driver.ts";
import { portableReference } from "../subject/load-subject.ts";
import type { NamedMachine } from "../subject/machines.ts";
import { type MachineTrace, parseMachineTrace } from "../trace/machine-trace.ts";
import type { Progress } from "./check.ts";
import { EXITS, type TraceReport, type Verdict } from "./check-report.ts";
import type { MachineExecutor } from "./machine-executor.ts";
import { machineExecutorFor } from "./machine-executor-for.ts";
import { type MachineFailure, storedMachineFailures } from "./machine-failures.ts";
import {
  type MachineCheckReport,
  type MachineViolation,
  machineRuleFindings,
} from "./machine-report.ts";
import type { MachineAttempt } from "./machine-work.ts";
import { expectedHang } from "./no-return.ts";
import { pursueMachine } from "./pursue-machine.ts";

export interface CheckMachineOptions {
  readonly machine: NamedMachine | MachineExecutor;
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
  spaceCount: 2,
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
  const executor = machineExecutorFor(options.machine, options.signal);
  const campaign = { ...options, executor, reference, seed, tally, started };
  const before = (await replayStored(campaign)) ?? (await replayGiven(campaign, traces));
  const { failure, runs, isOutOfTime } = before
    ? { failure: before, runs: 0, isOutOfTime: false }
    : await makeRuns(campaign);

  const facts = { directory: options.directory, reference, name: executor.name };
  const text = `0x${seed.toString(16)}`;
  const isDrawn = failure?.run !== undefined;
  const violation =
    failure && (await pursueMachine(executor, failure, isDrawn ? { ...facts, seed: text } : facts));
  const verdict = verdictOf(violation, isOutOfTime, options, tally);
  return reportOf(campaign, { violation, verdict, runs, traces, rule: failure?.broken.name });
}

interface Campaign extends CheckMachineOptions {
  readonly executor: MachineExecutor;
  readonly seed: number;
  readonly tally: Tally;
  readonly started: number;
}

async function replayStored(campaign: Campaign): Promise<MachineFailure | undefined> {
  const { directory, reference, runs } = campaign;
  if (runs === 0) return undefined;
  for (const trace of storedMachineFailures(directory, reference)) {
    const { failure } = await replayed(campaign, trace);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function replayGiven(
  campaign: Campaign,
  told: TraceReport[],
): Promise<MachineFailure | undefined> {
  const { directory, traces = [] } = campaign;
  for (const path of traces) {
    const trace = parseMachineTrace(readFileSync(resolve(directory, path), "utf8"));
    const { failure, tally } = await replayed(campaign, trace);
    told.push({ path, calls: trace.calls.length, skipped: tally.calls.skipped });
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function replayed(
  { executor, tally }: Campaign,
  { config, calls, rule }: MachineTrace,
): Promise<MachineAttempt> {
  const attempt = await executor.makeCalls({ config, calls }, expectedHang(rule));
  tally.add(attempt.tally);
  return attempt;
}

async function makeRuns(campaign: Campaign): Promise<{
  readonly failure: MachineFailure | undefined;
  readonly runs: number;
  readonly isOutOfTime: boolean;
}> {
  const { executor, seed, tally, started, calls, timeMs, run, onProgress } = campaign;
  const wanted = run !== undefined ? 1 : (campaign.runs ?? Number.POSITIVE_INFINITY);
  const first = run ?? 0;
  const deadline = started + (timeMs ?? Number.POSITIVE_INFINITY);
  for (let made = 0; made < wanted; made++) {
    const isLate = performance.now() >= deadline;
    const scope = SCOPES[(first + made) % SCOPES.length] as MachineScope;
    const task = { scope, seed, run: first + made, count: calls };
    const attempt = isLate ? undefined : await executor.makeRun(task);
    if (attempt === undefined) {
      const isOutOfTime = isLate && campaign.runs !== undefined;
      return { failure: undefined, runs: made, isOutOfTime };
    }
    tally.add(attempt.tally);
    onProgress?.({ phase: "runs", runs: made + 1, calls: tally.calls.executed });
    const { failure } = attempt;
    if (failure !== undefined) return { failure, runs: made + 1, isOutOfTime: false };
  }
  return { failure: undefined, runs: wanted, isOutOfTime: false };
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
  { executor, reference, seed, tally, started }: Campaign,
  { violation, verdict, runs, traces, rule }: Findings,
): MachineCheckReport {
  const milliseconds = Math.round(performance.now() - started);
  const { calls, kinds, marks, rules: tested, sizes } = tally.toData();
  const rules = machineRuleFindings(tally, rule);
  const untested = Object.keys(rules).filter((name) => rules[name] === "not tested");
  return {
    v: 1,
    command: "check",
    subject: reference,
    name: executor.name,
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
    tested,
    sizes: sizeCounts(sizes),
    missed: calls.executed === 0 ? ["no call was made"] : [],
    ...(typeof violation === "object" ? { violation } : {}),
    measured: {
      milliseconds,
      callsPerSecond: Math.round(calls.executed / Math.max(0.001, milliseconds / 1000)),
    },
  };
}
