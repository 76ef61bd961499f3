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
import { type BankSize, TlbBank } from "./tlb-bank.ts";
import { ANY_SPACE } from "./tlb-set.ts";

/** How many translations of each page size a core keeps: of 4 KiB, of 2 MiB and of 1 GiB. */
export interface TlbSize {
  readonly small: BankSize;
  readonly large: BankSize;
  readonly largest: BankSize;
}

/**
 * 2048 small pages, 32 large ones and 4 of the largest: 8 MiB without a walk.
 *
 * As much as the second level of a core of our days keeps, which is 1,536 to 3,072 small pages. A heap touches
 * one page of 4 KiB for each slab page of 8 KiB, and a miss costs ten times as much as a hit: with 256
 * pages, a program with 9 MiB of live blocks spent nearly half of its calls' time in walks.
 */
export const USUAL_TLB: TlbSize = {
  small: { sets: 512, ways: 4 },
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

/** Is told what a TLB is about to keep no more, by whoever goes by what it keeps. */
export interface DropListener {
  /** A page of 4 KiB whose number has these upper 16 and lowest 20 bits. */
  droppedSmall(high: number, low: number): void;
  /** A larger page. */
  droppedLarge(): void;
}

export class Tlb {
  readonly core: CoreId;
  readonly small: TlbBank;
  readonly large: TlbBank;
  readonly largest: TlbBank;
  readonly #observer: HardwareObserver;
  /** The number of a page is boxed on its way to an observer, so nobody is told when nobody hears. */
  readonly #isWatched: boolean;
  readonly #listeners: DropListener[];

  constructor(core: CoreId, size: TlbSize = USUAL_TLB, observer: HardwareObserver = DEAF_HARDWARE) {
    this.core = core;
    this.#listeners = [];
    const onSmall = (slot: number): void => this.#tellDropped(slot);
    const onLarge = (): void => {
      for (const listener of this.#listeners) listener.droppedLarge();
    };
    this.small = new TlbBank(size.small, 12, onSmall, (slot) => this.#tellEvicted(1, slot));
    this.large = new TlbBank(size.large, 21, onLarge, (slot) => this.#tellEvicted(2, slot));
    this.largest = new TlbBank(size.largest, 30, onLarge, (slot) => this.#tellEvicted(3, slot));
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
    const slot = bank.fill(high, low, space, frame, rights);
    if (!this.#isWatched) return;
    const page = pageContaining(bank.firstAt(slot));
    this.#observer.filled(this.core, bank.spaceAt(slot), page, level, frame, rights);
  }

  /** Drops what is kept in `slot` of the bank of `level`, as a processor may at any moment. */
  evict(level: LeafLevel, slot: number): void {
    this.#tellEvicted(level, slot);
    this.bank(level).drop(slot);
  }

  /** Drops every translation that `page` has in `space`, of any size, and for all spaces. */
  invalidate(page: PageNumber, space: number): void {
    const address = firstByteOf(page);
    const high = highWord(address);
    const low = lowWord(address) | 0;
    this.small.invalidate(high, low, space);
    if (this.large.count() > 0) this.large.invalidate(high, low, space);
    if (this.largest.count() > 0) this.largest.invalidate(high, low, space);
    if (this.#isWatched) this.#observer.invalidated(this.core, space, page);
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

  /** From here on `listener` is told of all that is dropped. */
  tell(listener: DropListener): void {
    this.#listeners.push(listener);
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

  #tellDropped(slot: number): void {
    const high = this.small.highAt(slot);
    const low = this.small.lowAt(slot);
    for (const listener of this.#listeners) listener.droppedSmall(high, low);
  }

  /** Tells that what is kept in `slot` is about to be dropped to make room, or by the processor. */
  #tellEvicted(level: LeafLevel, slot: number): void {
    if (!this.#isWatched) return;
    const bank = this.bank(level);
    const page = pageContaining(bank.firstAt(slot));
    this.#observer.evicted(this.core, bank.spaceAt(slot), page, level);
  }

  #banks(): readonly TlbBank[] {
    return [this.small, this.large, this.largest];
  }
}

function dropAll(bank: TlbBank, space: number | undefined): void {
  if (bank.count() === 0) return;
  for (let slot = 0; slot < bank.slotCount; slot++) {
    if (bank.isEmpty(slot)) continue;
    if (space === undefined || bank.spaceAt(slot) === space) bank.drop(slot);
  }
}
