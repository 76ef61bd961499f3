/** A free and an alloc of one size: among many live blocks, and on both sides of the largest class. */
import { combinationAllocator } from "./combination-raw.ts";
import type { RawAllocator } from "./raw-allocator.ts";
import { now } from "./statistics.ts";
import { tlsfAllocator } from "./tlsf.ts";

export const HEAP_KINDS = ["combination", "AssemblyScript TLSF"] as const;
export type HeapKind = (typeof HEAP_KINDS)[number];

/** How many blocks of 64 bytes are live. */
export const HEAP_LIVES = [1000, 10_000, 100_000, 1_000_000] as const;

/** Sizes around the largest class, which is 8168 bytes; above it a block has pages of its own. */
export const HEAP_SIZES = [4096, 8168, 8192, 16_384, 32_768, 65_536] as const;

const ALIGN = 16;
const SMALL = 64;
const FEW = 50;

/** Nanoseconds for a free and an alloc of 64 bytes among `live` live blocks; or why it is not measured. */
export async function nsAmongLive(
  kind: HeapKind,
  live: number,
  pairs: number,
): Promise<number | string> {
  const allocator = await made(kind, Math.max(2 ** 25, live * SMALL * 1.25));
  return typeof allocator === "string" ? allocator : nsPerPair(allocator, SMALL, live, pairs);
}

/** Nanoseconds for a free and an alloc of `size` bytes among a few live blocks; or why it is not measured. */
export async function nsOfSize(
  kind: HeapKind,
  size: number,
  pairs: number,
): Promise<number | string> {
  const allocator = await made(kind, 2 ** 25);
  return typeof allocator === "string" ? allocator : nsPerPair(allocator, size, FEW, pairs);
}

async function made(kind: HeapKind, memoryBytes: number): Promise<RawAllocator | string> {
  if (kind === "combination") return combinationAllocator("at once", memoryBytes);
  const make = await tlsfAllocator();
  return typeof make === "string" ? make : make();
}

function nsPerPair(allocator: RawAllocator, size: number, live: number, pairs: number): number {
  const starts = new Float64Array(live);
  for (let index = 0; index < live; index++) starts[index] = allocator.alloc(size, ALIGN);
  exchange(allocator, starts, size, pairs / 2, 1);
  const begin = now();
  exchange(allocator, starts, size, pairs, 12_345);
  return (now() - begin) / pairs;
}

/** Frees a block and takes one, `pairs` times; which block is free is drawn from `seed`. */
function exchange(
  allocator: RawAllocator,
  starts: Float64Array,
  size: number,
  pairs: number,
  seed: number,
): void {
  const live = starts.length;
  let state = seed;
  for (let pair = 0; pair < pairs; pair++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const index = Math.floor((state / 2 ** 32) * live);
    allocator.free(starts[index] as number, size, ALIGN);
    const start = allocator.alloc(size, ALIGN);
    if (start === 0) throw new Error("a heap with room refuses");
    starts[index] = start;
  }
}
