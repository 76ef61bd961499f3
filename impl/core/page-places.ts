/**
 * Where pages lie that one core has looked up, for as long as its TLB keeps them.
 *
 *     page       …  5       6       7  …          its lowest bits are its row
 *     row        ├─ page, frame ─┼─ page, frame ─┤      written where the TLB keeps it for writing
 *
 * A core that finds a page in its TLB would find it there again until it is dropped, and of that this hears,
 * for whatever reason it is. So what was found is as good as looking again, and costs one comparison.
 * Nothing is known here that the TLB does not keep.
 *
 * Pages are counted from the first one of a range, so that their numbers are small integers. Frames are
 * kept, not addresses: an integer that the engine knows to be small makes all that is computed from it
 * integers too, where memory has less than 2 GiB.
 */
import { type Address, highWord, lowWord, type VirtualAddress } from "#units";
import type { Mmu } from "../memory/mmu.ts";
import type { DropListener } from "../memory/tlb.ts";

/** As many as the usual TLB keeps pages: a heap asks for every other page, so half of them serve it. */
const ROWS = 2048;
const FRAME_SIZE = 4096;
const NO_PAGE = -1;
/** How many numbers the lowest 20 bits of a page's number can be. */
const LOW_COUNT = 2 ** 20;

export class PagePlaces implements DropListener {
  readonly mmu: Mmu;
  readonly #firstHigh: number;
  readonly #firstLow: number;
  /** For each row its page and its frame, one after the other. */
  readonly cells: Int32Array;

  /** What the core of `mmu` keeps of the pages from that of `start` on. */
  constructor(mmu: Mmu, start: VirtualAddress) {
    this.mmu = mmu;
    this.#firstHigh = highWord(start) | 0;
    this.#firstLow = lowWord(start) >>> 12;
    this.cells = new Int32Array(ROWS * 2).fill(NO_PAGE);
    mmu.tlb.tell(this);
  }

  /** Notes that the TLB keeps `page` for writing, and that it lies at `place`. */
  note(page: number, place: Address): void {
    const row = rowOf(page);
    this.cells[row] = page;
    this.cells[row + 1] = place / FRAME_SIZE;
  }

  droppedSmall(high: number, low: number): void {
    const page = (high - this.#firstHigh) * LOW_COUNT + (low - this.#firstLow);
    const row = rowOf(page);
    if (this.cells[row] === page) this.cells[row] = NO_PAGE;
  }

  droppedLarge(): void {
    this.cells.fill(NO_PAGE);
  }
}

/** The row of `page`: it has the place of that page if its first cell is `page`. */
export function rowOf(page: number): number {
  return (page & (ROWS - 1)) << 1;
}

/** The place of the page of `row`. */
export function placeInRow(cells: Int32Array, row: number): Address {
  return ((cells[row + 1] as number) * FRAME_SIZE) as Address;
}
