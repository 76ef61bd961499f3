/**
 * A chunk that somebody holds: a value that can be used once.
 *
 * To release, split or merge a chunk uses it up, and what comes of it are new values. Whoever uses one
 * again has kept a copy of something that is no longer theirs, which is a broken contract and is
 * thrown. A refusal uses up nothing. Nobody else can make such a value: what a chunk is of is known
 * to it and to the allocator that made it.
 *
 * One text serves pages and frames, which nobody can mix up all the same: a chunk says what its units
 * are, in its type too, so frames do not compile where pages are asked for.
 *
 * A chunk that is dropped without being released stays held for ever. That is deliberate: the
 * memory may still be mapped, and the only one who knows has forgotten it.
 */
import { demand, failure, type Result, success } from "#support";
import type { ByteCount, UnitCount, UnitNumber } from "#units";
import type { ChunkPool } from "./chunk-pool.ts";
import type { MergeRefusal, SplitRefusal } from "./chunk-refusal.ts";
import type { Chunk } from "./free-chunks.ts";
import { UNIT_SIZE } from "./unit-bytes.ts";
import { isWhole } from "./unit-ranges.ts";

/** What a chunk is a run of. */
export type ChunkUnit = "page" | "frame";

/** What a chunk becomes that is cut: at its first unit or behind its last, one part is none. */
export interface Parts<Unit extends ChunkUnit> {
  readonly below: HeldChunk<Unit> | undefined;
  readonly above: HeldChunk<Unit> | undefined;
}

export class HeldChunk<Unit extends ChunkUnit> implements Chunk {
  readonly unit: Unit;
  readonly first: UnitNumber;
  readonly count: UnitCount;
  readonly #pool: ChunkPool;
  #isUsed: boolean;

  /** Stands for `run`, which was just acquired from `pool`. */
  constructor(unit: Unit, pool: ChunkPool, { first, count }: Chunk) {
    this.unit = unit;
    this.first = first;
    this.count = count;
    this.#pool = pool;
    this.#isUsed = false;
  }

  get last(): UnitNumber {
    return (this.first + this.count - 1) as UnitNumber;
  }

  get size(): ByteCount {
    return (this.count * UNIT_SIZE) as ByteCount;
  }

  /** Whether this value has not been used. */
  get isHeld(): boolean {
    return !this.#isUsed;
  }

  /** @throws ContractViolation if the chunk was used before. */
  release(): void {
    this.#demandHeld();
    this.#isUsed = true;
    this.#pool.release(this);
  }

  /**
   * The units below `at`, and those from `at` on.
   *
   * @throws ContractViolation if the chunk was used before.
   */
  split(at: UnitNumber): Result<Parts<Unit>, SplitRefusal> {
    this.#demandHeld();
    demand(isWhole(at), "the number of a unit is a whole number");
    const below = (at - this.first) as UnitCount;
    const above = (this.count - below) as UnitCount;
    if (below < 0 || above < 0) return failure({ kind: "not-inside" });
    const isCut = below > 0 && above > 0;
    if (isCut && this.#pool.spareNodeCount < 1) return failure({ kind: "no-room-for-bookkeeping" });

    if (isCut) this.#pool.split();
    this.#isUsed = true;
    return success({
      below: below > 0 ? this.#successor({ first: this.first, count: below }) : undefined,
      above: above > 0 ? this.#successor({ first: at, count: above }) : undefined,
    });
  }

  /**
   * This chunk and `other`, on whichever side of it, in one.
   *
   * @throws ContractViolation if either was used before, or both are the same.
   */
  merge(other: HeldChunk<Unit>): Result<HeldChunk<Unit>, MergeRefusal> {
    this.#demandHeld();
    other.#demandHeld();
    demand(other !== this, "a chunk is merged with another one");
    demand(other.#pool === this.#pool, "chunks of one allocator are merged");
    const first = Math.min(this.first, other.first) as UnitNumber;
    const whole = { first, count: (this.count + other.count) as UnitCount };
    const isAdjacent = this.last + 1 === other.first || other.last + 1 === this.first;
    if (!isAdjacent || !this.#pool.knows(whole)) return failure({ kind: "not-adjacent" });

    this.#pool.merge(whole);
    this.#isUsed = true;
    other.#isUsed = true;
    return success(this.#successor(whole));
  }

  /** A value for units that this one, or it and another, had. */
  #successor(run: Chunk): HeldChunk<Unit> {
    return new HeldChunk(this.unit, this.#pool, run);
  }

  #demandHeld(): void {
    demand(!this.#isUsed, "a chunk is used once");
  }
}
