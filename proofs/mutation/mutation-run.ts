/**
 * Proves again with one mistake in the source: what is proved of the right source must not be proved of
 * a wrong one.
 *
 * A rule that no theorem is about is not changed: nothing is claimed of it. Of what is changed, only
 * theorems that reach the changed function are looked at, and of those only the formulas that the
 * change makes others. A mutant is killed if one of them has a counterexample, or if the dialect refuses the wrong
 * text. Where the solver gives up nothing is known, and the mutant is not counted as killed.
 */

import { caseText, keyOf } from "../ledger/obligations-of.ts";
import type { Theorem } from "../ledger/theorem-list.ts";
import type { SolverCrew } from "../solver/solver-crew.ts";
import { fileAt } from "../source.ts";
import { OutsideDialect } from "../translate/dialect.ts";
import { type Case, obligationParts } from "../translate/theorem.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { isProduct, mutatedBy, nameOf, reachedBy } from "./reached.ts";

export type Fate = "killed" | "refused" | "survived" | "unknown";

export interface Outcome {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** The theorem that is wrong then, and its case. */
  readonly by: string;
}

/** What a mutant is tried on. */
interface Target {
  readonly theorem: Theorem;
  readonly fixed: Case;
  readonly label: string;
}

/** The solver gives up earlier here: a mistake that is found at all is found soon. */
const STEPS_MAX = 2_000_000;

/** Where a batch of formulas ends: to read the changed source again takes as long as ten of them. */
const BATCH_ENDS = [10, 40, Number.POSITIVE_INFINITY];

export class MutationRun {
  readonly mutants: readonly Mutant[];
  readonly #crew: SolverCrew;
  readonly #targets: ReadonlyMap<string, readonly Target[]>;
  readonly #rightKeys: Map<string, ReadonlySet<string>>;
  readonly #killers: Map<string, number>;
  readonly #proved: Map<string, Promise<boolean>>;
  readonly #sizes: Map<Theorem, number>;

  constructor(theorems: readonly Theorem[], crew: SolverCrew) {
    this.#crew = crew;
    this.#rightKeys = new Map();
    this.#killers = new Map();
    this.#proved = new Map();
    this.#sizes = new Map();
    const targets = new Map<string, Target[]>();
    for (const theorem of theorems) {
      const { stated, assumed } = reachedBy(theorem.declaration);
      const own = theorem.cases.map(
        (fixed): Target => ({ theorem, fixed, label: `${theorem.name}, ${caseText(fixed)}` }),
      );
      for (const declared of new Set([...stated, ...assumed])) {
        if (!isProduct(declared)) continue;
        const owner = nameOf(declared);
        targets.set(owner, [...(targets.get(owner) ?? []), ...own]);
      }
    }
    this.#targets = targets;
    const claimed = new Set(theorems.flatMap(({ proves }) => proves));
    this.mutants = mutatedBy(theorems)
      .flatMap(mutantsOf)
      .filter(({ rule }) => rule === undefined || claimed.has(rule));
  }

