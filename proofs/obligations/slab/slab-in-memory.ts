/** A slab page in memory: what every theorem about the blocks of a page is about. */
import {
  bitsOf,
  isLiveIn,
  isSlabPageAt,
  liveBlocks,
  lowestOf,
  type Memory,
  roomsOf,
  type SlabBlock,
} from "#impl";
import type { Address } from "#units";
import type { Page } from "../heap/span-in-memory.ts";

/** A slab page of `count` blocks, and the page of 4096 bytes that has what is kept of them. */
export interface SlabInMemory {
  readonly memory: Memory;
  readonly page: Page;
  readonly count: SlabBlock;
}

/** Where what is kept begins. */
export function halfOf({ page }: SlabInMemory): Address {
  return (4096 * page) as Address;
}

/** Whether what is kept lies in memory. */
export function isInMemory(slab: SlabInMemory): boolean {
  const { memory } = slab;
  const half = halfOf(slab);
  return memory.start <= half && half + 4096 <= memory.start + memory.size;
}

/** Whether the page is well-formed as far as `named` can tell. */
export function isPage(slab: SlabInMemory, named: readonly SlabBlock[]): boolean {
  const { memory, count } = slab;
  return named.every((block) => isSlabPageAt(memory, halfOf(slab), count, block));
}

/** Whether some block is free, as the page keeps it. */
export function hasRoom(slab: SlabInMemory): boolean {
  return roomsOf(slab.memory, halfOf(slab)) !== 0;
}

/**
 * Whether the page has room, counts fewer live blocks than it has blocks, and is well-formed as far as its
 * first free block can tell.
 */
export function isTakenFrom(slab: SlabInMemory): boolean {
  if (!isInMemory(slab) || !hasRoom(slab)) return false;
  if (liveNow(slab) >= slab.count) return false;
  const firstWithRoom = (32 * lowestOf(roomsOf(slab.memory, halfOf(slab)))) as SlabBlock;
  return isPage(slab, [firstWithRoom]) && isPage(slab, [firstFree(slab)]);
}

/** The first free block of a page that has room. */
export function firstFree(slab: SlabInMemory): SlabBlock {
  const { memory } = slab;
  const half = halfOf(slab);
  const word = lowestOf(roomsOf(memory, half));
  return (32 * word + lowestOf(bitsOf(memory, half, word))) as SlabBlock;
}

/** Whether `block` is live now. */
export function isLive(slab: SlabInMemory, block: SlabBlock): boolean {
  return isLiveIn(slab.memory, halfOf(slab), slab.count, block);
}

/** How many blocks are live, as the page counts them. */
export function liveNow(slab: SlabInMemory): number {
  return liveBlocks(slab.memory, halfOf(slab));
}

/** Whether a live block is counted: as `isCountedTo` has it of every page that has one. */
export function isCountedLive(slab: SlabInMemory): boolean {
  return liveNow(slab) > 0;
}

/** Whether `at` is the address of a word of memory. */
export function isWord({ memory }: SlabInMemory, at: Address): boolean {
  const isInside = memory.start <= at && at <= memory.start + memory.size - 4;
  return isInside && at % 4 === 0;
}
