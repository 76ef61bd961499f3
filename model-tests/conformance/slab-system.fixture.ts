/**
 * A system of heaps that costs next to nothing, for measuring what it costs to judge one.
 *
 *     address    8192       16384      24576
 *                ├─ page ───┼─ page ───┼─ …      each of 128 places of 64 bytes, for one heap
 *
 * Each core has a heap, a list of pages with free places. A page that is empty goes back to all, and
 * the next heap without a free place is given it. Before the switch heap 0 serves every core.
 */
import type { PageView, Subject, SubjectInstance } from "../subject/subject.ts";

const PAGE_SIZE = 8192;
const PLACE_SIZE = 64;
const NOBODY = -1;

interface SlabPage {
  readonly start: number;
  owner: number;
  /** The addresses of its free places. */
  readonly free: number[];
  isListed: boolean;
}

class SlabSystem {
  readonly #pages: SlabPage[];
  readonly #empty: SlabPage[];
  readonly #open: SlabPage[][];
  #changed: SlabPage[] = [];
  #hasSwitched = false;

  constructor(memoryBytes: number, cores: number) {
    const count = Math.floor(memoryBytes / PAGE_SIZE);
    this.#pages = Array.from({ length: count }, (_, index) => pageAt((index + 1) * PAGE_SIZE));
    this.#empty = [...this.#pages].reverse();
    this.#open = Array.from({ length: cores }, () => []);
  }

  alloc(size: number, core: number): number {
    if (size > PLACE_SIZE) return 0;
    const heap = this.#hasSwitched ? core : 0;
    const open = this.#open[heap] as SlabPage[];
    const page = open.at(-1) ?? this.#grow(heap, open);
    if (page === undefined) return 0;
    const placed = page.free.pop() as number;
    if (page.free.length === 0) open.pop();
    return placed;
  }

  dealloc(address: number): boolean {
    const page = this.#pageOf(address);
    page.free.push(address);
    const open = this.#open[page.owner] as SlabPage[];
    if (page.free.length === 1) open.push(page);
    else if (page.free.length === PAGE_SIZE / PLACE_SIZE && open.at(-1) !== page) {
      open.splice(open.indexOf(page), 1);
      this.#give(page, NOBODY);
      this.#empty.push(page);
    }
    return true;
  }

  switch(): boolean {
    const isFirst = !this.#hasSwitched;
    this.#hasSwitched = true;
    return isFirst;
  }

  ownerOf(address: number): number {
    return this.#pageOf(address).owner;
  }

  pages(): readonly PageView[] {
    return this.#pages.map(viewOf);
  }

  changedPages(): readonly PageView[] {
    if (this.#changed.length === 0) return NONE;
    const changed = this.#changed.map(viewOf);
    for (const page of this.#changed) page.isListed = false;
    this.#changed = [];
    return changed;
  }

  #pageOf(address: number): SlabPage {
    return this.#pages[Math.floor(address / PAGE_SIZE) - 1] as SlabPage;
  }

  #grow(heap: number, open: SlabPage[]): SlabPage | undefined {
    const page = this.#empty.pop();
    if (page === undefined) return undefined;
    this.#give(page, heap);
    open.push(page);
    return page;
  }

  #give(page: SlabPage, owner: number): void {
    page.owner = owner;
    if (!page.isListed) this.#changed.push(page);
    page.isListed = true;
  }
}

const NONE: readonly PageView[] = [];

function pageAt(start: number): SlabPage {
  const places = PAGE_SIZE / PLACE_SIZE;
  const free = Array.from({ length: places }, (_, index) => start + index * PLACE_SIZE);
  return { start, owner: NOBODY, free, isListed: false };
}

function viewOf({ start, owner, free }: SlabPage): PageView {
  return { start, size: PAGE_SIZE, owner, used: PAGE_SIZE / PLACE_SIZE - free.length };
}

export const slabSystem: Subject = {
  name: "slab-system",
  cores: 4,
  promises: { alignMax: PLACE_SIZE, alignDefault: PLACE_SIZE },
  create: ({ memoryBytes, cores }): SubjectInstance => {
    const system = new SlabSystem(memoryBytes, cores);
    const memory = new Uint8Array(memoryBytes + PAGE_SIZE);
    const extent = [{ start: PAGE_SIZE, size: memoryBytes }];
    return {
      alloc: (size, _, { core }) => system.alloc(size, core),
      dealloc: (address) => system.dealloc(address),
      switch: () => system.switch(),
      ownerOf: (address) => system.ownerOf(address),
      pages: () => system.pages(),
      changedPages: () => system.changedPages(),
      memory: () => memory,
      extent: () => extent,
    };
  },
};
