/**
 * Memory that is one buffer, and the only file that indexes a typed array.
 *
 *     address   start                                start + size
 *               ├──────────── size bytes ────────────┤
 *     index     0                                    size
 *
 * The buffer is at most 4 GiB, which is asserted once: from then on an offset from `start` has at
 * most 32 bits, and the shift that turns it into a word's index loses nothing.
 */
import { assert, demand } from "#support";
import { type Address, address, type ByteCount, bytes, isAligned } from "#units";
import type { Memory, PagedMemory } from "./memory.ts";

const PAGE_SIZE = 4096;
const SIZE_MAX = 2 ** 32;

export class PlainMemory implements PagedMemory {
  readonly start: Address;
  readonly size: ByteCount;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;

  constructor(size: number, start = 0) {
    demand(isAligned(start, 8) && start >= 0, "memory starts at a multiple of 8");
    demand(isAligned(size, 4) && size >= 0, "memory is a whole number of words");
    demand(size <= SIZE_MAX, "one buffer holds at most 4 GiB");
    demand(Number.isSafeInteger(start + size), "every byte has an address");

    const buffer = new ArrayBuffer(size);
    this.start = address(start);
    this.size = bytes(size);
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
  }

  readWord(at: Address): number {
    const offset = at - this.start;
    const word = this.#words[offset >>> 2];

    assert(offset >= 0 && offset < this.size, "only memory that exists is read");
    assert((offset & 3) === 0, "a word lies at a multiple of 4");
    return word as number;
  }

  writeWord(at: Address, value: number): void {
    const offset = at - this.start;
    assert(offset >= 0 && offset < this.size, "only memory that exists is written");
    assert((offset & 3) === 0, "a word lies at a multiple of 4");

    this.#words[offset >>> 2] = value;
  }

  fill(start: Address, count: ByteCount, value: number): void {
    const offset = start - this.start;
    assert(offset >= 0 && offset + count <= this.size, "only memory that exists is written");

    this.#bytes.fill(value, offset, offset + count);
  }

  copy(target: Address, source: Address, count: ByteCount): void {
    const from = source - this.start;
    const to = target - this.start;
    assert(from >= 0 && from + count <= this.size, "only memory that exists is read");
    assert(to >= 0 && to + count <= this.size, "only memory that exists is written");

    this.#bytes.copyWithin(to, from, from + count);
  }

  /** This memory itself: nothing is translated. */
  get store(): Memory {
    return this;
  }

  locate(page: number): Address {
    return address(this.start + page * PAGE_SIZE);
  }

  /** The bytes themselves, the first at index 0: for those who watch, not for allocators. */
  bytes(): Uint8Array {
    return this.#bytes;
  }
}
