/** One size class, nothing else: a free and an alloc of 64 bytes, through each kind of memory. */
import {
  BlockAllocator,
  entryFlags,
  type Memory,
  Mmu,
  MmuMemory,
  PageTables,
  PhysicalMemory,
  PlainMemory,
  TableFrames,
  Tlb,
  TranslatedMemory,
  WRITABLE,
} from "#impl";
import {
  address,
  alignment,
  bytes,
  type CoreId,
  frameNumber,
  pageContaining,
  virtualAddress,
} from "#units";
import { now } from "./statistics.ts";

const SIZE = bytes(64);
const ALIGN = alignment(8);
const LIVE = 100;
const MEMORY_BYTES = 0x10_0000;
const PAGE_SIZE = 4096;

export type MemoryKind = "plain" | "translated" | "mmu";

/** Nanoseconds for a free and an alloc among `LIVE` live blocks. */
export function nsPerPair(kind: MemoryKind, pairs: number): number {
  const allocator = new BlockAllocator(memoryOf(kind), {
    start: address(PAGE_SIZE),
    size: bytes(MEMORY_BYTES - PAGE_SIZE),
  });
  const starts = new Float64Array(LIVE);
  for (let index = 0; index < LIVE; index++) starts[index] = placed(allocator);
  const start = now();
  for (let pair = 0; pair < pairs; pair++) {
    const index = (pair * 7) % LIVE;
    allocator.dealloc(address(starts[index] as number), SIZE, ALIGN);
    starts[index] = placed(allocator);
  }
  return (now() - start) / pairs;
}

function placed(allocator: BlockAllocator): number {
  const answer = allocator.alloc(SIZE, ALIGN);
  if (!answer.ok) throw new Error("a heap with room refuses");
  return answer.value;
}

function memoryOf(kind: MemoryKind): Memory {
  if (kind === "mmu") return memoryBehindMmu();
  const frames = new PlainMemory(MEMORY_BYTES);
  if (kind === "plain") return frames;
  const pages = MEMORY_BYTES / PAGE_SIZE;
  const memory = new TranslatedMemory(frames, pages);
  for (let page = 0; page < pages; page++) memory.map(page, pages - 1 - page);
  return memory;
}

/** The pages from address 0 on, through four levels of tables and a TLB. */
function memoryBehindMmu(): Memory {
  const physical = new PhysicalMemory();
  const pages = MEMORY_BYTES / PAGE_SIZE;
  let next = pages;
  const frames = new TableFrames(physical, {
    acquireFrame: () => frameNumber(next++),
    releaseFrame: () => {},
  });
  const tables = new PageTables(frames, frames.acquire());
  const run = { first: pageContaining(virtualAddress(0)), count: pages, level: 1 } as const;
  const answer = tables.map(run, (page) => frameNumber(pages - 1 - page), entryFlags(WRITABLE));
  if (!answer.ok) throw new Error("there are frames for every table");
  const mmu = new Mmu(physical, tables.root, new Tlb(0 as CoreId));
  return new MmuMemory(mmu, physical, 0, MEMORY_BYTES);
}
