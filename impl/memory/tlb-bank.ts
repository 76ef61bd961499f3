/**
 * The translations of one page size that a core keeps: sets of a few ways, in two flat arrays.
 *
 *     slot     0       1       …  ways-1 │ ways  …           a set is a row of `ways` slots
 *     key      address of the first byte of the page, plus the tag of its space; -1 if empty
 *     cell     ├── frame, 20 bits ──┼── rights, 12 bits ──┤
 *
 * A page starts at a multiple of 4096 and a tag has 12 bits, so their sum says both, and one comparison
 * of doubles finds a page. An address comes as its two words all the same, the low one with a sign:
 * at a call that is not inlined, the engine boxes a double, and an integer of 2^31 or more.
 *
 * A global page has one half in place of a tag, and is looked for last. A cell is laid out as the low word
 * of an entry is: memory of at most 4 GiB has frames of 20 bits, and what is left to do in a hit is to
 * put the offset where the rights are.
 *
 * The set of a page is the lowest bits of its number. In a full set the ways are replaced in turn.
 */
import { assert, demand } from "#support";
import type { FrameNumber, VirtualAddress } from "#units";
import type { PageRights } from "./page-rights.ts";

/** The tag of a page that every address space has. */
export const ANY_SPACE = 4096;

/** No translation is kept. */
export const NO_SLOT = -1;

const EMPTY = -1;

/** What stands in a key of a global page in place of a tag: no tag is a fraction. */
const EVERYWHERE = 0.5;

/** Memory of 4 GiB. */
const FRAME_COUNT = 2 ** 20;

export interface BankSize {
  /** How many sets, a power of two up to 4096. */
  readonly sets: number;
  readonly ways: number;
}

export class TlbBank {
  readonly slotCount: number;
  readonly #ways: number;
  readonly #mask: number;
  readonly #shift: number;
  readonly #offsets: number;
  readonly #keys: Float64Array;
  readonly #cells: Int32Array;
  readonly #turns: Int32Array;
  #count: number;
  #globalCount: number;

  /** A bank of pages of 2^`shift` bytes. */
  constructor({ sets, ways }: BankSize, shift: 12 | 21 | 30) {
    demand(sets >= 1 && sets <= 4096 && (sets & (sets - 1)) === 0, "sets are a power of two");
    demand(Number.isInteger(ways) && ways >= 1, "a set has a way");

    this.slotCount = sets * ways;
    this.#ways = ways;
    this.#mask = sets - 1;
    this.#shift = shift;
    this.#offsets = 2 ** shift - 1;
    this.#keys = new Float64Array(this.slotCount).fill(EMPTY);
    this.#cells = new Int32Array(this.slotCount);
    this.#turns = new Int32Array(sets);
    this.#count = 0;
    this.#globalCount = 0;
  }

  /** How many translations are kept. */
  count(): number {
    return this.#count;
  }

  /** The slot of the page that the address of two words is in, or `NO_SLOT`, which is negative. */
  find(high: number, low: number, space: number): number {
    const key = high * 2 ** 32 + ((low & ~this.#offsets) >>> 0) + space;
    const begin = ((low >>> this.#shift) & this.#mask) * this.#ways;
    const end = begin + this.#ways;
    for (let slot = begin; slot < end; slot++) {
      if (this.#keys[slot] === key) return slot;
    }
    return this.#globalCount === 0 ? NO_SLOT : this.#findGlobal(high, low);
  }

  /** The slot that the page of an address is to have: an empty one of its set, or the next in turn. */
  place(low: number): number {
    const set = (low >>> this.#shift) & this.#mask;
    const begin = set * this.#ways;
    for (let slot = begin; slot < begin + this.#ways; slot++) {
      if (this.#keys[slot] === EMPTY) return slot;
    }
    const turn = this.#turns[set] as number;
    this.#turns[set] = turn + 1 === this.#ways ? 0 : turn + 1;
    return begin + turn;
  }

  /** Keeps a translation in `slot`, which is empty; `high` and `low` say where the page starts. */
  keep(
    slot: number,
    high: number,
    low: number,
    space: number,
    frame: number,
    rights: number,
  ): void {
    assert(this.isEmpty(slot), "a translation is kept in an empty slot");
    assert((low & this.#offsets) === 0, "a page starts at a multiple of its size");
    assert(
      frame >= 0 && frame < FRAME_COUNT,
      "a core keeps frames of memory, which has 4 GiB at most",
    );

    if (space === ANY_SPACE) this.#globalCount++;
    this.#count++;
    const first = high * 2 ** 32 + (low >>> 0);
    this.#keys[slot] = first + (space === ANY_SPACE ? EVERYWHERE : space);
    this.#cells[slot] = (frame << 12) | rights;
  }

  /** Empties `slot`. */
  drop(slot: number): void {
    assert(!this.isEmpty(slot), "only what is kept is dropped");
    if (this.spaceAt(slot) === ANY_SPACE) this.#globalCount--;
    this.#count--;
    this.#keys[slot] = EMPTY;
  }

  isEmpty(slot: number): boolean {
    return this.#keys[slot] === EMPTY;
  }

  /** The frame and the rights of what is kept in `slot`, in one word. */
  cellAt(slot: number): number {
    return this.#cells[slot] as number;
  }

  firstAt(slot: number): VirtualAddress {
    return (Math.floor((this.#keys[slot] as number) / 4096) * 4096) as VirtualAddress;
  }

  spaceAt(slot: number): number {
    const tag = (this.#keys[slot] as number) - this.firstAt(slot);
    return tag === EVERYWHERE ? ANY_SPACE : tag;
  }

  frameAt(slot: number): FrameNumber {
    return (this.cellAt(slot) >>> 12) as FrameNumber;
  }

  rightsAt(slot: number): PageRights {
    return (this.cellAt(slot) & 0xfff) as PageRights;
  }

  /** The same among the pages for all spaces. */
  #findGlobal(high: number, low: number): number {
    const key = high * 2 ** 32 + ((low & ~this.#offsets) >>> 0) + EVERYWHERE;
    const begin = ((low >>> this.#shift) & this.#mask) * this.#ways;
    for (let slot = begin; slot < begin + this.#ways; slot++) {
      if (this.#keys[slot] === key) return slot;
    }
    return NO_SLOT;
  }
}
