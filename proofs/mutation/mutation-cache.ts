/**
 * What became of mutants before, and what was answered: so a change of a theorem or of a source tries again
 * just what it reaches.
 *
 * A mutant is known by its text and by the text of its owner, a theorem by the name of all that decides
 * what it says, a question by itself. One that was found stays found while the theorem that found it is
 * the same, whatever happens to others. One that was not found was not found by the theorems that were
 * tried: those that are new or others now are tried, and no others.
 */
import { join } from "node:path";
import { readKeptFile, writeKeptFile } from "../ledger/kept-file.ts";
import type { Fate } from "./mutation-run.ts";

/** What became of a mutant, and the names of all that decided it. */
export interface Remembered {
  readonly fate: Fate;
  /** The theorem that found it, and its case. */
  readonly by: string;
  /** The name of all that decides that theorem, or those of all that were tried and found nothing. */
  readonly decided: readonly string[];
}

export type KindOfAnswer = "possible" | "impossible" | "unknown";

/** One thing that was learned. */
export type Learned =
  | { readonly kind: "answer"; readonly key: string; readonly answer: KindOfAnswer }
  | { readonly kind: "outcome"; readonly key: string; readonly remembered: Remembered };

export interface MutationCache {
  outcomeOf(mutant: string): Remembered | undefined;
  keepOutcome(mutant: string, remembered: Remembered): void;
  answerTo(question: string): KindOfAnswer | undefined;
  keepAnswer(question: string, answer: KindOfAnswer): void;
  /** Writes down what is kept. */
  save(): void;
}

interface Kept {
  readonly v: 1;
  readonly outcomes: Readonly<Record<string, Remembered>>;
  readonly answers: Readonly<Record<string, KindOfAnswer>>;
}

const OUTCOMES_MAX = 20_000;
const ANSWERS_MAX = 100_000;
const NOTHING: Kept = { v: 1, outcomes: {}, answers: {} };

export interface CacheOptions {
  /** Where the folder `.ariadne` is. */
  readonly directory: string;
  readonly begin: "as kept" | "anew";
  /** Hears of a file that cannot be read. */
  readonly say: (sentence: string) => void;
  readonly onLearned?: (learned: Learned) => void;
}

/** What was kept before, or nothing yet. */
export function mutationCache(options: CacheOptions): MutationCache {
  const { directory, begin, say, onLearned } = options;
  const path = join(directory, ".ariadne", "mutation.json");
  const broken = `${path} is not what was written there: every mutant is tried again`;
  const before =
    begin === "anew" ? undefined : readKeptFile<Kept>(path, isWhole, () => say(broken));
  const kept = before ?? NOTHING;
  const outcomes = new Map(Object.entries(kept.outcomes));
  const answers = new Map(Object.entries(kept.answers));
  return {
    outcomeOf: (mutant) => touched(outcomes, mutant),
    keepOutcome: (key, remembered) => {
      put(outcomes, key, remembered);
      onLearned?.({ kind: "outcome", key, remembered });
    },
    answerTo: (question) => touched(answers, question),
    keepAnswer: (key, answer) => {
      put(answers, key, answer);
      onLearned?.({ kind: "answer", key, answer });
    },
    save: () =>
      writeKeptFile(path, {
        v: 1,
        outcomes: Object.fromEntries([...outcomes].slice(-OUTCOMES_MAX)),
        answers: Object.fromEntries([...answers].slice(-ANSWERS_MAX)),
      } satisfies Kept),
  };
}

/** Keeps nothing. */
export const NO_MUTATION_CACHE: MutationCache = {
  outcomeOf: () => undefined,
  keepOutcome: () => {},
  answerTo: () => undefined,
  keepAnswer: () => {},
  save: () => {},
};

/** What is kept under `key`, which is then the last to be forgotten. */
function touched<Value>(map: Map<string, Value>, key: string): Value | undefined {
  const value = map.get(key);
  if (value !== undefined) put(map, key, value);
  return value;
}

function put<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
}

function isWhole(kept: Kept): boolean {
  const areOutcomes = Object.values(kept.outcomes).every(({ decided }) => Array.isArray(decided));
  const areAnswers = Object.values(kept.answers).every((answer) => ANSWERS.includes(answer));
  return kept.v === 1 && areOutcomes && areAnswers;
}

const ANSWERS: readonly string[] = ["possible", "impossible", "unknown"];
