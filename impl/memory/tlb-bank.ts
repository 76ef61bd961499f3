/**
 * The translations of one page size that a core keeps: sets of a few ways, in flat arrays.
 *
 * What is in the arrays, and each step that changes them, is in `tlb-set.ts`; a bank owns them, counts what they
 * keep, and knows where the parts of a page's number are in an address. This comes as its two words, the low
 * one with a sign: at a call that is not inlined, the engine boxes a double, and an integer of 2^31 or
 * more.
 *
 *     high        ├── upper 16 bits of the page ──┤
 *     low         ├── lower 20 bits of the page ──┼── offset, 12 bits ──┤
 *
 * One loop stands here too, that of a hit: it reads the arrays themselves, and asserts nothing. That it finds
 * what `slotWith` finds is tested; everything else that runs is proved.
 *
 * The set of a page is the lowest bits of its number, in pages of its size. In a full set the ways are replaced in
 * turn. A global page has a tag of its own; where a page is kept under both, that of the space is meant.
 */
import { assert, demand } from "#support";
import type { FrameNumber, VirtualAddress } from "#units";
import type { PageRights } from "./page-rights.ts";
import { PlainColumn } from "./plain-column.ts";
import {
  ANY_SPACE,
  dropFromSlot,
  fillSet,
  invalidateInSet,
  isEmptySlot,
  NO_SLOT,
  type TlbColumns,
} from "./tlb-set.ts";

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
  /** The bits of a low word that are those of a page. */
  readonly #page: number;
  readonly #lows: Int32Array;
  readonly #tops: Int32Array;
  readonly #cells: Int32Array;
  readonly #columns: TlbColumns;
  readonly #forget: (slot: number) => void;
  readonly #replace: (slot: number) => void;
  #count: number;

  /**
   * A bank of pages of 2^`shift` bytes; `onDrop` hears of each slot that is about to be emptied, for
   * whatever reason, and `onReplace` before that of each one that is emptied by a fill.
   */
  constructor(
    { sets, ways }: BankSize,
    shift: 12 | 21 | 30,
    onDrop: (slot: number) => void = () => {},
    onReplace: (slot: number) => void = () => {},
  ) {
    demand(sets >= 1 && sets <= 4096 && (sets & (sets - 1)) === 0, "sets are a power of two");
    demand(Number.isInteger(ways) && ways >= 1, "a set has a way");

    this.slotCount = sets * ways;
    this.#ways = ways;
    this.#mask = sets - 1;
    this.#shift = shift;
    this.#page = ~(2 ** shift - 1);
    this.#lows = new Int32Array(this.slotCount);
    this.#tops = new Int32Array(this.slotCount).fill(-1);
    this.#cells = new Int32Array(this.slotCount);
    this.#columns = {
      ways,
      lows: new PlainColumn(this.#lows),
      tops: new PlainColumn(this.#tops),
      cells: new PlainColumn(this.#cells),
      turns: new PlainColumn(new Int32Array(sets)),
    };
    this.#forget = (slot) => {
      this.#count--;
      onDrop(slot);
    };
    this.#replace = (slot) => {
      onReplace(slot);
      this.#forget(slot);
    };
    this.#count = 0;
  }

  /** How many translations are kept. */
  count(): number {
    return this.#count;
  }

  /** The slot of the page that the address of two words is in, or `NO_SLOT`, which is negative. */
  find(high: number, low: number, space: number): number {
    const begin = ((low >>> this.#shift) & this.#mask) * this.#ways;
    const end = begin + this.#ways;
    const page = (low & this.#page) >>> 12;
    const top = space * 2 ** 16 + high;
    const everywhere = ANY_SPACE * 2 ** 16 + high;
    let found = NO_SLOT;
    for (let slot = begin; slot < end; slot++) {
      if (this.#lows[slot] !== page) continue;
      const kept = this.#tops[slot];
      if (kept === top) return slot;
      if (kept === everywhere) found = slot;
    }
    return found;
  }

  /** Keeps a translation of that page instead of what was kept of it, and answers its slot. */
  fill(high: number, low: number, space: number, frame: FrameNumber, rights: PageRights): number {
    const set = (low >>> this.#shift) & this.#mask;
    const page = (low & this.#page) >>> 12;
    const columns = this.#columns;
    const slot = fillSet(columns, set, high, page, space, frame, rights, this.#replace);

    this.#count++;
    assert(this.#count <= this.slotCount, "a slot keeps one translation");
    return slot;
  }

  /** Drops all that is kept of that page for `space`, and for all spaces. */
  invalidate(high: number, low: number, space: number): void {
    const set = (low >>> this.#shift) & this.#mask;
    const page = (low & this.#page) >>> 12;
    invalidateInSet(this.#columns, set, high, page, space, this.#forget);
  }

  /** Empties `slot`. */
  drop(slot: number): void {
    assert(!this.isEmpty(slot), "only what is kept is dropped");
    this.#forget(slot);
    dropFromSlot(this.#columns, slot);
  }

  isEmpty(slot: number): boolean {
    return isEmptySlot(this.#columns, slot);
  }

  /** The frame and the rights of what is kept in `slot`, in one word. */
  cellAt(slot: number): number {
    return this.#cells[slot] as number;
  }

  firstAt(slot: number): VirtualAddress {
    const { lows, tops } = this.#columns;
    const high = tops.read(slot) & 0xffff;
    return (high * 2 ** 32 + lows.read(slot) * 4096) as VirtualAddress;
  }

  /** The upper 16 bits of the number of the page in `slot`. */
  highAt(slot: number): number {
    return (this.#tops[slot] as number) & 0xffff;
  }

  /** The lowest 20 bits of the number of the page in `slot`. */
  lowAt(slot: number): number {
    return this.#lows[slot] as number;
  }

  spaceAt(slot: number): number {
    return this.#columns.tops.read(slot) >>> 16;
  }

  frameAt(slot: number): FrameNumber {
    return (this.cellAt(slot) >>> 12) as FrameNumber;
  }

  rightsAt(slot: number): PageRights {
    return (this.cellAt(slot) & 0xfff) as PageRights;
  }
}
