/**
 * One value with many owners, in the manner of Rust's `Arc`: it is dropped when the last of them goes.
 *
 *     HeapArc ──┐
 *     HeapArc ──┼──► ├ strong ┼ weak ┤ … ├──── value ────┤
 *     HeapWeak ─┘    0        4      8   first multiple of the alignment
 *
 *     strong    how many owners there are: the value is there while this is not 0
 *     weak      how many observers, and one more while there are owners: the block is there while this is
 *               not 0
 *
 * The counts lie in the block, so owners on different cores share them. A section is atomic here, so a
 * count is read and written in one without more ado.
 */
import { demand, type Result, success } from "#support";
import { type Address, type Alignment, type ByteCount, bytes, roundUp } from "#units";
import type { OutOfMemory } from "../heap/hole-list.ts";
import type { BlockSource } from "./block-source.ts";
import { dropAt, type Encoding, ownerEncoding } from "./encoding.ts";

const WEAK_OFFSET = 4;
const HEADER_SIZE = 8;
const COUNT_MAX = 0x7fff_ffff;

export class HeapArc<Value> {
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

  /** The first owner of `value`. */
  static of<Value>(
    source: BlockSource,
    encoding: Encoding<Value>,
    value: Value,
  ): Result<HeapArc<Value>, OutOfMemory> {
    const placed = source.alloc(sizeOf(encoding), alignOf(encoding));
    if (!placed.ok) return placed;
    const at = placed.value;
    source.memory.writeWord(at, 1);
    source.memory.writeWord((at + WEAK_OFFSET) as Address, 1);
    encoding.write(source, valueAt(at, encoding), value);
    return success(new HeapArc(source, encoding, at));
  }

  /** The owner that became the address `at`, as what `source` frees. */
  static fromRaw<Value>(
    source: BlockSource,
    encoding: Encoding<Value>,
    at: Address,
  ): HeapArc<Value> {
    return new HeapArc(source, encoding, at);
  }

  /** How owners lie in other collections. */
  static encoding<Value>(encoding: Encoding<Value>): Encoding<HeapArc<Value>> {
    return ownerEncoding((source, at) => HeapArc.fromRaw(source, encoding, at));
  }

  /** The value, which must be a plain one. */
  get(): Value {
    this.#demandHeld();
    demand(this.#encoding.isPlain, "what owns something is taken, not copied");
    return this.#encoding.read(this.#source, valueAt(this.#at, this.#encoding));
  }

  /** Another owner, which `source` frees if it is the last. */
  clone(source: BlockSource = this.#source): HeapArc<Value> {
    this.#demandHeld();
    demand(source.heap === this.#source.heap, "owners share one heap");
    count(source, this.#at, 1);
    return new HeapArc(source, this.#encoding, this.#at);
  }

  /** Somebody who knows of the value and does not keep it. */
  downgrade(): HeapWeak<Value> {
    this.#demandHeld();
    count(this.#source, (this.#at + WEAK_OFFSET) as Address, 1);
    return new HeapWeak(this.#source, this.#encoding, this.#at);
  }

  /** The value, moved out, if this is its only owner, which is then used up; else undefined. */
  tryTake(): Value | undefined {
    this.#demandHeld();
    if (this.strongCount !== 1) return undefined;
    const value = this.#encoding.read(this.#source, valueAt(this.#at, this.#encoding));
    this.#isHeld = false;
    count(this.#source, this.#at, -1);
    forgetOne(this.#source, this.#encoding, this.#at);
    return value;
  }

  /** One owner less; the last drops the value. */
  drop(): void {
    this.#demandHeld();
    this.#isHeld = false;
    if (count(this.#source, this.#at, -1) > 0) return;
    dropAt(this.#source, this.#encoding, valueAt(this.#at, this.#encoding));
    forgetOne(this.#source, this.#encoding, this.#at);
  }

  /** The address of the block, whose owner is whoever has it; this one is used up. */
  intoRaw(): Address {
    this.#demandHeld();
    this.#isHeld = false;
    return this.#at;
  }

  get strongCount(): number {
    this.#demandHeld();
    return this.#source.memory.readWord(this.#at);
  }

  get weakCount(): number {
    this.#demandHeld();
    return this.#source.memory.readWord((this.#at + WEAK_OFFSET) as Address) - 1;
  }

  #demandHeld(): void {
    demand(this.#isHeld, "an owner is used until it is used up");
  }
}

/** Somebody who knows of a value with many owners, and does not keep it. */
export class HeapWeak<Value> {
  readonly #source: BlockSource;
  readonly #encoding: Encoding<Value>;
  readonly #at: Address;
  #isHeld: boolean;

  constructor(source: BlockSource, encoding: Encoding<Value>, at: Address) {
    this.#source = source;
    this.#encoding = encoding;
    this.#at = at;
    this.#isHeld = true;
  }

  /** An owner of the value, or undefined if it is gone. */
  upgrade(): HeapArc<Value> | undefined {
    demand(this.#isHeld, "an observer is used until it is dropped");
    if (this.#source.memory.readWord(this.#at) === 0) return undefined;
    count(this.#source, this.#at, 1);
    return HeapArc.fromRaw(this.#source, this.#encoding, this.#at);
  }

  drop(): void {
    demand(this.#isHeld, "an observer is used until it is dropped");
    this.#isHeld = false;
    forgetOne(this.#source, this.#encoding, this.#at);
  }
}

/** Adds `by` to the count at `at`, and answers what it is then. */
function count({ memory }: BlockSource, at: Address, by: 1 | -1): number {
  const before = memory.readWord(at);
  demand(before > 0 && before < COUNT_MAX, "a value has owners that can be counted");
  memory.writeWord(at, before + by);
  return before + by;
}

/** One observer less, or the owners as a whole; the last frees the block. */
function forgetOne(source: BlockSource, encoding: Encoding<unknown>, at: Address): void {
  if (count(source, (at + WEAK_OFFSET) as Address, -1) > 0) return;
  source.dealloc(at, sizeOf(encoding), alignOf(encoding));
}

function valueAt(at: Address, { align }: Encoding<unknown>): Address {
  return (at + roundUp(HEADER_SIZE, align)) as Address;
}

function sizeOf({ size, align }: Encoding<unknown>): ByteCount {
  return bytes(roundUp(HEADER_SIZE, align) + size);
}

function alignOf({ align }: Encoding<unknown>): Alignment {
  return (align < 4 ? 4 : align) as Alignment;
}
