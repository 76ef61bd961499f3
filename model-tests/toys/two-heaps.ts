/**
 * A small system of heaps that is not ours: eight pages in one memory, shared by two heaps.
 *
 *     address    256       512       768                     2304
 *                ├─ page ──┼─ page ──┼─ …  eight pages  … ───┤
 *     owner         0         0         1
 *
 * Before the switch heap 0 serves every core. Afterwards each core has its own heap, and a heap whose
 * pages are full takes an empty page from the other. A block goes back to the page it lies in. A heap
 * without blocks can be closed, and gives its pages to the other; one of the same number follows it.
 *
 * The methods that a mutant breaks are small on purpose: each mutant replaces one of them.
 */
import { roundUp } from "#units";
import type { Promises, Subject, SubjectInstance } from "../subject/subject.ts";

const PAGE_SIZE = 256;
const PAGE_COUNT = 8;

export interface HeapPage {
  readonly start: number;
  owner: number;
  /** What is taken of it, lowest first. */
  readonly blocks: { readonly start: number; readonly room: number }[];
}

export class TwoHeaps {
  pages: HeapPage[] = Array.from({ length: PAGE_COUNT }, (_, index) => ({
    start: PAGE_SIZE * (index + 1),
    owner: 0,
    blocks: [],
  }));
  hasSwitched = false;

  /** The heap that serves `core`. */
  heapOf(core: number): number {
    return this.hasSwitched ? core % 2 : 0;
  }

  close(core: number): boolean {
    const own = this.pages.filter(({ owner }) => owner === this.heapOf(core));
    if (!this.hasSwitched || !own.every((page) => this.mayClose(page))) return false;
    for (const page of own) if (page.blocks.length === 0) page.owner = 1 - page.owner;
    return true;
  }

  alloc(size: number, align: number, core: number): number {
    const heap = this.heapOf(core);
    for (const page of this.pages) {
      const start = page.owner === heap ? place(page, size, align) : 0;
      if (start > 0) return start;
    }
    const page = this.pages.find((other) => other.owner !== heap && this.mayMove(other));
    if (page === undefined || size > PAGE_SIZE) return 0;
    this.move(page, heap);
    return place(page, size, align);
  }

  dealloc(address: number): boolean {
    const blocks = this.pageAt(address)?.blocks ?? [];
    const index = blocks.findIndex(({ start }) => start === address);
    if (index >= 0) blocks.splice(index, 1);
    return index >= 0;
  }

  deallocThrough(heap: number, address: number): boolean {
    return this.pageAt(address)?.owner === heap && this.dealloc(address);
  }

  mayMove({ blocks }: HeapPage): boolean {
    return blocks.length === 0;
  }

  mayClose({ blocks }: HeapPage): boolean {
    return blocks.length === 0;
  }

  move(page: HeapPage, heap: number): void {
    page.owner = heap;
  }

  ownerOf(address: number): number {
    return this.pageAt(address)?.owner ?? -1;
  }

  switch(): boolean {
    if (this.hasSwitched) return false;
    this.hasSwitched = true;
    return true;
  }

  pageAt(address: number): HeapPage | undefined {
    return this.pages.find(({ start }) => start <= address && address < start + PAGE_SIZE);
  }
}

/** The lowest place in `page` for a block, or 0. */
function place({ start: low, blocks }: HeapPage, size: number, align: number): number {
  const step = Math.max(align, 8);
  const room = Math.max(size, 1);
  let start = low;
  let index = 0;
  for (const block of blocks) {
    if (start + room <= block.start) break;
    start = roundUp(block.start + block.room, step);
    index += 1;
  }
  if (start + room > low + PAGE_SIZE) return 0;
  blocks.splice(index, 0, { start, room });
  return start;
}

const PROMISES: Promises = {
  alignDefault: 8,
  alignMax: 64,
  reallocKeepsAlign: true,
  zeroSize: "block",
  reclaims: true,
  rejects: ["foreign-heap"],
  room: { span: PAGE_SIZE, size: PAGE_SIZE, align: 64, capacity: PAGE_COUNT * PAGE_SIZE },
  touchesOnly: "extent",
  independentInstances: true,
};

/** `system` as a subject. */
export function systemSubject(name: string, system: new () => TwoHeaps): Subject {
  return { name, cores: 2, promises: PROMISES, create: () => instanceOf(new system()) };
}

function instanceOf(heaps: TwoHeaps): SubjectInstance {
  const memory = new Uint8Array((PAGE_COUNT + 2) * PAGE_SIZE);
  const extent = [{ start: PAGE_SIZE, size: PAGE_COUNT * PAGE_SIZE }];
  return {
    alloc: (size, align, { core }) => heaps.alloc(size, align, core),
    dealloc: (address) => heaps.dealloc(address),
    deallocThrough: (heap, address) => heaps.deallocThrough(heap, address),
    switch: () => heaps.switch(),
    close: ({ core }) => heaps.close(core),
    heapOf: ({ core }) => heaps.heapOf(core),
    ownerOf: (address) => heaps.ownerOf(address),
    pages: () =>
      heaps.pages.map(({ start, owner, blocks }) => {
        return { start, size: PAGE_SIZE, owner, used: blocks.length };
      }),
    fingerprint: () => JSON.stringify([heaps.hasSwitched, heaps.pages]),
    memory: () => memory,
    extent: () => extent,
  };
}

export const twoHeaps: Subject = systemSubject("two-heaps", TwoHeaps);
