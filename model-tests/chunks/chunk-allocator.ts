/**
 * What a chunk allocator is to the tests: an object that hands out runs of pages or frames as values.
 *
 * A chunk is a value with an identity. Each operation that takes one uses it up, and its parts or its
 * union are new values. An operation that is declined returns `undefined` and leaves its chunks as
 * good as they were. A chunk that is used up, used again, is misuse: the allocator throws a
 * `ContractViolation`, and whatever else it throws is its own failure.
 *
 *     request      a run of `count` units in a row
 *     any          wherever units are general, else where they are designated
 *     at           whose first unit is `first`: of any kind
 *     aligned      as any, whose first unit is a multiple of `align`, which is 1 or more
 *     within       from `first` to `last`, both included, where no unit is reserved
 */
import type { ChunkRequest } from "#spec";

/** A chunk as its holder sees it. */
export interface Holding {
  readonly first: number;
  readonly count: number;
}

export interface ChunkAllocator<Chunk extends Holding = Holding> {
  /** Exactly `count` units as asked for, or none. No number wraps, none is cut off. */
  acquire(request: ChunkRequest, count: number): Chunk | undefined;
  release(chunk: Chunk): void;
  /**
   * The units below `at` and those from `at` on. At the first unit, or behind the last, one part is
   * empty, and `undefined` stands for it; elsewhere outside the whole answer is `undefined`.
   */
  split(chunk: Chunk, at: number): Parts<Chunk> | undefined;
  /** Both in one, if `other` begins behind `chunk`, or ends before it where that is promised. */
  merge(chunk: Chunk, other: Chunk): Chunk | undefined;
}

export interface Parts<Chunk> {
  readonly below: Chunk | undefined;
  readonly above: Chunk | undefined;
}
