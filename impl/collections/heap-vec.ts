/**
 * Values in a row in one block that grows, in the manner of Rust's `Vec`.
 *
 *     HeapVec ──► ├─ 0 ─┼─ 1 ─┼─ 2 ─┤ … room … ┤
 *                 ├──── length ─────┤
 *                 ├──────────── capacity ──────┤
 *
 * When there is no room, the capacity is doubled, to at least 8 values of one byte, 4 of up to 1024 and
 * 1 of more: so to push n values moves less than 2n, and a vector that was never pushed to has no block.
 * Growth is refused without effect. Values of no bytes need no room.
 */
import { demand, failure, type Result, success } from "#support";
import { type Address, type ByteCount, bytes } from "#units";
import type { OutOfMemory } from "../heap/hole-list.ts";
import type { BlockSource } from "./block-source.ts";
import { dropAt, type Encoding } from "./encoding.ts";

const DONE: Result<undefined, OutOfMemory> = success(undefined);
const REFUSED: Result<undefined, OutOfMemory> = failure({ kind: "out-of-memory" });

export class HeapVec<Value> {
  #source: BlockSource;
  readonly #encoding: Encoding<Value>;
  readonly #stride: number;
  #start: Address;
  #capacity: number;
  #length: number;
  #isHeld: boolean;

  /** An empty vector, without a block. */
  constructor(source: BlockSource, encoding: Encoding<Value>) {
    const { size, align } = encoding;
    demand(size % align === 0, "values in a row are all aligned");
    this.#source = source;
    this.#encoding = encoding;
    this.#stride = size;
    this.#start = align as number as Address;
    this.#capacity = size === 0 ? Number.MAX_SAFE_INTEGER : 0;
    this.#length = 0;
    this.#isHeld = true;
  }

  get length(): number {
    return this.#length;
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Puts `value` behind the last; a refusal leaves the vector as it was, and `value` the caller's. */
  push(value: Value): Result<undefined, OutOfMemory> {
    const room = this.reserve(1);
    if (!room.ok) return room;
    this.#encoding.write(this.#source, this.#at(this.#length), value);
    this.#length += 1;
    return DONE;
  }

  /** The last value, moved out, or undefined if there is none. */
  pop(): Value | undefined {
    this.#demandHeld();
    if (this.#length === 0) return undefined;
    this.#length -= 1;
    return this.#encoding.read(this.#source, this.#at(this.#length));
  }

  /** The value at `index`, which must be a plain one. */
  get(index: number): Value {
    this.#demandIndex(index);
    demand(this.#encoding.isPlain, "what owns something is taken, not copied");
    return this.#encoding.read(this.#source, this.#at(index));
  }

  /** Puts `value` in place of the one at `index`, which is dropped. */
  set(index: number, value: Value): void {
    this.#demandIndex(index);
    dropAt(this.#source, this.#encoding, this.#at(index));
    this.#encoding.write(this.#source, this.#at(index), value);
  }

  /** The value at `index`, moved out; the last takes its place. */
  swapRemove(index: number): Value {
    this.#demandIndex(index);
    const value = this.#encoding.read(this.#source, this.#at(index));
    this.#length -= 1;
    if (index < this.#length) this.#move(this.#length, index, 1);
    return value;
  }

  /** The value at `index`, moved out; those behind it move up. */
  remove(index: number): Value {
    this.#demandIndex(index);
    const value = this.#encoding.read(this.#source, this.#at(index));
    this.#length -= 1;
    this.#move(index + 1, index, this.#length - index);
    return value;
  }

  /** Puts `value` at `index`, of those from there on one further; a refusal changes nothing. */
  insert(index: number, value: Value): Result<undefined, OutOfMemory> {
    demand(index >= 0 && index <= this.#length, "a value is put between others or at an end");
    const room = this.reserve(1);
    if (!room.ok) return room;
    this.#move(index, index + 1, this.#length - index);
    this.#encoding.write(this.#source, this.#at(index), value);
    this.#length += 1;
    return DONE;
  }

  /** Drops all values but the first `length`. */
  truncate(length: number): void {
    this.#demandHeld();
    while (this.#length > length) {
      this.#length -= 1;
      dropAt(this.#source, this.#encoding, this.#at(this.#length));
    }
  }

  /** Makes room for `more` values behind the last, and for as many again if there is none. */
  reserve(more: number): Result<undefined, OutOfMemory> {
    this.#demandHeld();
    const needed = this.#length + more;
    if (needed <= this.#capacity) return DONE;
    return this.#resize(Math.max(this.#capacity * 2, needed, leastCapacity(this.#stride)));
  }

  /** Gives back the room that no value is in; a refusal changes nothing. */
  shrinkToFit(): Result<undefined, OutOfMemory> {
    this.#demandHeld();
    if (this.#stride === 0 || this.#length === this.#capacity) return DONE;
    if (this.#length > 0) return this.#resize(this.#length);
    this.#free();
    this.#capacity = 0;
    return DONE;
  }

  /** From now on `source` frees the block, which is of the same heap. Nothing is copied. */
  passTo(source: BlockSource): void {
    this.#demandHeld();
    demand(source.heap === this.#source.heap, "a vector is passed on within one heap");
    this.#source = source;
  }

  /** Drops all values and frees the block; the vector is used up. */
  drop(): void {
    this.truncate(0);
    this.#free();
    this.#isHeld = false;
  }

  #resize(capacity: number): Result<undefined, OutOfMemory> {
    if (capacity * this.#stride > Number.MAX_SAFE_INTEGER) return REFUSED;
    const { align } = this.#encoding;
    const size = this.#bytesOf(capacity);
    const placed =
      this.#capacity === 0
        ? this.#source.alloc(size, align)
        : this.#source.realloc(this.#start, this.#bytesOf(this.#capacity), align, size);
    if (!placed.ok) return REFUSED;
    this.#start = placed.value;
    this.#capacity = capacity;
    return DONE;
  }

  #free(): void {
    if (this.#stride === 0 || this.#capacity === 0) return;
    this.#source.dealloc(this.#start, this.#bytesOf(this.#capacity), this.#encoding.align);
  }

  #move(from: number, to: number, count: number): void {
    const { memory } = this.#source;
    if (count > 0) memory.copy(this.#at(to), this.#at(from), this.#bytesOf(count));
  }

  #at(index: number): Address {
    return (this.#start + index * this.#stride) as Address;
  }

  #bytesOf(count: number): ByteCount {
    return bytes(count * this.#stride);
  }

  #demandHeld(): void {
    demand(this.#isHeld, "a vector is used until it is dropped");
  }

  #demandIndex(index: number): void {
    this.#demandHeld();
    demand(index >= 0 && index < this.#length, "an index is below the length");
  }
}

/** The smallest capacity that is worth a block, for values of `size` bytes. */
function leastCapacity(size: number): number {
  if (size === 1) return 8;
  return size <= 1024 ? 4 : 1;
}
