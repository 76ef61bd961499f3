/**
 * The heap before the switch: a block allocator over the first pages of the area, and the bytes of every
 * block known to start there.
 *
 *     pages     ├─ blocks and holes ─┼─ lent to a heap ─┼─ blocks and holes ─┤
 *     starts    ├ one bit for each 8 bytes: 1 where a live block starts ─────┤       in the book
 *
 * The block allocator believes whoever frees; here an address is asked for its bit first, so a free of what
 * no block starts at is refused and has no effect. After the switch whole pages are carved out of the
 * holes and lent to other heaps, and given back when they are empty: to the block allocator a page
 * that is lent is a block of 8192 bytes. What is left serves blocks still, when nothing else does.
 */
import { assert, type Observer } from "#support";
import { type Address, type Alignment, address, type ByteCount, bytes } from "#units";
import { BlockAllocator } from "./block-allocator.ts";
import { FREED, type Freed, NOT_A_START, NOT_LIVE_NOW } from "./free-refusal.ts";
import { INITIAL } from "./heap-map.ts";
import { NO_PAGE, type SlabArea } from "./slab-area.ts";
import { isFreeAmong } from "./slab-bits.ts";
import { SLAB_SIZE } from "./slab-page.ts";
import { NO_BLOCK } from "./zone-steps.ts";

const GRANULE = 8;
const PAGE_ALIGN = SLAB_SIZE as Alignment;
const PAGE_BYTES = SLAB_SIZE as ByteCount;

/** The bytes of the book that say where blocks start in `pageCount` pages. */
export function startBytes(pageCount: number): number {
  return (pageCount * SLAB_SIZE) / GRANULE / 8;
}

export class InitialHeap {
  readonly #area: SlabArea;
  readonly #blocks: BlockAllocator;
  readonly #first: number;
  /** The first page behind this heap's. */
  readonly #behind: number;
  readonly #start: Address;

  /** The initial heap in the `pageCount` pages of `area` from `first` on, which nobody has. */
  constructor(area: SlabArea, first: number, pageCount: number, observer: Observer) {
    const start = area.startOf(first);
    this.#area = area;
    this.#first = first;
    this.#behind = first + pageCount;
    this.#start = start;
    const extent = { start, size: bytes(pageCount * SLAB_SIZE) };
    this.#blocks = new BlockAllocator(area.memory, extent, observer);
    for (let page = first; page < first + pageCount; page++) area.setWord(page, INITIAL);
  }

  /** Takes a block; answers where it starts, or `NO_BLOCK`. */
  take(size: ByteCount, align: Alignment): Address {
    const placed = this.#blocks.alloc(size, align);
    if (!placed.ok) return NO_BLOCK;
    this.#setStart(placed.value, true);
    return placed.value;
  }

  /** Frees the block at `start`, which lies in a page of this heap. */
  put(start: Address, size: ByteCount, align: Alignment): Freed {
    const refusal = this.#refusalOf(start);
    if (refusal !== FREED) return refusal;
    this.#blocks.dealloc(start, size, align);
    this.#setStart(start, false);
    return FREED;
  }

  /** Resizes a live block here, in place or not; answers where it is, or `NO_BLOCK`. */
  resize(start: Address, size: ByteCount, align: Alignment, newSize: ByteCount): Address {
    const resized = this.#blocks.realloc(start, size, align, newSize);
    if (!resized.ok) return NO_BLOCK;
    this.#setStart(start, false);
    this.#setStart(resized.value, true);
    return resized.value;
  }

  usableSize(start: Address, size: ByteCount, align: Alignment): ByteCount {
    return this.#blocks.usableSize(start, size, align);
  }

  /** Lends a page that no block is in, or answers `NO_PAGE`. */
  lendPage(): number {
    const placed = this.#blocks.alloc(PAGE_BYTES, PAGE_ALIGN);
    if (!placed.ok) return NO_PAGE;
    const page = this.#area.pageAt(placed.value);
    assert(this.#area.word(page) === INITIAL, "a page that is lent is the initial heap's");
    return page;
  }

  /** Takes back `page`, which was lent and has no live block. */
  takeBack(page: number): void {
    this.#area.setWord(page, INITIAL);
    this.#blocks.dealloc(this.#area.startOf(page), PAGE_BYTES, PAGE_ALIGN);
  }

  /** Whether `page` is one that this heap lends. */
  isLender(page: number): boolean {
    return page >= this.#first && page < this.#behind;
  }

  /** Whether a live block starts at `start`. */
  isLive(start: Address): boolean {
    return this.#refusalOf(start) === FREED;
  }

  #refusalOf(start: Address): Freed {
    const offset = start - this.#start;
    if (offset % GRANULE !== 0) return NOT_A_START;
    const granule = offset / GRANULE;
    const place = this.#area.placeOf(this.#area.noteOf((granule >>> 5) * 4));
    const isStart = isFreeAmong(this.#area.store.readWord(place), granule & 31);
    return isStart ? FREED : NOT_LIVE_NOW;
  }

  #setStart(start: Address, isStart: boolean): void {
    const granule = (start - this.#start) / GRANULE;
    const place = this.#area.placeOf(this.#area.noteOf((granule >>> 5) * 4));
    const word = this.#area.store.readWord(place);
    const bit = 1 << (granule & 31);
    const next = (isStart ? word | bit : word & ~bit) >>> 0;
    this.#area.store.writeWord(address(place), next);
  }
}
