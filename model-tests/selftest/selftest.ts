/**
 * Tests the tester: faults are planted between the harness and a subject, one at a time, and each has to be
 * found by the rule that it breaks.
 *
 * A subject that breaks a rule as it is cannot be used for that, so it is tried without a fault first.
 */
import { stuckFinding } from "../campaign/crew-executor.ts";
import type { Description } from "../campaign/describe.ts";
import { type Hands, handsFor } from "../campaign/hands.ts";
import { type ToldSubject, toldSubject } from "../campaign/told-subject.ts";
import { UnusableSubject } from "../subject/contract.ts";
import type { Subject } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { SHIMS } from "./shims.ts";
import type { TrialResult } from "./trial.ts";

export interface SelftestOptions {
  readonly subject?: string | Subject;
  /** What else loads the subject that is named. */
  readonly options?: SubjectOptions;
  readonly directory?: string;
  readonly seed?: number;
  readonly workers?: number;
  readonly callTimeoutMs?: number;
  /** A rule that is not asked, to see that it is missed. */
  readonly without?: string;
  readonly signal?: AbortSignal;
}

/** What became of one fault. */
export interface ShimReport {
  readonly shim: string;
  /** The rule that it breaks. */
  readonly rule: string;
  readonly outcome:
    | "caught"
    | "missed"
    | "found by another rule"
    | "did not come up"
    | "does not apply";
  /** The rule that found it, if one did. */
  readonly foundBy?: string;
  /** How many calls were judged until then, or in all. */
  readonly calls: number;
  /** Why it does not apply. */
  readonly reason?: string;
}

export interface SelftestReport extends ToldSubject {
  readonly v: 1;
  readonly command: "selftest";
  readonly seed: string;
  /** `violated` says that the subject breaks a rule as it is. */
  readonly verdict: "passed" | "vacuous" | "violated" | "interrupted";
  readonly exit: number;
  readonly shims: readonly ShimReport[];
  readonly without?: string;
  /** The rule that the subject breaks as it is. */
  readonly broken?: string;
  readonly measured: { readonly milliseconds: number };
}

const EXITS = { passed: 0, violated: 1, vacuous: 4, interrupted: 130 } as const;
const SEED = 0x5e1f;
const RUNS = 40;
const CALLS = 120;
/** A call that takes so long is looked at again with more patience, unless it is planted not to return. */
const CALL_TIMEOUT_MS = 500;
const PATIENCE = 20;

/** Plants every fault in a subject and says which were found. */
export async function selftest(options: SelftestOptions = {}): Promise<SelftestReport> {
  const started = performance.now();
  const { seed = SEED, without, callTimeoutMs = CALL_TIMEOUT_MS, signal } = options;
  const hands = handsFor({ ...options, callTimeoutMs });
  try {
    const described = await hands.run<Description>({ kind: "describe", infer: false }, PATIENCE);
    if (described.kind === "stuck") throw new UnusableSubject("create() does not return");
    const bare = await tried(hands, seed, undefined, without);
    const broken = bare.kind === "caught" ? bare.rule : undefined;
    const shims = broken === undefined ? await allTried(hands, seed, options) : [];
    const verdict = signal?.aborted
      ? "interrupted"
      : broken !== undefined
        ? "violated"
        : verdictOn(shims);
    return {
      v: 1,
      command: "selftest",
      ...toldSubject(hands, described.value.name),
      seed: `0x${seed.toString(16)}`,
      verdict,
      exit: EXITS[verdict],
      shims,
      ...(without === undefined ? {} : { without }),
      ...(broken === undefined ? {} : { broken }),
      measured: { milliseconds: Math.round(performance.now() - started) },
    };
  } finally {
    await hands.close();
  }
}

/** Vacuous, if a fault was not found or none could be planted at all. */
function verdictOn(shims: readonly ShimReport[]): "passed" | "vacuous" {
  const isMissed = ({ outcome }: ShimReport): boolean =>
    outcome === "missed" || outcome === "found by another rule";
  const isCaught = shims.some(({ outcome }) => outcome === "caught");
  return isCaught && !shims.some(isMissed) ? "passed" : "vacuous";
}

async function allTried(
  hands: Hands,
  seed: number,
  { workers = 1, without, signal }: SelftestOptions,
): Promise<readonly ShimReport[]> {
  const reports: ShimReport[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < SHIMS.length && !signal?.aborted; at = next++) {
      const { name } = SHIMS[at] as (typeof SHIMS)[number];
      reports[at] = reportOf(at, await tried(hands, seed, name, without));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, work));
  return reports;
}

/** What came of planting the fault `shim`; a call that does not end is a broken rule like any other. */
async function tried(
  hands: Hands,
  seed: number,
  shim: string | undefined,
  without: string | undefined,
): Promise<TrialResult> {
  const work = {
    kind: "trial",
    seed,
    runs: RUNS,
    calls: CALLS,
    isWatched: hands.isWatching,
    ...(shim === undefined ? {} : { shim }),
    ...(without === undefined ? {} : { without }),
  } as const;
  const isPlantedToHang = SHIMS.find(({ name }) => name === shim)?.rules[0] === "call-terminates";
  let outcome = await hands.run<TrialResult>(work);
  if (outcome.kind === "stuck" && !isPlantedToHang) {
    outcome = await hands.run<TrialResult>(work, PATIENCE);
  }
  if (outcome.kind === "done") return outcome.value;
  const { rule } = stuckFinding(outcome);
  const calls = outcome.calls.length;
  if (rule === without) return { kind: "held", hasStruck: true, calls };
  return { kind: "caught", rule, calls, runs: outcome.run + 1 };
}

function reportOf(at: number, result: TrialResult): ShimReport {
  const { name: shim, rules } = SHIMS[at] as (typeof SHIMS)[number];
  const told = { shim, rule: rules[0] };
  switch (result.kind) {
    case "does not apply":
      return { ...told, outcome: "does not apply", calls: 0, reason: result.reason };
    case "held":
      return {
        ...told,
        outcome: result.hasStruck ? "missed" : "did not come up",
        calls: result.calls,
      };
    case "caught": {
      const { rule: foundBy, calls } = result;
      const outcome = rules.includes(foundBy) ? "caught" : "found by another rule";
      return { ...told, outcome, foundBy, calls };
    }
  }
}
