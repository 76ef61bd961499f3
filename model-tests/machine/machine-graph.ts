/**
 * Which states of a machine lead to which, so that a state that leads nowhere is found: one that has an
 * operation under way which nothing that can be called ever ends.
 */
export class MachineGraph {
  /** For each state, those that lead to it. */
  readonly #sources: number[][] = [];
  readonly #resting: number[] = [];

  add(state: number, kind: "at rest" | "busy"): void {
    this.#sources[state] = [];
    if (kind === "at rest") this.#resting.push(state);
  }

  link(from: number, to: number): void {
    this.#sources[to]?.push(from);
  }

  /** How many states lead neither to rest nor to one of `open`, which nobody has gone on from. */
  deadEnds(open: readonly number[]): number {
    const live = new Set([...this.#resting, ...open]);
    for (const state of live) {
      for (const source of this.#sources[state] ?? []) live.add(source);
    }
    return this.#sources.length - live.size;
  }
}
