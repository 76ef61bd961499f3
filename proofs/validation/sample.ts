/**
 * What the unknowns of a formula are in one run: the arguments that a real function was given, said in
 * the words in which the translation speaks of them. `at.start` of a map, for one, is a function of the
 * key; here it is known for the keys that the map has.
 */
import type { Constant } from "../solver/z3.ts";

/** More than any count of a run, so that a run of numbers up to a count is among them. */
const FIRST = [0, 1, 2, 3, 4, 5, 6];

export class Sample {
  readonly #values = new Map<string, Constant>();
  readonly #domains = new Map<string, Set<number>>();

  /** Says that the unknown `name`, applied to `operands`, is `value`. */
  say(name: string, operands: readonly Constant[], value: Constant): void {
    this.#values.set(keyOf(name, operands), value);
  }

  /** What was said of the unknown, or undefined. */
  valueOf(name: string, operands: readonly Constant[]): Constant | undefined {
    return this.#values.get(keyOf(name, operands));
  }

  /** Makes `element` one of those that a claim about all of the index sort `over` is asked of. */
  note(over: string, element: number): void {
    this.#domains.set(over, (this.#domains.get(over) ?? new Set()).add(element));
  }

  /** The elements of the index sort `over`: those that were noted, and the first numbers. */
  elementsOf(over: string): readonly number[] {
    return [...new Set([...FIRST, ...(this.#domains.get(over) ?? [])])];
  }

  /** The same, but the unknown `name` is `value`. */
  with(name: string, value: Constant): Sample {
    const next = new Sample();
    for (const [key, known] of this.#values) next.#values.set(key, known);
    for (const [over, elements] of this.#domains) next.#domains.set(over, elements);
    next.say(name, [], value);
    return next;
  }
}

function keyOf(name: string, operands: readonly Constant[]): string {
  return `${name}(${operands.join()})`;
}
