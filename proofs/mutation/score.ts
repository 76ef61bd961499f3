/** How many mistakes the theorems find, and of which source that was counted. */
import { digestOf } from "../ledger/obligations-of.ts";
import type { Theorem } from "../ledger/theorem-list.ts";
import type { Outcome } from "./mutation-run.ts";
import { mutatedBy, nameOf } from "./reached.ts";
import type { Survivor } from "./survivors.ts";

export interface Score {
  /** Names the source that was mutated, and the theorems. */
  readonly source: string;
  readonly mutants: number;
  readonly killed: number;
  readonly refused: number;
  readonly survived: number;
  readonly unknown: number;
  /** Of those that survived, the ones that mean the same as the right source. */
  readonly same: number;
  /** The share of mistakes that are found. */
  readonly score: number;
  /** The names of all that was not found. */
  readonly left: readonly string[];
}

export const SCORE_MIN = 0.95;

/** The score of `outcomes`. */
export function scoreOf(
  outcomes: readonly Outcome[],
  survivors: readonly Survivor[],
  source: string,
): Score {
  const count = (fate: Outcome["fate"]): number =>
    outcomes.filter((each) => each.fate === fate).length;
  const sames = new Set(survivors.filter(({ isSame }) => isSame).map(({ mutant }) => mutant));
  const same = outcomes.filter(
    ({ fate, mutant }) => fate === "survived" && sames.has(mutant.name),
  ).length;
  const [killed, refused] = [count("killed"), count("refused")];
  const mistakes = outcomes.length - same;
  return {
    source,
    mutants: outcomes.length,
    killed,
    refused,
    survived: count("survived"),
    unknown: count("unknown"),
    same,
    score: mistakes === 0 ? 0 : Math.floor((1000 * (killed + refused)) / mistakes) / 1000,
    left: outcomes
      .filter(({ fate }) => fate === "survived" || fate === "unknown")
      .map(({ mutant }) => mutant.name),
  };
}

/** What is wrong with the list of survivors, in sentences. */
export function complaintsAbout(
  outcomes: readonly Outcome[],
  survivors: readonly Survivor[],
): readonly string[] {
  const listed = new Set(survivors.map(({ mutant }) => mutant));
  return outcomes.flatMap(({ mutant, fate, by }) => {
    const isFound = fate === "killed" || fate === "refused";
    if (isFound === !listed.has(mutant.name)) return [];
    return isFound
      ? [`no survivor any more, ${by} finds it: ${mutant.name}`]
      : [`a new survivor, ${fate}, line ${mutant.line}: ${mutant.name}`];
  });
}

/** One name for the source that `theorems` speak of and for what they say of it, comments aside. */
export function sourceOf(theorems: readonly Theorem[]): string {
  const stated = mutatedBy(theorems).map(
    (each) => `${nameOf(each)} ${each.print({ removeComments: true })}`,
  );
  const stating = theorems.map(({ declaration }) => declaration.print({ removeComments: true }));
  return digestOf([...stated.toSorted(), ...stating]);
}
