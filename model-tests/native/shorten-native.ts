/**
 * The shortest trace of a library that breaks the same rule.
 *
 * A violation that leaves its process alive is made shorter inside of one. One that does not is made
 * shorter from outside, candidate by candidate; those that pass share a process, because starting one takes
 * as long as thousands of calls. Either way the result is tried in a fresh process. If it was the earlier
 * candidates that did it, there is a last attempt with a fresh process for each, and fewer of them.
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
import { type Execute, shrink } from "../shrink/shrink.ts";
import { deathFinding } from "./death-finding.ts";
import type { NativeCrew } from "./native-crew.ts";

export interface ShortenLimits {
  readonly executions: number;
  readonly sentences: number;
  readonly callTimeoutMs: number;
}

/** While a trace is made shorter, a call that takes so long is taken not to end. */
const SHRINK_TIMEOUT_MS = 500;
/** How many processes may die on the way, and how many of them of a call that does not end. */
const DEATHS_MAX = 24;
const HANGS_MAX = 12;
/** How many candidates are tried in a fresh process each, and how many in one for all that pass. */
const FRESH_MAX = 24;
const USED_MAX = 3000;

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
      async () =>
        (await this.#happensLater(failure)) ? await this.#outside(failure, "used") : undefined,
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

  /** Whether it happens at the same call in a process that has made those before it already. */
  async #happensLater({ config, calls, finding }: Failure): Promise<boolean> {
    const before = calls.slice(0, finding.at);
    const manner = { process: "used", patience: this.#patience } as const;
    const work = { kind: "calls", config, policy: this.#policy } as const;
    const first = await this.#crew.run<ReplayResult>({ ...work, calls: before }, manner);
    if (first.kind === "dead" || first.value.finding !== undefined) return false;
    const second = await this.#crew.run<ReplayResult>({ ...work, calls }, manner);
    const again = second.kind === "dead" ? deathFinding(second) : second.value.finding;
    return again?.at === finding.at;
  }

  async #outside(
    { config, calls }: Failure,
    process: "fresh" | "used",
  ): Promise<ShrinkResult | undefined> {
    let deaths = 0;
    let hangs = 0;
    let isMisled = false;
    const execute: Execute = async (candidate) => {
      const isOver = isMisled || deaths >= DEATHS_MAX || hangs >= HANGS_MAX;
      if (isOver) return { violation: undefined, skipped: 0 };
      const work = { kind: "calls", ...candidate, policy: this.#policy } as const;
      const manner = { process, patience: this.#patience };
      const end = await this.#crew.run<ReplayResult>(work, manner);
      if (end.kind === "done") {
        const { finding, tally } = end.value;
        return { violation: finding && violationOf(finding), skipped: tally.calls.skipped };
      }
      if (end.how === "hung") hangs += 1;
      else deaths += 1;
      // The second death tells whether it takes the candidates before; the first is that of the start.
      if (process === "used" && deaths + hangs === 2) {
        isMisled = (await this.tryAlone(candidate)).finding === undefined;
      }
      return { violation: violationOf(deathFinding(end)), skipped: 0 };
    };
    const { executions, sentences } = this.#limits;
    const isFresh = process === "fresh";
    const shrunk = await shrink({ config, calls }, execute, {
      executions: Math.min(isFresh ? FRESH_MAX : USED_MAX, executions),
      sentences: isFresh ? 0 : Math.min(USED_MAX, sentences),
    });
    if (shrunk === undefined || isMisled) return undefined;
    const { violation, isShortest } = shrunk;
    const isExhausted = deaths >= DEATHS_MAX || hangs >= HANGS_MAX;
    return {
      failure: { config: shrunk.config, calls: shrunk.calls, finding: findingOf(violation) },
      executions: shrunk.executions,
      isShortest: isShortest && !isExhausted,
    };
  }

  get #patience(): number {
    return Math.min(1, SHRINK_TIMEOUT_MS / this.#limits.callTimeoutMs);
  }
}

/** A finding as the violation that it was. */
function violationOf({ rule, sentence, at, reason }: Finding): Violation {
  const broken = { rule: { name: rule, claim: sentence }, at, answer: { kind: "threw" as const } };
  return reason === undefined ? broken : { ...broken, reason };
}
