/**
 * A lock that operations wait for. To take one is a place where somebody else may go on.
 *
 *     order     tables of an address space ──> shootdown
 *
 * An operation that holds a lock takes only those of a higher rank, so no two operations can wait for
 * each other: `Holding` keeps count of what one operation holds. Frames and pages have no lock, since
 * whoever takes or gives back some does it within one section.
 */
import { assert, demand } from "#support";
import type { Sections } from "./section.ts";

export const TABLES_RANK = 1;
export const SHOOTDOWN_RANK = 2;

/** What one operation holds: the rank of the lock that it took last, or 0. */
export class Holding {
  rank = 0;
}

export class Lock {
  readonly #rank: number;
  #holder: Holding | undefined;

  constructor(rank: number) {
    this.#rank = rank;
    this.#holder = undefined;
  }

  /** Waits until nobody holds the lock; from then on `holding` does. */
  *take(holding: Holding): Sections<void> {
    demand(holding.rank < this.#rank, "locks are taken in the order of their ranks");
    yield "between";
    while (this.#holder !== undefined) yield "waiting";
    this.#holder = holding;
    holding.rank = this.#rank;
  }

  /** Lets go of the lock, the only one that `holding` still holds. */
  release(holding: Holding): void {
    assert(this.#holder === holding, "a lock is released by whoever holds it");
    this.#holder = undefined;
    holding.rank = 0;
  }
}
