/**
 * The units of an allocator, free and held, and the nodes that its bookkeeping takes.
 *
 *     extent    ├──────────────────────────────────────────────┤
 *     chunks    ├ free ┤├ held ┤├ held ┤├─ free ─┤├ held ┤├free┤
 *
 * No chunk lies across the end of an extent. Between two free chunks of an extent lies one that is
 * held, so there are never more free chunks than held ones and extents together. That many nodes
 * are kept: each chunk that is held brings the node that its release may need. Whoever acquires or
 * splits is refused when there is no node to bring; whoever releases never needs one, and so never
 * waits for memory that only a release could give.
 *
 * Which run is given: for a place, that one. For a window, the lowest run that fits of what is not
 * reserved. For anything else, the lowest run that fits of what is general; after that, where the
 * layout falls back, of what is not reserved.
 *
 * The pool asks nobody for memory. It begins with room for as many held chunks as it is told, in
 * arrays that it never replaces, which is what there is before a heap. `moveTo` exchanges these for
 * larger ones, at any time, that the caller has made before it took the lock of the pool; what is
 * left is dropped after the lock is released. A heap that takes its own pages from here therefore
 * looks at `spareNodeCount` after each growth, when no lock is held, and makes room ahead, while the
 * nodes that are spare still serve the chunks that this growth takes.
 */
import type { ChunkRequest } from "#spec";
import { assert, DEAF, demand, failure, type Observer, type Result, success } from "#support";
import type { UnitCount, UnitNumber } from "#units";
import type { ChunkRefusal } from "./chunk-refusal.ts";
import { type ChunkRoom, EARLY_CHUNK_COUNT } from "./chunk-room.ts";
import { type Chunk, FreeChunks } from "./free-chunks.ts";
import { isWhole, rangeAt, runOf, type UnitRange } from "./unit-ranges.ts";

/** Where units are and what they are given for: each a list of ranges in order and apart. */
export interface ChunkLayout {
  /** All units; where two extents touch, no chunk lies across. */
  readonly extents: readonly UnitRange[];
  /** The units for whoever asks. */
  readonly general: readonly UnitRange[];
  /** The units for whoever names a window, the general ones among them. */
  readonly unreserved: readonly UnitRange[];
  /** Whether a request for any units may end outside of the general ones. */
  readonly fallsBack: boolean;
}

const ONE = 1 as UnitCount;

export class ChunkPool {
  readonly layout: ChunkLayout;
  readonly #free: FreeChunks;
  readonly #unitCountMax: number;
  #heldCount = 0;

  /** A pool of all units of `layout`, free, with room for `heldCountMax` chunks to be held. */
  constructor(
    layout: ChunkLayout,
    observer: Observer = DEAF,
    heldCountMax: number = EARLY_CHUNK_COUNT,
  ) {
    const { extents } = layout;
    this.layout = layout;
    this.#free = new FreeChunks(extents.length + heldCountMax, observer);
    this.#unitCountMax = extents.reduce((most, each) => Math.max(most, runOf(each).count), 0);
    for (const extent of extents) this.#give(runOf(extent));
  }

  /** The free chunks, for whoever reads what they mean. */
  get free(): FreeChunks {
    return this.#free;
  }

  get heldCount(): number {
    return this.#heldCount;
  }

  /** How many more chunks can be held. */
  get spareNodeCount(): number {
    return this.#free.nodeCount - this.layout.extents.length - this.#heldCount;
  }

  /** Moves to `room`, which is no smaller, and answers the room that is left. */
  moveTo(room: ChunkRoom): ChunkRoom {
    return this.#free.moveTo(room);
  }

  /** Whether `run` lies in one extent. */
  knows({ first, count }: Chunk): boolean {
    const extent = rangeAt(this.layout.extents, first);
    return extent !== undefined && count - 1 <= extent.last - first;
  }

  /** Makes `count` units as asked for a held chunk, or says why not and changes nothing. */
  acquire(request: ChunkRequest, count: UnitCount): Result<Chunk, ChunkRefusal> {
    demand(isWhole(count), "a number of units is a whole number");
    if (count === 0) return failure({ kind: "zero-units" });
    if (count > this.#unitCountMax) return failure({ kind: "too-many-units" });
    const place = this.#placeOf(request, count);
    if (!place.ok) return place;
    if (this.spareNodeCount < 1) return failure({ kind: "no-room-for-bookkeeping" });

    this.#free.take(place.value, count);
    this.#hold();
    return success({ first: place.value, count });
  }

  /** Makes a held chunk two; there is a node to spare. */
  split(): void {
    this.#hold();
  }

  /** Makes two held chunks one, which are that together. */
  merge(whole: Chunk): void {
    assert(this.knows(whole), "a chunk lies in one extent");
    this.#heldCount -= 1;
    assert(this.#heldCount > 0, "chunks that are merged were held");
  }

  /** Makes a held chunk free. */
  release(chunk: Chunk): void {
    this.#give(chunk);
    this.#heldCount -= 1;
    assert(this.#heldCount >= 0, "a chunk that is released was held");
  }

  #placeOf(request: ChunkRequest, count: UnitCount): Result<UnitNumber, ChunkRefusal> {
    switch (request.kind) {
      case "at":
        demand(isWhole(request.first), "the number of a unit is a whole number");
        if (!this.knows({ first: request.first, count })) return failure({ kind: "outside" });
        if (!this.#free.has(request.first, count)) return failure({ kind: "not-free" });
        return success(request.first);
      case "within":
        demand(isWhole(request.first), "the number of a unit is a whole number");
        demand(isWhole(request.last), "the number of a unit is a whole number");
        return found(this.#lowestOf(this.layout.unreserved, request, count, ONE));
      case "any":
        return found(this.#anyOf(count, ONE));
      case "aligned":
        demand(isWhole(request.align) && request.align >= 1, "an alignment is at least 1");
        return found(this.#anyOf(count, request.align));
    }
  }

  #anyOf(count: UnitCount, align: UnitCount): UnitNumber | undefined {
    const { general, unreserved, fallsBack } = this.layout;
    const first = this.#lowestOf(general, EVERYWHERE, count, align);
    if (first !== undefined || !fallsBack) return first;
    return this.#lowestOf(unreserved, EVERYWHERE, count, align);
  }

  /** Where the lowest run begins that fits in one of `ranges` and in `window`. */
  #lowestOf(
    ranges: readonly UnitRange[],
    window: UnitRange,
    count: UnitCount,
    align: UnitCount,
  ): UnitNumber | undefined {
    for (const { first, last } of ranges) {
      const low = Math.max(first, window.first) as UnitNumber;
      const high = Math.min(last, window.last) as UnitNumber;
      const fit = this.#free.lowestFit(low, high, count, align);
      if (fit !== undefined) return fit;
    }
    return undefined;
  }

  #give({ first, count }: Chunk): void {
    const extent = rangeAt(this.layout.extents, first);
    assert(extent !== undefined && count - 1 <= extent.last - first, "a chunk has an extent");
    this.#free.give(first, count, extent.first, extent.last);
  }

  #hold(): void {
    this.#heldCount += 1;
    assert(this.spareNodeCount >= 0, "a held chunk brings a node");
  }
}

const EVERYWHERE: UnitRange = {
  first: 0 as UnitNumber,
  last: Number.MAX_SAFE_INTEGER as UnitNumber,
};

function found(first: UnitNumber | undefined): Result<UnitNumber, ChunkRefusal> {
  return first === undefined ? failure({ kind: "no-run-fits" }) : success(first);
}
