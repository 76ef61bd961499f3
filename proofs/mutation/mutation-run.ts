/**
 * Proves again with one mistake in the source: what is proved of the right source must not be proved of
 * a wrong one.
 *
 * A rule that no theorem is about is not changed: nothing is claimed of it. Of what is changed, only
 * cases that read the changed statement are looked at, and of those only the formulas that the
 * change makes others. A mutant is killed if one of them has a counterexample, or if the dialect refuses the wrong
 * text. Where the solver gives up nothing is known, and the mutant is not counted as killed.
 *
 * What is remembered decides which theorems are tried: none, if the one that found the mutant is the same as
 * it was then, and else those that were not tried on this text.
 */

import { caseText, digestOf, keyOf } from "../ledger/obligations-of.ts";
import type { Theorem } from "../ledger/theorem-list.ts";
import type { SolverCrew } from "../solver/solver-crew.ts";
import { STEPS_MAX as PROOF_STEPS_MAX } from "../solver/z3.ts";
import { fileAt } from "../source.ts";
import { OutsideDialect } from "../translate/dialect.ts";
import { partAt, type ReadParts, readingParts } from "../translate/read-parts.ts";
import { type Case, obligationParts } from "../translate/theorem.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import {
  type KindOfAnswer,
  type MutationCache,
  NO_MUTATION_CACHE,
  type Remembered,
} from "./mutation-cache.ts";
import { reachDigests } from "./reach-digest.ts";
import { type Declared, isProduct, mutatedBy, nameOf, reachedBy } from "./reached.ts";

export type Fate = "killed" | "refused" | "survived" | "unknown";

export interface Outcome {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** The theorem that is wrong then, and its case. */
  readonly by: string;
}

/** What a run remembers, and the solver that it asks. */
export interface Memory {
  readonly cache: MutationCache;
  readonly version: string;
}

/** What a mutant is tried on. */
interface Target {
  readonly theorem: Theorem;
  readonly fixed: Case;
  readonly label: string;
  /** How much is read to ask about it, roughly. */
  readonly size: number;
}

/** The solver gives up earlier here: a mistake that is found at all is found soon. */
const STEPS_MAX = 2_000_000;

/** Where a batch of cases ends: the right source is read for all of a batch before it is changed. */
const BATCH_ENDS = [10, 40, Number.POSITIVE_INFINITY];

export class MutationRun {
  readonly mutants: readonly Mutant[];
  readonly #crew: SolverCrew;
  readonly #memory: Memory;
  readonly #targets: ReadonlyMap<string, readonly Target[]>;
  readonly #digests: ReadonlyMap<Theorem, string>;
  readonly #rights: Map<string, Right>;
  readonly #kills: Map<string, number>;
  readonly #proved: Map<string, Promise<boolean>>;

  constructor(
    theorems: readonly Theorem[],
    crew: SolverCrew,
    memory: Memory = { cache: NO_MUTATION_CACHE, version: "" },
  ) {
    this.#crew = crew;
    this.#memory = memory;
    this.#targets = targetsOf(theorems);
    this.#digests = reachDigests(theorems, memory.version);
    this.#rights = new Map();
    this.#kills = new Map();
    this.#proved = new Map();
    const claimed = new Set(theorems.flatMap(({ proves }) => proves));
    this.mutants = mutatedBy(theorems)
      .flatMap(mutantsOf)
      .filter(({ rule }) => rule === undefined || claimed.has(rule));
  }

  /** Tries `mutants`, in their order. */
  async outcomes(mutants: readonly Mutant[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const mutant of mutants) {
      outcomes.push(this.takenOver(mutant) ?? (await this.outcomeOf(mutant)));
    }
    return outcomes;
  }

