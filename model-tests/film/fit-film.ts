/**
 * Makes a film fit into so many bytes: its first steps are taken off and become what it begins with, as
 * many as must; and if the last step alone is too much, what lies far from it is left out.
 *
 * The end is kept because it is where a rule was broken. What is not told is counted, so that whoever
 * shows the film can say so.
 */
import type { Change, Film, FilmStep } from "./film.ts";
import { keyOf } from "./things.ts";

/** A text that somebody else wrote may be as long as they like; so much of it is told. */
const TEXT_MAX = 400;

/** `film` in at most `budget` bytes, where `costOf` says how many a part of it takes. */
export function fitFilm(film: Film, budget: number, costOf: (part: unknown) => number): Film {
  const steps = film.steps.map(shortened);
  const fault = film.fault && {
    ...film.fault,
    facts: film.fault.facts.slice(0, 60).map(cut),
    blamed: film.fault.blamed.slice(0, 100),
  };
  const whole = { ...film, steps, ...(fault && { fault }) };

  const things = new Map<string, Change>();
  let begun = 0;
  const change = (next: Change): void => {
    const known = things.get(keyOf(next));
    begun -= known === undefined ? 0 : costOf(known) + 1;
    things.delete(keyOf(next));
    if (next.length === 2) return;
    things.set(keyOf(next), next);
    begun += costOf(next) + 1;
  };
  for (const each of film.base) change(each);
  const costs = steps.map((step) => costOf(step) + 1);
  let left = costs.reduce((sum, cost) => sum + cost, 0);
  let taken = 0;
  while (begun + left > budget && taken < steps.length - 1) {
    left -= costs[taken] ?? 0;
    for (const each of changesIn(steps[taken])) change(each);
    taken += 1;
  }
  const kept = { ...whole, before: film.before + taken, steps: steps.slice(taken) };
  if (begun + left <= budget) return { ...kept, base: [...things.values()] };
  const { base, untold } = nearest([...things.values()], placeOf(kept), budget - left, costOf);
  return { ...kept, base, untold: film.untold + untold };
}

function changesIn(step: FilmStep | undefined): readonly Change[] {
  const [, , ...changes] = step ?? ["", ""];
  return changes;
}

/** As much of `things` as fits into `budget`, those nearest to `place` first. */
function nearest(
  things: readonly Change[],
  place: number,
  budget: number,
  costOf: (part: unknown) => number,
): { readonly base: readonly Change[]; readonly untold: number } {
  const byDistance = [...things].sort((one, other) => away(one, place) - away(other, place));
  const base: Change[] = [];
  let spent = 0;
  for (const thing of byDistance) {
    spent += costOf(thing) + 1;
    if (spent > budget) break;
    base.push(thing);
  }
  return { base, untold: things.length - base.length };
}

/** Where the last step is: where a block was placed wrongly, or else where something changed. */
function placeOf({ fault, steps }: Film): number {
  if (fault?.placed !== undefined) return fault.placed.start;
  for (const step of [...steps].reverse()) {
    for (const change of changesIn(step)) if (change.length > 2) return startOf(change);
  }
  return 0;
}

/** The address of a block or of a page, which is all that there can be too many of. */
function startOf([kind, key, , start]: Change): number {
  return kind === 0 ? Number(start) : key;
}

function away(thing: Change, place: number): number {
  return Math.abs(startOf(thing) - place);
}

function shortened([call, answer, ...changes]: FilmStep): FilmStep {
  return [cut(call), cut(answer), ...changes];
}

function cut(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX)}…`;
}
