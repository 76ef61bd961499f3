/**
 * Gives out chunks of pages or of frames: a pool of units, and values that stand for what is held of it.
 *
 * An allocator of pages and one of frames differ in the layout of the pool and in what such a value is
 * of, so there is one class of both, which is told the two.
 */
import type { ChunkRequest } from "#spec";
import { demand, type Observer, type Result, success } from "#support";
import type { Address, ByteCount, UnitCount, UnitNumber } from "#units";
import { type ChunkLayout, ChunkPool } from "./chunk-pool.ts";
import type { ChunkRefusal } from "./chunk-refusal.ts";
import type { ChunkRoom } from "./chunk-room.ts";
import { type ChunkUnit, HeldChunk } from "./held-chunk.ts";
import { UNIT_SIZE, unitsFor } from "./unit-bytes.ts";
import { isWhole } from "./unit-ranges.ts";

const ANY: ChunkRequest = { kind: "any" };
const ALIGNED = 0 as ByteCount;

export class ChunkAllocator<Unit extends ChunkUnit> {
  readonly #unit: Unit;
  readonly #pool: ChunkPool;

  /** All units of `layout` are free, and there is room for `heldCountMax` chunks to be held. */
  constructor(unit: Unit, layout: ChunkLayout, observer: Observer, heldCountMax: number) {
    this.#unit = unit;
    this.#pool = new ChunkPool(layout, observer, heldCountMax);
  }

  /** The free and held units, for whoever reads what they mean. */
  get pool(): ChunkPool {
    return this.#pool;
  }

  /** How many more chunks can be held before there is more room. */
  get spareNodeCount(): number {
    return this.#pool.spareNodeCount;
  }

  /** Moves the bookkeeping to `room`, which is no smaller, and answers the room that is left. */
  moveTo(room: ChunkRoom): ChunkRoom {
    return this.#pool.moveTo(room);
  }

  /** `count` units in a row as asked for, or why not; then nothing has changed. */
  acquire(request: ChunkRequest, count: UnitCount): Result<HeldChunk<Unit>, ChunkRefusal> {
    const acquired = this.#pool.acquire(request, count);
    if (!acquired.ok) return acquired;
    return success(new HeldChunk(this.#unit, this.#pool, acquired.value));
  }

  /** The units that `size` bytes need, wherever they are. */
  acquireBytes(size: ByteCount): Result<HeldChunk<Unit>, ChunkRefusal> {
    demand(isWhole(size), "a size is a whole number of bytes");
    return this.acquire(ANY, unitsFor(size, ALIGNED));
  }

  /** The units of all bytes from `start` up to, not including, `start + size`. */
  acquireBytesAt(start: Address, size: ByteCount): Result<HeldChunk<Unit>, ChunkRefusal> {
    demand(isWhole(start), "an address is a whole number");
    demand(isWhole(size), "a size is a whole number of bytes");
    const first = Math.floor(start / UNIT_SIZE) as UnitNumber;
    const offset = (start - first * UNIT_SIZE) as ByteCount;
    return this.acquire({ kind: "at", first }, unitsFor(size, offset));
  }
}
