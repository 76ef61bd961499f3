/**
 * Deals the calls of a run to the cores of a system.
 *
 * What one core places another frees: that is where the heaps of several cores meet. How often it
 * happens is a part of the character of a run, from a program whose threads keep to themselves to one that
 * hands everything on.
 */
import type { TraceCallKind } from "#spec";
import type { BlockName } from "#units";
import type { ChoiceSource } from "./choices.ts";

/** Out of 100 frees and resizings, how many are made on another core than the one that placed. */
const AWAY_PERCENTS = [0, 10, 50, 100] as const;

export class CoreChooser {
  readonly #choices: ChoiceSource;
  readonly #cores: number;
  readonly #awayPercent: number;
  /** Which core placed a block, by its name. */
  readonly #home = new Map<BlockName, number>();

  /** For two cores or more. */
  constructor(choices: ChoiceSource, cores: number) {
    this.#choices = choices;
    this.#cores = cores;
    this.#awayPercent = AWAY_PERCENTS[choices.below(AWAY_PERCENTS.length)] ?? 0;
  }

  /** The core that makes a call of `kind` about block `name`. */
  coreFor(kind: TraceCallKind, name: BlockName): number {
    const home = this.#home.get(name);
    if (home === undefined || kind === "switch") {
      const core = this.#choices.below(this.#cores);
      if (kind === "alloc" || kind === "allocZeroed") this.#home.set(name, core);
      return core;
    }
    if (kind === "dealloc") this.#home.delete(name);
    if (this.#choices.below(100) >= this.#awayPercent) return home;
    return (home + 1 + this.#choices.below(this.#cores - 1)) % this.#cores;
  }
}
