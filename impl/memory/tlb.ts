/**
 * What one core remembers of walks: a bank for each page size, and what removes from them.
 *
 * A translation is kept under the tag of its address space, or for all spaces if its page is global.
 * It is removed by its owner's wish (`invalidate`, `flush`), for want of room, or at any moment by
 * whoever plays the processor's freedom (`evict`). What it says is not looked up again before that: this
 * is what makes a stale translation possible, and a shootdown necessary.
 */
import {
  type CoreId,
  type FrameNumber,
  firstByteOf,
  highWord,
  type LeafLevel,
  lowWord,
  type PageNumber,
  pageContaining,
} from "#units";
import { DEAF_HARDWARE, type HardwareObserver } from "./hardware-observer.ts";
import type { PageRights } from "./page-rights.ts";
import { GLOBAL } from "./page-table-entry.ts";
import { ANY_SPACE, type BankSize, NO_SLOT, TlbBank } from "./tlb-bank.ts";

/** How many translations of each page size a core keeps: of 4 KiB, of 2 MiB and of 1 GiB. */
export interface TlbSize {
  readonly small: BankSize;
  readonly large: BankSize;
  readonly largest: BankSize;
}

/** 256 small pages, 32 large ones and 4 of the largest: a mebibyte without a walk. */
export const USUAL_TLB: TlbSize = {
  small: { sets: 64, ways: 4 },
  large: { sets: 8, ways: 4 },
  largest: { sets: 1, ways: 4 },
};

/** A translation that is kept, for those who look. */
export interface KeptTranslation {
  /** The first page of the leaf. */
  readonly page: PageNumber;
  readonly level: LeafLevel;
  /** The tag of its space, or `ANY_SPACE`. */
  readonly space: number;
  readonly frame: FrameNumber;
  readonly rights: PageRights;
}

export class Tlb {
  readonly core: CoreId;
  readonly small: TlbBank;
  readonly large: TlbBank;
  readonly largest: TlbBank;
  readonly #observer: HardwareObserver;
  /** The number of a page is boxed on its way to an observer, so nobody is told when nobody hears. */
  readonly #isWatched: boolean;

  constructor(core: CoreId, size: TlbSize = USUAL_TLB, observer: HardwareObserver = DEAF_HARDWARE) {
    this.core = core;
    this.small = new TlbBank(size.small, 12);
    this.large = new TlbBank(size.large, 21);
    this.largest = new TlbBank(size.largest, 30);
    this.#observer = observer;
    this.#isWatched = observer !== DEAF_HARDWARE;
  }

  /** The bank of the pages of `level`. */
  bank(level: LeafLevel): TlbBank {
    if (level === 1) return this.small;
    return level === 2 ? this.large : this.largest;
  }

  /** Keeps what a walk for the address of two words found, instead of what was kept of that page. */
  fill(
    high: number,
    low: number,
    space: number,
    level: LeafLevel,
    frame: FrameNumber,
    rights: PageRights,
  ): void {
    const bank = this.bank(level);
    const size = level === 1 ? 0x1000 : level === 2 ? 0x20_0000 : 0x4000_0000;
    const tag = (rights & GLOBAL) === 0 ? space : ANY_SPACE;
    let kept = bank.find(high, low, space);
    const slot = kept === NO_SLOT ? bank.place(low) : kept;
    // A page may be kept twice, as `dropFrom` says: what is left would be found instead, or come again.
    while (kept !== NO_SLOT) {
      this.evict(level, kept);
      kept = bank.find(high, low, space);
    }
    if (!bank.isEmpty(slot)) this.evict(level, slot);
    bank.keep(slot, high, low & -size, tag, frame, rights);
    if (!this.#isWatched) return;
    const page = pageContaining(bank.firstAt(slot));
    this.#observer.filled(this.core, tag, page, level, frame, rights);
  }

  /** Drops what is kept in `slot` of the bank of `level`, as a processor may at any moment. */
  evict(level: LeafLevel, slot: number): void {
    const bank = this.bank(level);
    const page = pageContaining(bank.firstAt(slot));
    const tag = bank.spaceAt(slot);
    bank.drop(slot);
    if (this.#isWatched) this.#observer.evicted(this.core, tag, page, level);
  }

  /** Drops every translation that `page` has in `space`, of any size, and for all spaces. */
  invalidate(page: PageNumber, space: number): void {
    const address = firstByteOf(page);
    const high = highWord(address);
    const low = lowWord(address) | 0;
    dropFrom(this.small, high, low, space);
    if (this.large.count() > 0) dropFrom(this.large, high, low, space);
    if (this.largest.count() > 0) dropFrom(this.largest, high, low, space);
    this.#observer.invalidated(this.core, space, page);
  }

  /** Drops every translation of `space`, but not those for all spaces. */
  flushSpace(space: number): void {
    for (const bank of this.#banks()) dropAll(bank, space);
    this.#observer.flushed(this.core, space, "space");
  }

  /** Drops everything. */
  flushAll(): void {
    for (const bank of this.#banks()) dropAll(bank, undefined);
    this.#observer.flushed(this.core, ANY_SPACE, "all");
  }

  /** Everything that is kept. */
  kept(): readonly KeptTranslation[] {
    return ([1, 2, 3] as const).flatMap((level) => {
      const bank = this.bank(level);
      return Array.from({ length: bank.slotCount }, (_, slot) => slot)
        .filter((slot) => !bank.isEmpty(slot))
        .map((slot) => ({
          page: pageContaining(bank.firstAt(slot)),
          level,
          space: bank.spaceAt(slot),
          frame: bank.frameAt(slot),
          rights: bank.rightsAt(slot),
        }));
    });
  }

  #banks(): readonly TlbBank[] {
    return [this.small, this.large, this.largest];
  }
}

/** A page may be kept twice, for its space and, from before it was changed, for all of them. */
function dropFrom(bank: TlbBank, high: number, low: number, space: number): void {
  let slot = bank.find(high, low, space);
  while (slot !== NO_SLOT) {
    bank.drop(slot);
    slot = bank.find(high, low, space);
  }
}

function dropAll(bank: TlbBank, space: number | undefined): void {
  if (bank.count() === 0) return;
  for (let slot = 0; slot < bank.slotCount; slot++) {
    if (bank.isEmpty(slot)) continue;
    if (space === undefined || bank.spaceAt(slot) === space) bank.drop(slot);
  }
}
