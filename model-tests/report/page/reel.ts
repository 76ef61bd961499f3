/** A film at one of its steps: goes forward by doing what changed, and back by undoing it. */
import type { Change, Film, FilmStep } from "../../film/film.ts";

/** Something that is there, and the number of the call that made it what it is; 0 is before the first. */
export interface Thing {
  readonly change: Change;
  readonly since: number;
}

export class Reel {
  readonly film: Film;
  readonly #things = new Map<string, Thing>();
  /** For every step that was done: what each of its changes took the place of. */
  readonly #undone: (Thing | undefined)[][] = [];

  constructor(film: Film) {
    this.film = film;
    for (const change of film.base) this.#things.set(keyOf(change), { change, since: 0 });
  }

  /** How many steps were done. */
  get at(): number {
    return this.#undone.length;
  }

  /** The step that was done last, if any was. */
  get step(): FilmStep | undefined {
    return this.film.steps[this.at - 1];
  }

  /** Goes to where `count` steps are done, or as near as there are steps. */
  seek(count: number): void {
    const aim = Math.min(Math.max(0, count), this.film.steps.length);
    while (this.at < aim) this.#forward();
    while (this.at > aim) this.#back();
  }

  /** All things of a kind, in the order of their keys. */
  all(kind: number): readonly Thing[] {
    const things = [...this.#things.values()].filter(({ change }) => change[0] === kind);
    return things.sort((one, other) => one.change[1] - other.change[1]);
  }

  /** What the last step took away, or made other than it was. */
  replaced(): readonly Change[] {
    const before = this.#undone.at(-1) ?? [];
    return before.flatMap((thing) => (thing === undefined ? [] : [thing.change]));
  }

  #forward(): void {
    const step = this.film.steps[this.at];
    if (step === undefined) return;
    const since = this.film.before + this.at + 1;
    const [, , ...changes] = step;
    const before = changes.map((change) => {
      const key = keyOf(change);
      const known = this.#things.get(key);
      if (change.length === 2) this.#things.delete(key);
      else this.#things.set(key, { change, since });
      return known;
    });
    this.#undone.push(before);
  }

  #back(): void {
    const before = this.#undone.pop();
    const [, , ...changes] = this.film.steps[this.at] ?? ["", ""];
    for (let index = changes.length - 1; index >= 0; index--) {
      const key = keyOf(changes[index] ?? [0, 0]);
      const known = before?.[index];
      if (known === undefined) this.#things.delete(key);
      else this.#things.set(key, known);
    }
  }
}

function keyOf([kind, key]: Change): string {
  return `${kind} ${key}`;
}
