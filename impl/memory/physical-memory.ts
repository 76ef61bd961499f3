/**
 * Physical memory: one buffer, as frames with entries and as a row of bytes.
 *
 *     address   0             4096          8192
 *               ├── frame 0 ──┼── frame 1 ──┼── …           64 MiB / 4 KiB = 16,384 frames
 *     slot      0             1024          2048            of an entry: that of its low word
 *
 * It is at most 4 GiB, which is asserted once: a frame's number then has 20 bits and the number of a
 * word 30, so both are small integers and shifts of them lose nothing. A processor that is told of a
 * frame beyond would read what no memory answers; here that is a contradiction, and is reported.
 */
import { assert, demand, InvariantViolation } from "#support";
import {
  type Address,
  address,
  type Branded,
  type ByteCount,
  bytes,
  type FrameNumber,
  isAligned,
  type TableIndex,
  type Word32,
} from "#units";
import type { Column } from "./column.ts";
import type { Memory } from "./memory.ts";
import { WordColumn } from "./word-column.ts";

/** Where the low word of an entry lies, counted in words; the high word is the next one. */
export type EntrySlot = Branded<"EntrySlot">;

const FRAME_SIZE = 4096;
const SIZE_MAX = 2 ** 32;
const SIZE_USUAL = 2 ** 26;

export class PhysicalMemory implements Memory {
  readonly start: Address = address(0);
  readonly size: ByteCount;
  readonly frameCount: number;
  /** The words as a column, for a processor that walks. */
  readonly words: Column;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;

  /** Makes memory of `size` bytes, all of them zero. */
  constructor(size: number = SIZE_USUAL) {
    demand(isAligned(size, FRAME_SIZE) && size >= 0, "memory is a whole number of frames");
    demand(size <= SIZE_MAX, "one buffer holds at most 4 GiB");

    const buffer = new ArrayBuffer(size);
    this.size = bytes(size);
    this.frameCount = size / FRAME_SIZE;
    this.words = new WordColumn(new Int32Array(buffer));
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
  }

  /** The slot of entry `index` of the table in `table`. */
  slot(table: FrameNumber, index: TableIndex): EntrySlot {
    assert(table >= 0 && table < this.frameCount, "a table lies in memory");
    return ((table << 10) | (index << 1)) as EntrySlot;
  }

  lowAt(slot: EntrySlot): Word32 {
    return this.#words[slot] as Word32;
  }

  highAt(slot: EntrySlot): Word32 {
    return this.#words[slot + 1] as Word32;
  }

  setEntry(slot: EntrySlot, high: Word32, low: Word32): void {
    this.#words[slot] = low;
    this.#words[slot + 1] = high;
  }

  /** Makes every byte of `frame` zero. */
  clearFrame(frame: FrameNumber): void {
    assert(frame >= 0 && frame < this.frameCount, "a frame lies in memory");
    this.#words.fill(0, frame << 10, (frame << 10) + 1024);
  }

  // So short that the engine copies both into whoever calls them: a heap does little else than this. Where
  // it does not, a word of 2^31 or more comes as a double, of which `| 0` takes the bits at once.
  readWord(at: Address): number {
    return this.#words[at / 4] ?? nowhere();
  }

  writeWord(at: Address, value: number): void {
    const words = this.#words;
    const index = at / 4;
    if (words[index] === undefined) writtenNowhere();
    words[index] = value | 0;
  }

  fill(start: Address, count: ByteCount, value: number): void {
    assert(start >= 0 && start + count <= this.size, "only memory that exists is written");
    this.#bytes.fill(value, start, start + count);
  }

  copy(target: Address, source: Address, count: ByteCount): void {
    assert(source >= 0 && source + count <= this.size, "only memory that exists is read");
    assert(target >= 0 && target + count <= this.size, "only memory that exists is written");
    this.#bytes.copyWithin(target, source, source + count);
  }

  /** The bytes themselves, the first at index 0: for those who watch. */
  bytes(): Uint8Array {
    return this.#bytes;
  }
}

function nowhere(): never {
  throw new InvariantViolation("only words that exist are read");
}

function writtenNowhere(): never {
  throw new InvariantViolation("only words that exist are written");
}
