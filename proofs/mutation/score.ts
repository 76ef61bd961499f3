/**
 * How many mistakes the theorems find, room by room, and of which source that was counted.
 *
 * What becomes of a mistake in a room depends on the theorems that reach into it and on no others. So each
 * room has a score of its own, which stays true until its text or that of such a theorem changes.
 */
import { dirname } from "node:path/posix";
import { digestOf } from "../ledger/obligations-of.ts";
import type { Theorem } from "../ledger/theorem-list.ts";
import { pathFromRoot } from "../source.ts";
import type { Outcome } from "./mutation-run.ts";
import { type Declared, mutatedBy, nameOf, reachedBy } from "./reached.ts";
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

/** The score of each room, by its folder. */
export type Scores = Readonly<Record<string, Score>>;

export const SCORE_MIN = 0.95;

/** The room of what is in `file`. */
export function roomOf(file: string): string {
  return dirname(file);
}

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

/** For each room, one name for what `theorems` speak of there and for what those say that do; comments aside. */
export function sourcesOf(theorems: readonly Theorem[]): ReadonlyMap<string, string> {
  const rooms = new Map<string, { readonly owners: Set<Declared>; readonly texts: string[] }>();
  for (const each of mutatedBy(theorems)) {
    const room = roomOf(pathFromRoot(each.getSourceFile()));
    const { owners, texts } = rooms.get(room) ?? { owners: new Set(), texts: [] };
    owners.add(each);
    texts.push(`${nameOf(each)} ${each.print({ removeComments: true })}`);
    rooms.set(room, { owners, texts });
  }
  const sayings = theorems.map(({ declaration }) => {
    const { stated, assumed } = reachedBy(declaration);
    const text = declaration.print({ removeComments: true });
    return { text, reached: [...stated, ...assumed] };
  });
  return new Map(
    [...rooms].map(([room, { owners, texts }]) => {
      const reaching = sayings.filter(({ reached }) => reached.some((each) => owners.has(each)));
      return [room, digestOf([...texts.toSorted(), ...reaching.map(({ text }) => text)])];
    }),
  );
}