  /** Tries `mutants`, two at a time, in their order. */
  async outcomes(
    mutants: readonly Mutant[],
    onOutcome: (outcome: Outcome) => void = () => {},
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const waiting = [...mutants.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, mutant] = next;
        const outcome = await this.outcomeOf(mutant);
        outcomes[index] = outcome;
        onOutcome(outcome);
      }
    };
    await Promise.all([work(), work()]);
    return outcomes;
  }

  /** What becomes of `mutant`. */
  async outcomeOf(mutant: Mutant): Promise<Outcome> {
    const targets = this.#inOrder(this.#targets.get(mutant.owner) ?? []);
    let isUnknown = false;
    for (const [index, end] of BATCH_ENDS.entries()) {
      const batch = targets.slice(BATCH_ENDS[index - 1] ?? 0, end);
      if (batch.length === 0) break;
      const changed = this.#changedTexts(mutant, batch);
      if ("refusedBy" in changed) return { mutant, fate: "refused", by: changed.refusedBy };
      for (const { target, text } of changed.questions) {
        const { answer } = await this.#crew.decide(text, STEPS_MAX);
        if (answer.kind === "possible") {
          await this.#demandProved(target);
          this.#killers.set(target.label, (this.#killers.get(target.label) ?? 0) + 1);
          return { mutant, fate: "killed", by: target.label };
        }
        isUnknown ||= answer.kind === "unknown";
      }
    }
    return { mutant, fate: isUnknown ? "unknown" : "survived", by: "" };
  }

  /** A theorem that is not proved of the right source finds fault with any. */
  async #demandProved(target: Target): Promise<void> {
    const known = this.#proved.get(target.label) ?? this.#isProved(target);
    this.#proved.set(target.label, known);
    if (!(await known)) throw new Error(`${target.label}: not proved of the right source`);
  }

  async #isProved(target: Target): Promise<boolean> {
    const decisions = textsOf(target).map((text) => this.#crew.decide(text));
    return (await Promise.all(decisions)).every(({ answer }) => answer.kind === "impossible");
  }

  /** Those that have killed most come first, then the theorems that are read sooner, case by case. */
  #inOrder(targets: readonly Target[]): readonly Target[] {
    const ranks = targets.map((target) => {
      const kills = this.#killers.get(target.label) ?? 0;
      return { target, kills, size: this.#sizeOf(target.theorem) };
    });
    ranks.sort((left, right) => right.kills - left.kills || left.size - right.size);
    return ranks.map(({ target }) => target);
  }

  /** How much is read to ask about `theorem`: the length of one of its formulas, for each of its cases. */
  #sizeOf(theorem: Theorem): number {
    const [fixed = {}] = theorem.cases;
    const known =
      this.#sizes.get(theorem) ??
      textsOf({ theorem, fixed, label: "" }).join("").length * theorem.cases.length;
    this.#sizes.set(theorem, known);
    return known;
  }

  /** The formulas that are others with the mistake than without, or who refuses it. */
  #changedTexts(mutant: Mutant, targets: readonly Target[]): Changed {
    const right = targets.map((target) => this.#right(target));
    return withMutant(mutant, () => {
      const questions = new Map<string, Question>();
      for (const [index, target] of targets.entries()) {
        try {
          for (const text of textsOf(target)) {
            const key = keyOf(text);
            if (!right[index]?.has(key)) questions.set(key, { target, text });
          }
        } catch (error) {
          if (isRefusal(error)) return { refusedBy: target.label };
          throw new Error(`${mutant.name}, ${target.label}`, { cause: error });
        }
      }
      return { questions: [...questions.values()] };
    });
  }

  /** What is asked of the right source; where that is refused nothing can be learned, and it throws. */
  #right(target: Target): ReadonlySet<string> {
    const known = this.#rightKeys.get(target.label);
    if (known !== undefined) return known;
    const keys = new Set(textsOf(target).map(keyOf));
    this.#rightKeys.set(target.label, keys);
    return keys;
  }
}

interface Question {
  readonly target: Target;
  readonly text: string;
}

type Changed = { readonly questions: readonly Question[] } | { readonly refusedBy: string };

function textsOf({ theorem, fixed }: Target): readonly string[] {
  const { owed, conclusion } = obligationParts(theorem.declaration, { fixed });
  return [conclusion, ...owed];
}

/** Whether a sentence was written for `error`; anything else is a mistake of the translator. */
function isRefusal(error: unknown): boolean {
  return error instanceof OutsideDialect || (error instanceof Error && error.name === "Error");
}

/** What `body` gives while the source has the mistake. */
function withMutant<Value>({ file, start, end, wrong }: Mutant, body: () => Value): Value {
  const source = fileAt(file);
  const text = source.getFullText();
  source.replaceWithText(`${text.slice(0, start)}${wrong}${text.slice(end)}`);
  try {
    return body();
  } finally {
    source.replaceWithText(text);
  }
}
