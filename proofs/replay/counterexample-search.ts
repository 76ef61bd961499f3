/**
 * Looks for arguments for which a theorem is wrong, and shows it by running it on them.
 *
 * The solver is asked in small worlds first: what it finds there can be read, and is real. Only then is
 * it asked what a proof would ask, in which much is left open. Either way its answer is a candidate: if
 * the real functions do not fail on it, because it contradicts real arithmetic, that is ruled out, and
 * the solver is asked again.
 */
import type { FunctionDeclaration } from "ts-morph";
import { decide as decideText, type SolverAnswer } from "../solver/z3.ts";
import { opaqueOf } from "../translate/opaque.ts";
import { integer } from "../translate/term.ts";
import { type Case, obligationText } from "../translate/theorem.ts";
import { numbersOf } from "../translate/theorem-mode.ts";
import { type Argument, type Asked, argumentsOf } from "./arguments.ts";
import { finiteText } from "./finite-formula.ts";
import { contradictedFacts, smallFacts } from "./real-arithmetic.ts";
import { isFailure, type Outcome, type RunTheorem } from "./run-theorem.ts";
import { failureNear, smallestFailure } from "./smallest-failure.ts";
import { type Watched, watchedText } from "./watched-text.ts";

/** What came of a search. */
export type Found =
  | Tried
  /** The solver has no counterexample. */
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * Arguments that the solver came up with, and whether the real functions fail on them. If they do not,
 * and the question left nothing open, the translation is wrong; else the values may just not be real.
 */
interface Tried {
  readonly kind: "reproduced" | "vacuous" | "not reproduced";
  readonly found: readonly Argument[];
  readonly outcome: Outcome;
}

export interface SearchOptions {
  /** Decides a formula; the solver of this process if absent. */
  readonly decide?: (text: string) => Promise<SolverAnswer>;
}

/** One way to ask for a counterexample, and what is settled if there is none: a scope, or nothing. */
interface Question {
  readonly text: string;
  readonly applicationsIn: Watched["applicationsIn"];
  /** The last number of the world, if the formula speaks of all of them. */
  readonly world?: number;
  readonly closes: "scope" | "nothing";
}

/** Worlds of numbers up to so many, in which nothing is left open. */
const WORLDS = [1, 2];

/** Scopes in which no unknown is larger, and the rest is as in a proof; the last leaves nothing out. */
const SCOPES = [8, 64, 2 ** 12, 2 ** 32, Number.MAX_SAFE_INTEGER];

/**
 * How many keys may be in a map beyond the unknowns of the theorem. A proof gives every claim elements
 * to speak of, even a claim that does not matter, and of those too little is said to make them real.
 */
const KEYS = [0, 2];

/** How often one question is asked; each time something that is not real has been ruled out. */
const ROUNDS_MAX = 5;

const STEPS_MAX = 5_000_000;

/** Up to here, products and quotients are written out. */
const SMALL = 8;

/** What a formula calls a claim about all elements, of which it says only some instances. */
const CLAIM = "|claim!";

/** Looks for a counterexample of `theorem` in the case `fixed`; `run` runs it. */
export async function searchCounterexample(
  theorem: FunctionDeclaration,
  fixed: Case,
  run: RunTheorem,
  options: SearchOptions = {},
): Promise<Found> {
  const decide = options.decide ?? decideForValues;
  const facts: string[] = [];
  let last: Found = { kind: "none" };
  let isClosed = false;
  // Of a function that is not read the solver knows less than is true.
  const isAllSaid = opaqueOf(theorem).size === 0;
  for (const { text, applicationsIn, world, closes } of questions(theorem, fixed)) {
    if (isClosed && closes !== "scope") continue;
    isClosed = false;
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const answer = await decide([text, ...facts].join("\n"));
      if (answer.kind === "unknown" && last.kind === "none") last = answer;
      isClosed = answer.kind === "impossible" && closes === "scope";
      if (answer.kind !== "possible") break;

      const applications = applicationsIn(answer);
      const asked: Asked =
        world === undefined
          ? { kind: "applications", applications }
          : { kind: "world", last: world };
      const { found, odd } = argumentsOf(theorem, fixed, answer, asked);
      const wrong = [...odd.map(isPowerOfTwo), ...contradictedFacts(applications)];
      const isComplete = isAllSaid && (world !== undefined || !text.includes(CLAIM));
      const tried = tryOut(found, fixed, run, isComplete && wrong.length === 0);
      if (tried.kind === "reproduced" && odd.length === 0) return tried;
      if (last.kind !== "reproduced" && last.kind !== "not reproduced") last = tried;
      if (wrong.length === 0) break;
      facts.push(...wrong);
    }
  }
  return last;
}

async function decideForValues(text: string): Promise<SolverAnswer> {
  return (await decideText(text, STEPS_MAX, "values")).answer;
}

/** Runs the theorem on `found`, and if it fails there or nearby, on the smallest values it fails on. */
function tryOut(found: readonly Argument[], fixed: Case, run: RunTheorem, isReal: boolean): Tried {
  const outcome = run(found.map(({ value }) => value));
  const fails = (values: Parameters<RunTheorem>[0]): boolean => isFailure(run(values));
  const failing = isFailure(outcome) ? found : failureNear(found, fixed, fails);
  if (failing === undefined) {
    const isWrong = isReal && outcome.kind !== "endless";
    return { kind: isWrong ? "not reproduced" : "vacuous", found, outcome };
  }
  const smallest = smallestFailure(failing, fixed, fails);
  const real = run(smallest.map(({ value }) => value));
  return { kind: "reproduced", found: smallest, outcome: real };
}

/** The questions, in the order in which they are asked; a text is only made once it is needed. */
function* questions(theorem: FunctionDeclaration, fixed: Case): Generator<Question> {
  if (numbersOf(theorem).mode === "bits") {
    for (const scope of SCOPES) {
      const text = obligationText(theorem, { fixed, largest: integer(scope) });
      yield { ...watchedText(text), closes: "nothing" };
    }
    return;
  }
  for (const world of WORLDS) {
    const text = finiteText(theorem, fixed, world);
    if (text !== undefined) {
      yield { text, applicationsIn: () => [], world: world + 1, closes: "nothing" };
    }
  }
  const { text, applicationsIn, noneAbove, fewKeys } = watchedText(
    obligationText(theorem, { fixed }),
  );
  for (const scope of SCOPES) {
    const scoped = [
      text,
      noneAbove(scope),
      ...(scope <= SMALL ? smallFacts(text, scope) : []),
    ].join("\n");
    yield { text: scoped, applicationsIn, closes: "scope" };
    for (const keys of KEYS) {
      const few = fewKeys(keys);
      if (few !== "") yield { text: `${scoped}\n${few}`, applicationsIn, closes: "nothing" };
    }
  }
}

/** Says of `term` what its unit says, which integers alone do not. */
function isPowerOfTwo(term: string): string {
  const powers = Array.from({ length: 53 }, (_, exponent) => `(= ${term} ${2 ** exponent})`);
  return `(assert (or ${powers.join(" ")}))`;
}
