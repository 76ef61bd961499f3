/**
 * The chain of freed blocks in a span: which block is taken next, and what is kept of the others.
 *
 *     offset    0            4
 *     free      ├─ next ─────┼─ not used, up to the size of the class ─┤
 *
 * `next` is the number of the block in this span that was freed before this one, plus 1, or 0. A
 * block that was freed last is taken first; blocks that were never live come after those that were.
 *
 * Functions of a memory rather than methods: what they read and write is then proved for every
 * memory there is.
 */
import type { Address } from "#units";
import type { Memory } from "../memory/memory.ts";
import { NONE } from "./span-number.ts";

/** The block to take: the one that was freed last, `free`, or else the first that never was live. */
export function blockToTake(free: number, fresh: number): number {
  return free === NONE ? fresh : free;
}

/** The block that was freed before `free`, which starts at `start`, or `NONE`. */
export function freedBefore(memory: Memory, start: Address): number {
  return memory.readWord(start) - 1;
}

/** Keeps in the block at `start`, which is freed, that `free` was freed before it. */
export function keepFreedBefore(memory: Memory, start: Address, free: number): void {
  memory.writeWord(start, free + 1);
}
