/**
 * The states that were reached and the calls that lead from one to the next, as a graph of numbers.
 *
 * Many sequences of calls lead to one state. How many there are is the number of paths through this
 * graph, which is counted length by length: a state passes on the number of paths that end in it.
 */
import { assert } from "#support";

export class StateGraph {
  readonly #numbers = new Map<string, number>();
  /** By state, where each call from it leads. */
  readonly #targets: number[][] = [];
  #edges = 0;

  get states(): number {
    return this.#targets.length;
  }

  get edges(): number {
    return this.#edges;
  }

  /**
   * Adds a call that leads from state `from` to the state of `key`, or to a new one if it has no key;
   * the first state has nothing before it. Answers whether the state is new.
   */
  add(from: number | undefined, key: string | undefined): boolean {
    const known = key === undefined ? undefined : this.#numbers.get(key);
    const state = known ?? this.#targets.length;
    if (known === undefined) this.#targets.push([]);
    if (key !== undefined) this.#numbers.set(key, state);
    if (from === undefined) return true;

    assert(from < this.#targets.length, "a call leads on from a state that was reached");
    this.#targets[from]?.push(state);
    this.#edges += 1;
    return known === undefined;
  }

  /** How many paths of 1 up to `length` calls begin at the first state. */
  countPaths(length: number): number {
    let total = 0;
    let ends: ReadonlyMap<number, number> = new Map([[0, 1]]);
    for (let done = 0; done < length; done++) {
      const next = new Map<number, number>();
      for (const [state, paths] of ends) {
        for (const target of this.#targets[state] ?? []) {
          next.set(target, (next.get(target) ?? 0) + paths);
          total += paths;
        }
      }
      ends = next;
    }
    return total;
  }
}
