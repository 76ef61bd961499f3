/**
 * Where a collection gets its blocks from: a heap, or a single heap of many, as one core sees it.
 *
 * Everything here is written against this and nothing else, so the same box lies in a block allocator, in
 * the combination heap, or in a heap of its owner's own, which is what the original leaves open. To free
 * a block from another core than it was placed on, a collection is passed to the source of that core.
 */
import type { Result } from "#support";
import type { Address, Alignment, ByteCount } from "#units";
import type { OutOfMemory } from "../heap/hole-list.ts";
import type { Memory } from "../memory/memory.ts";

export interface BlockSource {
  /** What its blocks belong to: sources of one heap free each other's blocks. */
  readonly heap: object;
  /** The memory that its blocks lie in. */
  readonly memory: Memory;
  alloc(size: ByteCount, align: Alignment): Result<Address, OutOfMemory>;
  dealloc(start: Address, size: ByteCount, align: Alignment): void;
  /** A refusal leaves the block as it was. */
  realloc(
    start: Address,
    size: ByteCount,
    align: Alignment,
    newSize: ByteCount,
  ): Result<Address, OutOfMemory>;
}
