/**
 * How long the allocators themselves take, without anybody who judges.
 *
 * Each is driven by the same loop over the same flat arrays, so what differs is the allocator and how
 * it is called from JavaScript. Whoever measures several gives each its own process: an engine that
 * has seen four allocators in one loop serves none of them well.
 */
import { MemPool } from "@thi.ng/malloc";
import { BlockAllocator, HoleList, PlainMemory } from "#impl";
import type { TraceCall } from "#spec";
import { address, alignment, bytes } from "#units";
import { combinationAllocator } from "./combination-raw.ts";
import { commit, type RawAllocator } from "./raw-allocator.ts";
import { rawTheseus, zoneAllocator } from "./raw-heaps.ts";
import { TRACE_MEMORY_BYTES } from "./recorded-traces.ts";
import { now } from "./statistics.ts";
import { tlsfAllocator } from "./tlsf.ts";

export const RAW_NAMES = [
  "block",
  "hole-list",
  "zone",
  "multiple",
  "combination",
  "theseus",
  "@thi.ng/malloc",
  "AssemblyScript TLSF",
] as const;
export type RawName = (typeof RAW_NAMES)[number];

/** Answers a function that makes a fresh allocator, or says in a sentence why there is none. */
export async function rawAllocator(name: RawName): Promise<(() => RawAllocator) | string> {
  switch (name) {
    case "block":
      return () => ownAllocator(new BlockAllocator(freshMemory(), EXTENT));
    case "hole-list":
      return () => ownAllocator(new HoleList(freshMemory(), EXTENT));
    case "zone":
      return zoneAllocator;
    case "multiple":
      return () => combinationAllocator("at once");
    case "combination":
      return () => combinationAllocator("when told");
    case "theseus":
      return () => rawTheseus().allocator;
    case "@thi.ng/malloc":
      return () => thiNgAllocator();
    case "AssemblyScript TLSF":
      return await tlsfAllocator();
  }
}

const EXTENT_START = 4096;
const EXTENT = { start: address(EXTENT_START), size: bytes(TRACE_MEMORY_BYTES) };

function freshMemory(): PlainMemory {
  const memory = new PlainMemory(EXTENT_START + TRACE_MEMORY_BYTES);
  commit(memory.bytes());
  return memory;
}

function ownAllocator(allocator: BlockAllocator | HoleList): RawAllocator {
  return {
    alloc: (size, align) => {
      const placed = allocator.alloc(bytes(size), alignment(align));
      return placed.ok ? placed.value : 0;
    },
    realloc: (start, size, align, newSize) => {
      const from = bytes(size);
      const placed = allocator.realloc(address(start), from, alignment(align), bytes(newSize));
      return placed.ok ? placed.value : 0;
    },
    free: (start, size, align) => allocator.dealloc(address(start), bytes(size), alignment(align)),
  };
}

function thiNgAllocator(): RawAllocator {
  const pool = new MemPool({ size: TRACE_MEMORY_BYTES, align: 16 });
  return {
    alloc: (size) => pool.malloc(size),
    realloc: (start, _size, _align, newSize) => pool.realloc(start, newSize),
    free: (start) => {
      pool.free(start);
    },
  };
}

/** The calls of a trace as columns. */
export interface FlatCalls {
  readonly count: number;
  readonly blocks: number;
  readonly kinds: Uint8Array;
  readonly names: Int32Array;
  readonly sizes: Int32Array;
  readonly aligns: Int32Array;
}

const ALLOC = 0;
const REALLOC = 1;
const FREE = 2;

export function flatCalls(calls: readonly TraceCall[]): FlatCalls {
  const kinds = new Uint8Array(calls.length);
  const names = new Int32Array(calls.length);
  const sizes = new Int32Array(calls.length);
  const aligns = new Int32Array(calls.length);
  let blocks = 0;
  for (const [index, { kind, name, size, align }] of calls.entries()) {
    kinds[index] = kind === "dealloc" ? FREE : kind === "realloc" ? REALLOC : ALLOC;
    names[index] = name;
    sizes[index] = size;
    aligns[index] = align;
    blocks = Math.max(blocks, name + 1);
  }
  return { count: calls.length, blocks, kinds, names, sizes, aligns };
}

/** What was measured: all calls, or as many as there was patience for. */
export interface Timing {
  readonly nsPerCall: number;
  readonly made: number;
}

/** Makes `calls` on `allocator`, which is fresh; stops when that takes too long. */
export function timed(allocator: RawAllocator, calls: FlatCalls): Timing {
  const start = now();
  const made = makeAll(allocator, calls, start + PATIENCE_NS);
  return { nsPerCall: (now() - start) / made, made };
}

/** Makes `calls` on `allocator`, which is fresh, until `end`; answers how many were made. */
export function makeAll(
  allocator: RawAllocator,
  calls: FlatCalls,
  end: number = Number.POSITIVE_INFINITY,
): number {
  const blocks = {
    starts: new Float64Array(calls.blocks),
    sizes: new Int32Array(calls.blocks),
    aligns: new Int32Array(calls.blocks),
  };
  const early = Math.floor(calls.count / 100);
  makeBatch(allocator, calls, 0, early, blocks);
  allocator.switch?.();
  let made = early;
  while (made < calls.count && now() < end) {
    const next = Math.min(made + BATCH, calls.count);
    makeBatch(allocator, calls, made, next, blocks);
    made = next;
  }
  return made;
}

function makeBatch(
  allocator: RawAllocator,
  calls: FlatCalls,
  first: number,
  end: number,
  blocks: Blocks,
): void {
  if (makeSome(allocator, calls, first, end, blocks) === 0) return;
  throw new Error("a call of a recorded trace was refused");
}

const BATCH = 2048;
const PATIENCE_NS = 3e9;

/** What is known of each block, by its name. */
interface Blocks {
  readonly starts: Float64Array;
  readonly sizes: Int32Array;
  readonly aligns: Int32Array;
}

/** Makes the calls from `first` up to, not including, `end`; answers how many were refused. */
function makeSome(
  allocator: RawAllocator,
  calls: FlatCalls,
  first: number,
  end: number,
  blocks: Blocks,
): number {
  const { kinds, names, sizes, aligns } = calls;
  const { starts, sizes: heldSizes, aligns: heldAligns } = blocks;
  let refused = 0;
  for (let index = first; index < end; index++) {
    const name = names[index] as number;
    const start = starts[name] as number;
    if (kinds[index] === FREE) {
      allocator.free(start, heldSizes[name] as number, heldAligns[name] as number);
      continue;
    }
    const size = sizes[index] as number;
    const align = kinds[index] === ALLOC ? (aligns[index] as number) : (heldAligns[name] as number);
    const placed =
      kinds[index] === ALLOC
        ? allocator.alloc(size, align)
        : allocator.realloc(start, heldSizes[name] as number, align, size);
    if (placed === 0) refused += 1;
    starts[name] = placed;
    heldSizes[name] = size;
    heldAligns[name] = align;
  }
  return refused;
}
