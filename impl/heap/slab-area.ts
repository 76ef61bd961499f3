/**
 * The pages that heaps are made of: one run of addresses, and in front of it the book of who has which.
 *
 *     address   start                                                            a multiple of 8192
 *               ├─ fresh ─┼─ given back ─┼─ … ─┼─ map ─┼─ records ─┼─ buckets ─┼─ notes ─┤ ├─ page ─┼─ …
 *     offset    0         4              8     64
 *
 *     fresh        the first page that never was anybody's; all behind it are not either
 *     given back   the page that was given back last, plus 1, or 0
 *     map          whose each page is, a word each, see `heap-map.ts`
 *     records      what each heap knows of its pages, 512 bytes each, see `zone-record.ts`
 *     buckets      where large blocks are found, a word each, see `large-blocks.ts`
 *     notes        where blocks of the initial heap start, see `initial-heap.ts`
 *
 * The pages of the book are pages of the area, with numbers from 0, which nobody is ever given. All of it
 * is memory like any other and is reached through the same door, so a heap that grows needs nothing
 * but the page itself: the book was there before.
 */
import { assert, demand } from "#support";
import { type Address, isAligned, roundUp } from "#units";
import type { Memory, PagedMemory } from "../memory/memory.ts";
import { givenBackWord, linkOfWord, NEVER_USED, TAKEN } from "./heap-map.ts";
import { NO_LINK, SLAB_SIZE } from "./slab-page.ts";
import { RECORD_SIZE } from "./zone-record.ts";

/** Stands for no page. */
export const NO_PAGE = -1;

/** Stands for no byte of the area: it lies in `NO_PAGE`. */
export const OUTSIDE = -1;

const GIVEN_BACK_OFFSET = 4;
const MAP_OFFSET = 64;
const PAGE_SIZE = 4096;
const PAGE_COUNT_MAX = 2 ** 18;

/** How large an area is. */
export interface AreaSize {
  /** Pages of 8 KiB, those of the book included. */
  readonly pageCount: number;
  readonly heapCount: number;
  /** Words in which large blocks are found: a power of two. */
  readonly bucketCount: number;
  /** Bytes for the notes of the initial heap. */
  readonly noteBytes: number;
}

/** How many pages the book of an area takes. */
export function bookPages({ pageCount, heapCount, bucketCount, noteBytes }: AreaSize): number {
  const records = recordsOffset(pageCount) + heapCount * RECORD_SIZE;
  const size = records + bucketCount * 4 + noteBytes;
  return Math.ceil(size / SLAB_SIZE);
}

/** Is told the number of every page whose word has changed. */
export type PageListener = (page: number) => void;

const NOBODY_LISTENS: PageListener = () => {};

export class SlabArea {
  readonly memory: PagedMemory;
  readonly store: Memory;
  readonly start: Address;
  readonly pageCount: number;
  readonly bookPages: number;
  readonly #size: number;
  /** The first page of the area, of those of 4096 bytes that memory counts. */
  readonly #first: number;
  readonly #records: number;
  readonly #buckets: number;
  readonly #notes: number;
  readonly #changed: PageListener;

  /** The area that begins at `start`, in which the pages of the book can be written and are zero. */
  constructor(
    memory: PagedMemory,
    start: Address,
    size: AreaSize,
    changed: PageListener = NOBODY_LISTENS,
  ) {
    demand(isAligned(start, SLAB_SIZE), "an area starts at a multiple of 8192");
    demand(size.pageCount <= PAGE_COUNT_MAX, "an area has at most 2 GiB");
    this.memory = memory;
    this.store = memory.store;
    this.start = start;
    this.pageCount = small(size.pageCount);
    this.#size = size.pageCount * SLAB_SIZE;
    this.bookPages = small(bookPages(size));
    this.#first = small((start - memory.start) / PAGE_SIZE);
    this.#records = small(recordsOffset(size.pageCount));
    this.#buckets = small(this.#records + size.heapCount * RECORD_SIZE);
    this.#notes = small(this.#buckets + size.bucketCount * 4);
    this.#changed = changed;
    demand(this.bookPages <= size.pageCount, "the book of an area lies in it");
    for (let page = 0; page < this.bookPages; page++) this.setWord(page, TAKEN);
    this.store.writeWord(this.placeOf(0), this.bookPages);
  }

