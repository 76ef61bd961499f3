/**
 * The one door to memory: words and runs of bytes, by address.
 *
 * An allocator is written against this and nothing else, so the same code runs on a plain buffer
 * and behind a page table. A word has 32 bits and lies at a multiple of 4. Addresses are numbers of
 * up to 53 bits: whoever implements the door turns them into small indices, nobody else does.
 *
 * An allocator that has been given both kinds of memory is slower with either: the engine compiled
 * one copy of its code for both. Medians of five processes, in ns for a free and an alloc of 64
 * bytes by the block allocator among 100 live ones:
 *
 *                                            plain    translated
 *     a process that only knows this kind     80         102
 *     a process that knew the other first     89         148
 *     the same, module imported anew         120         107       as `block-allocator.ts?plain`
 *
 * Importing the module anew copies that module and none that it imports, so it helps in part and
 * not reliably. Nothing here makes copies: whoever compares kinds of memory gives each its own
 * process.
 */
import type { Address, ByteCount } from "#units";

export interface Memory {
  /** The address of the first byte, a multiple of 8. */
  readonly start: Address;
  readonly size: ByteCount;
  /** The word at `address`, as a number from 0 to 2^32 - 1. */
  readWord(address: Address): number;
  /** Makes `value`, from 0 to 2^32 - 1, the word at `address`. */
  writeWord(address: Address, value: number): void;
  /** Makes each of `count` bytes from `start` on the byte `value`. */
  fill(start: Address, count: ByteCount, value: number): void;
  /** Copies `count` bytes; source and target may overlap. */
  copy(target: Address, source: Address, count: ByteCount): void;
}

/**
 * Memory whose pages can be looked up once and then used: for bookkeeping that reads and writes
 * several words of one page.
 *
 * A translation stays what it is until another operation runs, so between two yields a place that was
 * found is as good as the one that a core would find again in its TLB. Pages are counted from `start`,
 * so that what is asked and answered are small integers: a call that is not inlined boxes nothing.
 */
export interface PagedMemory extends Memory {
  /** Where the bytes of pages lie. */
  readonly store: Memory;
  /**
   * The place in `store` of the first byte of `page`, the number of 4096 bytes from `start` on; the
   * others follow it. The page may be written, and the place is good until the operation yields.
   */
  locate(page: number): Address;
}
