/**
 * Proves theorems: everything that is owed for each, on as many solvers as there are workers.
 *
 * Findings come in the order in which they are owed, whoever was first, and no verdict depends on time:
 * a question has an answer, or the solver has made all the steps that it may make.
 */

import type { SolverCrew } from "../solver/solver-crew.ts";
import { type Conclusion, conclusionOf } from "../translate/conclusion.ts";
import type { Case } from "../translate/theorem.ts";
import { digestOf, keyOf, type Obligation, obligationsOf } from "./obligations-of.ts";
import { type AskedBefore, NO_CACHE, type Plan, type ProofCache } from "./proof-cache.ts";
import { sourceDigest } from "./source-digest.ts";
import type { Theorem } from "./theorem-list.ts";

/** `refused`: outside the dialect; `vacuous`: of no arguments; `failed`: translator or solver broke down. */
export type Verdict = "proved" | "refuted" | "unknown" | "refused" | "vacuous" | "failed";

export interface Finding {
  readonly kind: Obligation["kind"];
  readonly fixed: Case;
  readonly verdict: Verdict;
  readonly steps: number;
  readonly milliseconds: number;
  readonly isCached: boolean;
  /** Why it is neither proved nor refuted. */
  readonly reason?: string;
}

export interface Proof {
  readonly theorem: Theorem;
  readonly conclusion: Conclusion;
  readonly findings: readonly Finding[];
  /** One name for all that was asked: it changes whenever one of the formulas does. */
  readonly key: string;
}

export interface ProveOptions {
  readonly crew: SolverCrew;
  readonly workers: number;
  readonly cache: ProofCache;
  readonly onProof?: (proof: Proof) => void;
  readonly signal?: AbortSignal;
}

/** Proves `theorems`, in their order. */
export async function prove(
  theorems: readonly Theorem[],
  options: ProveOptions,
): Promise<readonly Proof[]> {
  const version = await options.crew.version();
  const source = options.cache === NO_CACHE ? "" : sourceDigest();
  const open = new Set<Promise<unknown>>();
  const proofs: Promise<Proof>[] = [];
  for (const theorem of theorems) {
    options.signal?.throwIfAborted();
    const plan = options.cache.planOf(theorem.name, source);
    const before = plan && remembered(theorem, plan, version, options.cache);
    const { proof } =
      before === undefined
        ? await started(theorem, source, version, open, options)
        : { proof: Promise.resolve(before) };
    void proof.then(options.onProof).catch(() => {});
    proofs.push(proof);
  }
  return Promise.all(proofs);
}

/** The proof of `theorem` if all that was asked on the same source was proved before. */
function remembered(
  theorem: Theorem,
  { conclusion, asked }: Plan,
  version: string,
  cache: ProofCache,
): Proof | undefined {
  const findings = asked.flatMap(({ kind, fixed, key }): Finding[] => {
    const steps = cache.stepsOf(key, version);
    if (steps === undefined) return [];
    return [{ kind, fixed, verdict: "proved", steps, milliseconds: 0, isCached: true }];
  });
  if (findings.length < asked.length) return undefined;
  return { theorem, conclusion, findings, key: digestOf(asked.map(({ key }) => key)) };
}

/** Asks all that is owed for `theorem`, and goes on before everything is answered. */
async function started(
  theorem: Theorem,
  source: string,
  version: string,
  open: Set<Promise<unknown>>,
  options: ProveOptions,
): Promise<{ readonly proof: Promise<Proof> }> {
  const asked: AskedBefore[] = [];
  const findings: Promise<Finding>[] = [];
  for (const obligation of obligationsOf(theorem)) {
    options.signal?.throwIfAborted();
    const { kind, fixed } = obligation;
    const key = keyOfAsked(obligation);
    asked.push({ kind, fixed, key });
    const finding = decided(obligation, key, version, options);
    findings.push(finding);
    open.add(finding);
    void finding.finally(() => open.delete(finding)).catch(() => {});
    // A formula is long: only as many are written ahead as keep every solver at work.
    while (open.size > 2 * options.workers) await Promise.race(open);
  }
  const conclusion = shapeOf(theorem);
  options.cache.keepPlan(theorem.name, source, { conclusion, asked });
  const key = digestOf(asked.map((each) => each.key));
  const proof = Promise.all(findings).then((all) => ({ theorem, conclusion, findings: all, key }));
  return { proof };
}

/** A theorem that is refused as a whole says nothing in another way, which its findings tell. */
function shapeOf({ declaration }: Theorem): Conclusion {
  try {
    return conclusionOf(declaration);
  } catch {
    return "proper";
  }
}

function keyOfAsked({ kind, asked }: Obligation): string {
  return digestOf([kind, "text" in asked ? keyOf(asked.text) : JSON.stringify(asked)]);
}

async function decided(
  { kind, fixed, asked }: Obligation,
  key: string,
  version: string,
  { crew, cache }: ProveOptions,
): Promise<Finding> {
  const none = { kind, fixed, steps: 0, milliseconds: 0, isCached: false } as const;
  if ("bug" in asked) return { ...none, verdict: "failed", reason: asked.bug };
  if ("refusal" in asked) return { ...none, verdict: "refused", reason: asked.refusal };
  const before = cache.stepsOf(key, version);
  if (before !== undefined) return { ...none, verdict: "proved", steps: before, isCached: true };
  try {
    const { answer, steps, milliseconds } = await crew.decide(asked.text);
    const found = { ...none, steps, milliseconds };
    if (answer.kind === "unknown") return { ...found, verdict: "unknown", reason: answer.reason };
    // A counterexample must be impossible, and something to speak of possible.
    if (answer.kind === (kind === "speaks" ? "possible" : "impossible")) {
      cache.keep(key, version, steps);
      return { ...found, verdict: "proved" };
    }
    if (answer.kind === "impossible") return { ...found, verdict: "vacuous" };
    return { ...found, verdict: "refuted" };
  } catch (error) {
    return { ...none, verdict: "failed", reason: (error as Error).message };
  }
}
