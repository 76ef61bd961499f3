/** A zone alone, and the heap of Theseus as the original has it, as a loop wants them. */
import { NO_BLOCK, PlainMemory, SLAB_SIZE_MAX, ZoneHeap } from "#impl";
import { type Address, type Alignment, address, type ByteCount, bytes } from "#units";
import { HeapFacade } from "../theseus/original/heap-facade.ts";
import { PAGE_SIZE } from "../theseus/original/kernel-memory.ts";
import type { World } from "../theseus/original/world.ts";
import { commit, type RawAllocator } from "./raw-allocator.ts";
import { TRACE_MEMORY_BYTES } from "./recorded-traces.ts";

/** A zone over plain memory; what is larger than a slab page holds it refuses. */
export function zoneAllocator(): RawAllocator {
  const start = address(8192);
  const memory = new PlainMemory(start + TRACE_MEMORY_BYTES);
  commit(memory.bytes());
  const heap = new ZoneHeap(memory, { start, size: bytes(TRACE_MEMORY_BYTES) });
  return {
    alloc: (size, align) => {
      const placed = heap.take(size as ByteCount, align as Alignment);
      return placed === NO_BLOCK ? 0 : placed;
    },
    realloc: (block, size, align, newSize) => {
      const [from, at, to] = [size as ByteCount, align as Alignment, newSize as ByteCount];
      const moved = heap.realloc(block as Address, from, at, to);
      return moved.ok ? moved.value : 0;
    },
    free: (block, size, align) => {
      heap.dealloc(block as Address, size as ByteCount, align as Alignment);
    },
  };
}

/** The largest request that a zone serves. */
export const ZONE_SIZE_MAX: number = SLAB_SIZE_MAX;

const PAGES = TRACE_MEMORY_BYTES / PAGE_SIZE;

/**
 * As the original begins: 1 MiB at first, then 64 pages of 8 KiB for each class. The boxes of its lists are
 * left out: with them a heap that grows allocates amid that, grows again, and waits for its own lock, which
 * the trace of cc1 comes to.
 */
const WORLD: World = {
  initialPages: 256,
  isInitialFull: false,
  growthPages: PAGES,
  generalPages: PAGES,
  frames: PAGES * 2,
  cores: 1,
  coresAtSwitch: 1,
  pagesPerClass: 64,
  bookkeeping: "none",
  phases: "both",
};

/** The original's heap, and how many bytes it has mapped. */
export interface RawTheseus {
  readonly allocator: RawAllocator;
  mappedBytes(): number;
}

/** The original's heap that switched at once, with so many pages for each class. */
export function rawTheseus(pagesPerClass: number = WORLD.pagesPerClass): RawTheseus {
  const kernel = new HeapFacade({ ...WORLD, pagesPerClass });
  const { memory } = kernel;
  commit(memory.bytes);
  memory.map(kernel.places.heapStart / PAGE_SIZE, WORLD.initialPages);
  let mapped = WORLD.initialPages;
  const [map, unmap] = [memory.map.bind(memory), memory.unmap.bind(memory)];
  memory.map = (first, count) => {
    mapped += count;
    map(first, count);
  };
  memory.unmap = (first, count) => {
    mapped -= count;
    unmap(first, count);
  };
  if (!kernel.switch(0)) throw new Error("there are pages for every class");
  const allocator: RawAllocator = {
    alloc: (size, align) => kernel.alloc(size, align, 0),
    realloc: (block, size, align, newSize) => kernel.realloc(block, size, align, newSize, 0),
    free: (block, size, align) => kernel.dealloc(block, size, align, 0),
  };
  return { allocator, mappedBytes: () => mapped * PAGE_SIZE };
}
