/**
 * One value in a block of its own, in the manner of Rust's `Box`.
 *
 *     HeapBox ──► ├── value ──┤          size and alignment of its encoding; none for a value of no bytes
 *
 * A box owns its block and is used up by whatever ends that: it is dropped, its value is taken out, or it
 * is passed on. To pass it to another core copies nothing; to copy it into another heap costs its bytes,
 * which is what heaps that share nothing pay.
 */
import { demand, type Result, success } from "#support";
import type { Address } from "#units";
import type { OutOfMemory } from "../heap/hole-list.ts";
import type { BlockSource } from "./block-source.ts";
import { dropAt, type Encoding, ownerEncoding } from "./encoding.ts";

export class HeapBox<Value> {
  readonly #source: BlockSource;
  readonly #encoding: Encoding<Value>;
  readonly #at: Address;
  #isHeld: boolean;

  private constructor(source: BlockSource, encoding: Encoding<Value>, at: Address) {
    this.#source = source;
    this.#encoding = encoding;
    this.#at = at;
    this.#isHeld = true;
  }

  /** A box with `value` in it. */
  static of<Value>(
    source: BlockSource,
    encoding: Encoding<Value>,
    value: Value,
  ): Result<HeapBox<Value>, OutOfMemory> {
    const placed = place(source, encoding);
    if (!placed.ok) return placed;
    encoding.write(source, placed.value, value);
    return success(new HeapBox(source, encoding, placed.value));
  }

  /** The box that became the address `at`, as what `source` frees. */
  static fromRaw<Value>(
    source: BlockSource,
    encoding: Encoding<Value>,
    at: Address,
  ): HeapBox<Value> {
    return new HeapBox(source, encoding, at);
  }

  /** How boxes lie in other collections. */
  static encoding<Value>(encoding: Encoding<Value>): Encoding<HeapBox<Value>> {
    return ownerEncoding((source, at) => HeapBox.fromRaw(source, encoding, at));
  }

  /** The value, which must be a plain one: any other would have two owners. */
  get(): Value {
    this.#demandHeld();
    demand(this.#encoding.isPlain, "what owns something is taken, not copied");
    return this.#encoding.read(this.#source, this.#at);
  }

  /** Puts `value` in place of the one that was there, which is dropped. */
  set(value: Value): void {
    this.#demandHeld();
    dropAt(this.#source, this.#encoding, this.#at);
    this.#encoding.write(this.#source, this.#at, value);
  }

  /** The value, moved out; the box is used up. */
  take(): Value {
    this.#end();
    const value = this.#encoding.read(this.#source, this.#at);
    this.#free();
    return value;
  }

  /** Drops the value and frees the block; the box is used up. */
  drop(): void {
    this.#end();
    dropAt(this.#source, this.#encoding, this.#at);
    this.#free();
  }

  /** The address of the value, whose owner is whoever has it; the box is used up. */
  intoRaw(): Address {
    this.#end();
    return this.#at;
  }

  /** The same box, freed from now on by `source`, which is of the same heap. Nothing is copied. */
  passTo(source: BlockSource): HeapBox<Value> {
    demand(source.heap === this.#source.heap, "a box is passed on within one heap");
    this.#end();
    return new HeapBox(source, this.#encoding, this.#at);
  }

  /** A box of `source` with the same bytes; this one is used up, unless that is refused. */
  copyTo(source: BlockSource): Result<HeapBox<Value>, OutOfMemory> {
    this.#demandHeld();
    demand(this.#encoding.isPlain, "what owns something is moved, not copied");
    const placed = place(source, this.#encoding);
    if (!placed.ok) return placed;
    this.#encoding.write(source, placed.value, this.#encoding.read(this.#source, this.#at));
    this.drop();
    return success(new HeapBox(source, this.#encoding, placed.value));
  }

  /** Whether the box has not been used up. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  #demandHeld(): void {
    demand(this.#isHeld, "a box is used until it is used up");
  }

  #end(): void {
    this.#demandHeld();
    this.#isHeld = false;
  }

  #free(): void {
    const { size, align } = this.#encoding;
    if (size > 0) this.#source.dealloc(this.#at, size, align);
  }
}

/** A block for one value; what has no bytes lies anywhere that is aligned. */
function place(
  source: BlockSource,
  { size, align }: Encoding<unknown>,
): Result<Address, OutOfMemory> {
  return size === 0 ? success(align as number as Address) : source.alloc(size, align);
}
