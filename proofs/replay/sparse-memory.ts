/**
 * Memory of which only some words are kept, so that a theorem can be run on one of any size.
 *
 * It is what a formula takes memory to be: a word for each address, 0 where nothing else is said, and
 * what a real memory would throw is thrown. Bytes are filled and copied one by one.
 */
import type { Memory } from "#impl";
import { assert } from "#support";
import type { Address, ByteCount } from "#units";

const WORD_SIZE = 4;

export class SparseMemory implements Memory {
  readonly start: Address;
  readonly size: ByteCount;
  readonly #words: Map<number, number>;

  constructor(start: Address, size: ByteCount, words: Iterable<readonly [number, number]>) {
    this.start = start;
    this.size = size;
    this.#words = new Map(words);
  }

  readWord(address: Address): number {
    this.#assertWord(address);
    return this.#words.get(address) ?? 0;
  }

  writeWord(address: Address, value: number): void {
    this.#assertWord(address);
    assert(0 <= value && value < 2 ** 32, "a word has 32 bits");
    this.#words.set(address, value);
  }

  fill(start: Address, count: ByteCount, value: number): void {
    this.#assertInside(start, count);
    for (let offset = 0; offset < count; offset++) this.#setByte(start + offset, value);
  }

  copy(target: Address, source: Address, count: ByteCount): void {
    this.#assertInside(target, count);
    this.#assertInside(source, count);
    const bytes = Array.from({ length: count }, (_, offset) => this.#byteAt(source + offset));
    for (const [offset, byte] of bytes.entries()) this.#setByte(target + offset, byte);
  }

  #byteAt(address: number): number {
    const word = this.#words.get(address - (address % WORD_SIZE)) ?? 0;
    return Math.floor(word / 256 ** (address % WORD_SIZE)) % 256;
  }

  #setByte(address: number, value: number): void {
    const at = address - (address % WORD_SIZE);
    const change = (value - this.#byteAt(address)) * 256 ** (address % WORD_SIZE);
    this.#words.set(at, (this.#words.get(at) ?? 0) + change);
  }

  #assertWord(address: number): void {
    this.#assertInside(address, WORD_SIZE);
    assert(address % WORD_SIZE === 0, "a word lies at a multiple of 4");
  }

  #assertInside(from: number, count: number): void {
    const isInside = this.start <= from && from + count <= this.start + this.size;
    assert(count >= 0 && isInside, "only memory that exists is used");
  }
}