  /** What became of `mutant` before, if all that decided it is as it was. */
  takenOver(mutant: Mutant): Outcome | undefined {
    const before = this.#memory.cache.outcomeOf(keyOfMutant(mutant));
    if (before === undefined) return undefined;
    const { fate, by, decided } = before;
    const now = this.#digestsOf(this.#targets.get(mutant.owner) ?? []);
    const isSame = isFound(fate)
      ? decided.some((each) => now.has(each))
      : [...now].every((each) => decided.includes(each));
    // Where the solver gave up on a theorem that is gone, more may be known without it.
    const isWhole = fate !== "unknown" || decided.length === now.size;
    return isSame && isWhole ? { mutant, fate, by } : undefined;
  }

  /** What becomes of `mutant` on the theorems that have not been tried on it as they are. */
  async outcomeOf(mutant: Mutant): Promise<Outcome> {
    const key = keyOfMutant(mutant);
    const before = this.#memory.cache.outcomeOf(key);
    const all = this.#targets.get(mutant.owner) ?? [];
    const tried = new Set(before?.fate === "survived" ? before.decided : []);
    const left = all.filter(({ theorem }) => !tried.has(this.#digestOf(theorem)));
    const { fate, target } = await this.#fateOf(mutant, this.#inOrder(left, mutant, before));
    const decided =
      target === undefined ? [...this.#digestsOf(all)] : [this.#digestOf(target.theorem)];
    const by = target?.label ?? "";
    this.#memory.cache.keepOutcome(key, { fate, by, decided });
    return { mutant, fate, by };
  }

  async #fateOf(mutant: Mutant, targets: readonly Target[]): Promise<Found> {
    const asked = new Set<string>();
    const part = partAt(fileAt(mutant.file), mutant.start, mutant.end);
    let isUnknown = false;
    for (const [index, end] of BATCH_ENDS.entries()) {
      const batch = targets
        .slice(BATCH_ENDS[index - 1] ?? 0, end)
        .map((target) => ({ target, right: this.#right(target) }))
        .filter(({ right }) => right.read.has(part));
      if (batch.length === 0) continue;
      const found = await withMutant(mutant, () => this.#firstFault(mutant, batch, asked));
      if (found.fate === "killed" && found.target !== undefined) {
        await this.#demandProved(found.target);
        const kills = `${mutant.owner} ${found.target.label}`;
        this.#kills.set(kills, (this.#kills.get(kills) ?? 0) + 1);
      }
      if (isFound(found.fate)) return found;
      isUnknown ||= found.fate === "unknown";
    }
    return { fate: isUnknown ? "unknown" : "survived" };
  }

  /** The first of `batch` that finds the mistake which the source has now. */
  async #firstFault(
    mutant: Mutant,
    batch: readonly { readonly target: Target; readonly right: Right }[],
    asked: Set<string>,
  ): Promise<Found> {
    let fate: Fate = "survived";
    for (const { target, right } of batch) {
      let texts: readonly string[];
      try {
        texts = textsOf(target);
      } catch (error) {
        if (isRefusal(error)) return { fate: "refused", target };
        throw new Error(`${mutant.name}, ${target.label}`, { cause: error });
      }
      for (const text of texts) {
        const key = keyOf(text);
        if (right.keys.has(key) || asked.has(key)) continue;
        asked.add(key);
        const answer = await this.#answerTo(text, STEPS_MAX);
        if (answer === "possible") return { fate: "killed", target };
        if (answer === "unknown") fate = "unknown";
      }
    }
    return { fate };
  }

  /** A theorem that is not proved of the right source finds fault with any. */
  async #demandProved(target: Target): Promise<void> {
    const known = this.#proved.get(target.label) ?? this.#isProved(target);
    this.#proved.set(target.label, known);
    if (!(await known)) throw new Error(`${target.label}: not proved of the right source`);
  }

  async #isProved(target: Target): Promise<boolean> {
    const answers = textsOf(target).map((text) => this.#answerTo(text, PROOF_STEPS_MAX));
    return (await Promise.all(answers)).every((answer) => answer === "impossible");
  }

  async #answerTo(text: string, stepsMax: number): Promise<KindOfAnswer> {
    const { cache, version } = this.#memory;
    const question = digestOf([version, `at most ${stepsMax}`, keyOf(text)]);
    const known = cache.answerTo(question);
    if (known !== undefined) return known;
    const { answer } = await this.#crew.decide(text, stepsMax);
    cache.keepAnswer(question, answer.kind);
    return answer.kind;
  }

  /** The one that found the mutant before, then those that killed most of the same owner, then what is short. */
  #inOrder(
    targets: readonly Target[],
    mutant: Mutant,
    before: Remembered | undefined,
  ): readonly Target[] {
    const ranks = targets.map((target) => {
      const kills = this.#kills.get(`${mutant.owner} ${target.label}`) ?? 0;
      const isFirst = target.label === before?.by;
      return { target, kills: isFirst ? Number.POSITIVE_INFINITY : kills };
    });
    ranks.sort((left, right) => {
      if (left.kills !== right.kills) return right.kills - left.kills;
      return left.target.size - right.target.size;
    });
    return ranks.map(({ target }) => target);
  }

  /** What is asked of the right source; where that is refused nothing can be learned, and it throws. */
  #right(target: Target): Right {
    const known = this.#rights.get(target.label);
    if (known !== undefined) return known;
    const [texts, read] = readingParts(() => textsOf(target));
    const right = { keys: new Set(texts.map(keyOf)), read };
    this.#rights.set(target.label, right);
    return right;
  }

  #digestsOf(targets: readonly Target[]): ReadonlySet<string> {
    return new Set(targets.map(({ theorem }) => this.#digestOf(theorem)));
  }

  #digestOf(theorem: Theorem): string {
    return this.#digests.get(theorem) ?? "";
  }
}

/** What is asked of the right source for one case, and which parts of it are read for that. */
interface Right {
  readonly keys: ReadonlySet<string>;
  readonly read: ReadParts;
}

/** What became of a mutant, and the case that found it, if one did. */
interface Found {
  readonly fate: Fate;
  readonly target?: Target;
}

/** The cases of the theorems that reach each function and constant, by its name. */
function targetsOf(theorems: readonly Theorem[]): ReadonlyMap<string, readonly Target[]> {
  const targets = new Map<string, Target[]>();
  for (const theorem of theorems) {
    const { stated, assumed } = reachedBy(theorem.declaration);
    const reached = [...new Set<Declared>([...stated, ...assumed])].filter(isProduct);
    const size = reached.reduce((sum, each) => sum + each.getText().length, 0);
    const own = theorem.cases.map((fixed): Target => {
      const label = `${theorem.name}, ${caseText(fixed)}`;
      return { theorem, fixed, label, size: size * theorem.cases.length };
    });
    for (const owner of reached.map(nameOf)) {
      const known = targets.get(owner) ?? [];
      known.push(...own);
      targets.set(owner, known);
    }
  }
  return targets;
}

/** What a mutant is remembered by: where in the text of its owner, and what is written there. */
function keyOfMutant({ owner, startInOwner, start, end, wrong }: Mutant): string {
  return digestOf([owner, `${startInOwner} ${end - start}`, wrong]);
}

function isFound(fate: Fate): boolean {
  return fate === "killed" || fate === "refused";
}

function textsOf({ theorem, fixed }: Target): readonly string[] {
  const { owed, conclusion } = obligationParts(theorem.declaration, { fixed });
  return [conclusion, ...owed];
}

/** Whether a sentence was written for `error`; anything else is a mistake of the translator. */
function isRefusal(error: unknown): boolean {
  return error instanceof OutsideDialect || (error instanceof Error && error.name === "Error");
}

/** What `body` gives while the source has the mistake. */
async function withMutant<Value>(
  { file, start, end, wrong }: Mutant,
  body: () => Promise<Value>,
): Promise<Value> {
  const source = fileAt(file);
  const text = source.getFullText();
  source.replaceWithText(`${text.slice(0, start)}${wrong}${text.slice(end)}`);
  try {
    return await body();
  } finally {
    source.replaceWithText(text);
  }
}
