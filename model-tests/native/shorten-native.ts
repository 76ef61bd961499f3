/**
 * The shortest trace of a library that breaks the same rule.
 *
 * A violation that leaves its process alive is made shorter inside of one. One that does not, or that takes all
 * that the process was asked, is made shorter from outside, candidate by candidate, each in a copy of a process
 * that has asked the library nothing. Either way the result is tried in a fresh process, and if it does not
 * fail there, there is a last attempt with a fresh process for each candidate, and few of them.
 */
import {
  type Failure,
  type Finding,
  findingOf,
  type ReplayResult,
  type ShrinkResult,
} from "../campaign/tasks.ts";
import type { Violation } from "../conformance/session.ts";
import type { Policy } from "../conformance/witness.ts";
import type { Candidate } from "../shrink/candidate.ts";
import { renamed } from "../shrink/passes.ts";
import { type Execute, type Execution, shrink } from "../shrink/shrink.ts";
import { sweep } from "../shrink/sweep.ts";
import { deathFinding } from "./death-finding.ts";
import type { NativeCrew } from "./native-crew.ts";

export interface ShortenLimits {
  readonly executions: number;
  readonly sentences: number;
  readonly callTimeoutMs: number;
}

/** While a trace is made shorter, a call that takes so long is taken not to end. */
const SHRINK_TIMEOUT_MS = 500;
/** How many calls may not end on the way, each of which takes its process along. */
const HANGS_MAX = 12;
/** How many candidates are tried in a fresh process each, and how many in copies of one. */
const FRESH_MAX = 24;
const COPIED_MAX = 600;
/** Of a longer trace there is too much that is shorter to try it all. */
const SENTENCE_CALLS_MAX = 24;

/** What `failure` is made shorter to, or undefined if it does not happen in a fresh process. */
export async function shortenNative(
  crew: NativeCrew,
  failure: Failure,
  limits: ShortenLimits,
): Promise<ShrinkResult | undefined> {
  for (const policy of ["sweep", "neighbours"] as const) {
    const shortening = new Shortening(crew, limits, policy);
    const { finding, isDeath } = await shortening.tryAlone(failure);
    if (finding !== undefined) return await shortening.shorten({ ...failure, finding }, isDeath);
  }
  return undefined;
}

interface Alone {
  readonly finding: Finding | undefined;
  readonly isDeath: boolean;
}

class Shortening {
  readonly #crew: NativeCrew;
  readonly #limits: ShortenLimits;
  readonly #policy: Policy;

  constructor(crew: NativeCrew, limits: ShortenLimits, policy: Policy) {
    this.#crew = crew;
    this.#limits = limits;
    this.#policy = policy;
  }

  /** What `calls` break in a fresh process, and whether that dies of it. */
  async tryAlone({ config, calls }: Pick<Failure, "config" | "calls">): Promise<Alone> {
    const work = { kind: "calls", config, calls, policy: this.#policy } as const;
    const end = await this.#crew.run<ReplayResult>(work);
    return end.kind === "done"
      ? { finding: end.value.finding, isDeath: false }
      : { finding: deathFinding(end), isDeath: true };
  }

  async shorten(failure: Failure, isDeath: boolean): Promise<ShrinkResult> {
    const { finding, config, calls } = failure;
    const ways = [
      async () => (isDeath ? undefined : await this.#inside(failure)),
      async () => await this.#outside(failure, "copied"),
      async () => await this.#outside(failure, "fresh"),
    ];
    for (const way of ways) {
      const result = await way();
      if (result === undefined) continue;
      const { finding: again } = await this.tryAlone(result.failure);
      if (again?.rule !== finding.rule) continue;
      return { ...result, failure: { ...result.failure, finding: again } };
    }
    const cut = calls.slice(0, finding.at + 1);
    return { failure: { config, calls: cut, finding }, executions: 1, isShortest: false };
  }

  /** Undefined if the process does not survive it. */
  async #inside({ config, calls }: Failure): Promise<ShrinkResult | undefined> {
    const { executions, sentences } = this.#limits;
    const effort = { executions, sentences, policy: this.#policy, avoid: [] };
    const work = { kind: "shrink", config, calls, ...effort } as const;
    const manner = { patience: this.#patience };
    const end = await this.#crew.run<ShrinkResult | undefined>(work, manner);
    return end.kind === "done" ? end.value : undefined;
  }

  async #outside(
    { config, calls }: Failure,
    process: "fresh" | "copied",
  ): Promise<ShrinkResult | undefined> {
    const { executions, sentences } = this.#limits;
    const most = Math.min(process === "fresh" ? FRESH_MAX : COPIED_MAX, executions);
    let made = 0;
    let hangs = 0;
    const known = new Map<string, Execution>();
    const execute: Execute = async (candidate) => {
      const key = keyOf(candidate);
      const execution = known.get(key) ?? (await executeOnce(candidate));
      known.set(key, execution);
      return execution;
    };
    const executeOnce: Execute = async (candidate) => {
      if (made >= most || hangs >= HANGS_MAX) return { violation: undefined, skipped: 0 };
      made += 1;
      const work = { kind: "calls", ...candidate, policy: this.#policy } as const;
      const manner = { process, patience: this.#patience };
      const end = await this.#crew.run<ReplayResult>(work, manner);
      if (end.kind === "dead") {
        if (end.how === "hung") hangs += 1;
        // A copy that made no call says nothing about them.
        if (end.box.count === 0) return { violation: undefined, skipped: 0 };
        return { violation: violationOf(deathFinding(end)), skipped: 0 };
      }
      const { finding, tally } = end.value;
      return { violation: finding && violationOf(finding), skipped: tally.calls.skipped };
    };
    const start = { config, calls };
    const swept = process === "copied" ? await sweep(start, execute) : start;
    const isShort = process === "copied" && swept.calls.length <= SENTENCE_CALLS_MAX;
    const words = isShort ? sentences : 0;
    const shrunk = await shrink(swept, execute, { executions, sentences: words });
    if (shrunk === undefined) return undefined;
    const { violation, isShortest } = shrunk;
    return {
      failure: { config: shrunk.config, calls: shrunk.calls, finding: findingOf(violation) },
      executions: made,
      isShortest: isShortest && made < most && hangs < HANGS_MAX,
    };
  }

  get #patience(): number {
    return Math.min(1, SHRINK_TIMEOUT_MS / this.#limits.callTimeoutMs);
  }
}

/** The same for candidates that differ in nothing but the names of their blocks. */
function keyOf({ config, calls }: Candidate): string {
  return JSON.stringify([config, renamed(calls)]);
}

/** A finding as the violation that it was. */
function violationOf({ rule, sentence, at, reason }: Finding): Violation {
  const broken = { rule: { name: rule, claim: sentence }, at, answer: { kind: "threw" as const } };
  return reason === undefined ? broken : { ...broken, reason };
}
