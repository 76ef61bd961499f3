/**
 * The allocators of this project, as the tests of chunk allocators drive them.
 *
 * Where a contract does not say how many chunks can be kept track of, more room is made ahead of every
 * call that may need it, as a heap would. After each call the free chunks are walked and compared with
 * what is held, so a structure that is out of order is found long before an answer shows it.
 */
import {
  auditFreeChunks,
  type Chunk,
  type ChunkLayout,
  ChunkRoom,
  type ChunkUnit,
  EARLY_CHUNK_COUNT,
  frameAllocator,
  type HeldChunk,
  ChunkAllocator as ImplementedAllocator,
  type MemoryMap,
  pageAllocator,
  type UnitRange,
} from "#impl";
import type { AreaKind, ChunkContract, ChunkRequest } from "#spec";
import { DEAF, type Observer } from "#support";
import { type FrameNumber, type PageNumber, unitCount, unitNumber } from "#units";
import type { ChunkAllocator, Parts } from "../chunk-allocator.ts";
import { area, PAGES } from "../chunk-contracts.ts";
import type { ChunkAllocatorMaker } from "../chunk-session.ts";
import { joined } from "../spans.ts";

/** What the page allocator promises when its low pages end with page 1024. */
export const IMPLEMENTED_PAGES: ChunkContract = { ...PAGES, mergesBelow: true };

/** What the frame allocator promises of the map `MAP`. */
export const IMPLEMENTED_FRAMES: ChunkContract = {
  areas: [
    area(0, 15, "reserved"),
    area(16, 79, "general"),
    area(80, 95, "reserved"),
    area(96, 127, "general"),
    area(128, 255, "reserved"),
    area(300, 309, "general"),
  ],
  seams: [],
  fallsBack: false,
  mergesBelow: true,
  chunkCountMax: undefined,
};

const MAP: MemoryMap = {
  general: [run(300, 10), run(96, 32), run(16, 70), run(50, 10), run(40, 0)],
  reserved: [run(90, 6), run(80, 12)],
  claimableLast: 255 as FrameNumber,
};

export const implementedPages: ChunkAllocatorMaker = (contract) => {
  const room = contract.chunkCountMax ?? EARLY_CHUNK_COUNT;
  return new Driven(pageAllocator(LOW_LAST, "designated-pages-last", DEAF, room), contract);
};

export const implementedFrames: ChunkAllocatorMaker = (contract) => {
  const room = contract.chunkCountMax ?? EARLY_CHUNK_COUNT;
  return new Driven(frameAllocator(MAP, DEAF, room), contract);
};

/** What both are, laid out as any contract says; that its units are pages makes no difference. */
export function pooledChunks(observer: Observer = DEAF): ChunkAllocatorMaker {
  return (contract) => {
    const room = contract.chunkCountMax ?? 0;
    const allocator = new ImplementedAllocator("page", layoutOf(contract), observer, room);
    return new Driven(allocator, contract);
  };
}

const LOW_LAST = 1024 as PageNumber;

class Driven<Unit extends ChunkUnit> implements ChunkAllocator<HeldChunk<Unit>> {
  readonly #allocator: ImplementedAllocator<Unit>;
  readonly #isFixed: boolean;
  #held: readonly HeldChunk<Unit>[] = [];

  constructor(allocator: ImplementedAllocator<Unit>, { chunkCountMax }: ChunkContract) {
    this.#allocator = allocator;
    this.#isFixed = chunkCountMax !== undefined;
  }

  acquire(request: ChunkRequest, count: number): HeldChunk<Unit> | undefined {
    this.#makeRoom();
    const answer = this.#allocator.acquire(request, unitCount(count));
    return answer.ok ? this.#kept(answer.value) : undefined;
  }

  release(chunk: HeldChunk<Unit>): void {
    chunk.release();
    this.#kept();
  }

  split(chunk: HeldChunk<Unit>, at: number): Parts<HeldChunk<Unit>> | undefined {
    this.#makeRoom();
    const parts = chunk.split(unitNumber(at));
    if (!parts.ok) return undefined;
    this.#kept(...[parts.value.below, parts.value.above].filter((part) => part !== undefined));
    return parts.value;
  }

  merge(chunk: HeldChunk<Unit>, other: HeldChunk<Unit>): HeldChunk<Unit> | undefined {
    const whole = chunk.merge(other);
    return whole.ok ? this.#kept(whole.value) : undefined;
  }

  /** Notes who is held now, has everything audited, and answers the first of `chunks`. */
  #kept(...chunks: readonly HeldChunk<Unit>[]): HeldChunk<Unit> | undefined {
    this.#held = [...this.#held, ...chunks].filter(({ isHeld }) => isHeld);
    auditFreeChunks(this.#allocator.pool, this.#held);
    return chunks[0];
  }

  #makeRoom(): void {
    const { pool } = this.#allocator;
    if (this.#isFixed || pool.spareNodeCount > 0) return;
    pool.moveTo(new ChunkRoom(2 * pool.free.nodeCount));
  }
}

/** The layout of a pool that promises what `contract` does. */
function layoutOf({ areas, seams, fallsBack }: ChunkContract): ChunkLayout {
  const rangesOf = (...kinds: readonly AreaKind[]): readonly UnitRange[] =>
    joined(
      areas.filter(({ kind }) => kinds.includes(kind)),
      seams,
    ).map(({ first, last }) => ({
      first: unitNumber(first),
      last: unitNumber(last),
    }));
  return {
    extents: rangesOf("general", "designated", "reserved"),
    general: rangesOf("general"),
    unreserved: rangesOf("general", "designated"),
    fallsBack,
  };
}

function run(first: number, count: number): Chunk {
  return { first: unitNumber(first), count: unitCount(count) };
}
