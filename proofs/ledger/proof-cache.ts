/**
 * What was proved before, by the text of what was asked: so a change in source proves again exactly
 * what it touches. And what was asked on the same source, so that nothing is even translated again
 * where nothing has changed.
 *
 * Only answers that were wanted are kept. Everything else is asked again each time, so a mistake in this
 * file can at worst repeat what some solver of the same version has found.
 */
import { join } from "node:path";
import type { Conclusion } from "../translate/conclusion.ts";
import type { Case } from "../translate/theorem.ts";
import { readKeptFile, writeKeptFile } from "./kept-file.ts";
import { digestOf, type Obligation } from "./obligations-of.ts";

/** All that was asked for one theorem. */
export interface Plan {
  readonly conclusion: Conclusion;
  readonly asked: readonly AskedBefore[];
}

export interface AskedBefore {
  readonly kind: Obligation["kind"];
  readonly fixed: Case;
  readonly key: string;
}

export interface ProofCache {
  /** The steps that the proof of `key` took, if it was proved by the solver `version`. */
  stepsOf(key: string, version: string): number | undefined;
  keep(key: string, version: string, steps: number): void;
  /** What was asked for the theorem `name` of the source that is called `source`. */
  planOf(name: string, source: string): Plan | undefined;
  keepPlan(name: string, source: string, plan: Plan): void;
  /** Writes down what is kept. */
  save(): void;
}

interface Kept {
  readonly v: 1;
  readonly proved: Readonly<Record<string, number>>;
  readonly source: string;
  readonly plans: Readonly<Record<string, Plan>>;
}

const KEPT_MAX = 20_000;
const NOTHING: Kept = { v: 1, proved: {}, source: "", plans: {} };

/** The proofs that are kept below `directory`; `say` hears of a file that cannot be read. */
export function proofCache(directory: string, say: (sentence: string) => void): ProofCache {
  const path = join(directory, ".ariadne", "proofs.json");
  const broken = `${path} is not what was written there: everything is proved again`;
  const kept = readKeptFile(path, isWhole, () => say(broken)) ?? NOTHING;
  const proved = new Map(Object.entries(kept.proved));
  let plans = { source: kept.source, of: new Map(Object.entries(kept.plans)) };
  return {
    stepsOf: (key, version) => proved.get(digestOf([version, key])),
    keep: (key, version, steps) => void proved.set(digestOf([version, key]), steps),
    planOf: (name, source) => (plans.source === source ? plans.of.get(name) : undefined),
    keepPlan: (name, source, plan) => {
      if (plans.source !== source) plans = { source, of: new Map() };
      plans.of.set(name, plan);
    },
    save: () =>
      writeKeptFile(path, {
        v: 1,
        proved: Object.fromEntries([...proved].slice(-KEPT_MAX)),
        source: plans.source,
        plans: Object.fromEntries(plans.of),
      } satisfies Kept),
  };
}

/** Keeps nothing. */
export const NO_CACHE: ProofCache = {
  stepsOf: () => undefined,
  keep: () => {},
  planOf: () => undefined,
  keepPlan: () => {},
  save: () => {},
};

function isWhole(kept: Kept): boolean {
  const isKept = kept.v === 1 && Object.values(kept.proved).every(Number.isSafeInteger);
  return isKept && Object.values(kept.plans).every(({ asked }) => Array.isArray(asked));
}