  /** How far behind the start of the area `at` lies, a small integer, or `OUTSIDE`. */
  offsetOf(at: Address): number {
    const offset = at - this.start;
    return offset >= 0 && offset < this.#size ? offset | 0 : OUTSIDE;
  }

  /** The number of the page that `at` lies in, or `NO_PAGE`. */
  pageAt(at: Address): number {
    return pageOfOffset(this.offsetOf(at));
  }

  startOf(page: number): Address {
    return (this.start + page * SLAB_SIZE) as Address;
  }

  /** Where the byte `offset` of the area lies, or `NO_BLOCK` if that is what it is. */
  addressOf(offset: number): Address {
    return (offset < 0 ? offset : this.start + offset) as Address;
  }

  /** Where the half of `page` lies that what is kept of it is in. */
  half(page: number): Address {
    return this.memory.locate((this.#first + (page << 1) + 1) | 0);
  }

  /** The word that says whose `page` is. */
  word(page: number): number {
    return this.store.readWord(this.placeOf(MAP_OFFSET + page * 4));
  }

  setWord(page: number, word: number): void {
    this.store.writeWord(this.placeOf(MAP_OFFSET + page * 4), word);
    this.#changed(page);
  }

  /** Where the byte `offset` of the book lies. */
  placeOf(offset: number): Address {
    return (this.memory.locate((this.#first + (offset >> 12)) | 0) + (offset & 4095)) as Address;
  }

  /** The offset in the book of the record of heap `heap`. */
  recordOf(heap: number): number {
    return this.#records + heap * RECORD_SIZE;
  }

  /** The offset in the book of bucket `index`. */
  bucketOf(index: number): number {
    return this.#buckets + index * 4;
  }

  /** The offset in the book of byte `index` of the notes of the initial heap. */
  noteOf(index: number): number {
    return this.#notes + index;
  }

  /** A page that is nobody's and that nobody else is told of, or `NO_PAGE`. */
  takePage(): number {
    const givenBack = this.placeOf(GIVEN_BACK_OFFSET);
    const link = this.store.readWord(givenBack);
    if (link !== NO_LINK) {
      this.store.writeWord(givenBack, linkOfWord(this.word(link - 1)));
      this.setWord(link - 1, TAKEN);
      return link - 1;
    }
    return this.takeFresh(1);
  }

  /** The first of `count` pages in a row that never were anybody's, or `NO_PAGE`. */
  takeFresh(count: number): number {
    const fresh = this.freshPage();
    if (fresh + count > this.pageCount) return NO_PAGE;
    this.store.writeWord(this.placeOf(0), fresh + count);
    for (let page = fresh; page < fresh + count; page++) {
      assert(this.word(page) === NEVER_USED, "a fresh page is nobody's");
      this.setWord(page, TAKEN);
    }
    return fresh;
  }

  /** Gives back `page`, which is nobody's again. */
  putPage(page: number): void {
    const givenBack = this.placeOf(GIVEN_BACK_OFFSET);
    this.setWord(page, givenBackWord(this.store.readWord(givenBack)));
    this.store.writeWord(givenBack, page + 1);
  }

  /** How many pages never were anybody's. */
  freshCount(): number {
    return this.pageCount - this.freshPage();
  }

  /** Whether there is a page that was given back, which is taken first. */
  hasGivenBack(): boolean {
    return this.store.readWord(this.placeOf(GIVEN_BACK_OFFSET)) !== NO_LINK;
  }

  /** The first page that never was anybody's. */
  freshPage(): number {
    return this.store.readWord(this.placeOf(0));
  }
}

/** The page that the byte `offset` of an area lies in. */
export function pageOfOffset(offset: number): number {
  return offset >> 13;
}

/** How far the byte `offset` of an area lies in its page. */
export function offsetInPage(offset: number): number {
  return offset & (SLAB_SIZE - 1);
}

/**
 * `value`, a whole number of 31 bits, in the engine's form for small ones: what was divided has that of a
 * double until then, and so has all that is computed from it.
 */
function small(value: number): number {
  return value | 0;
}

function recordsOffset(pageCount: number): number {
  return roundUp(MAP_OFFSET + pageCount * 4, RECORD_SIZE);
}

assert(MAP_OFFSET >= GIVEN_BACK_OFFSET + 4, "the map comes after the first two words");
