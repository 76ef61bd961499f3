/**
 * A heap for each core that is known at the switch, and where the heaps get pages from:
 *
 *     1. the heap of the core that asks: its pages, then its empty pages of other classes;
 *     2. any heap, itself included, that has more than 22 empty pages and is not locked: one page;
 *     3. the page allocator: two pages of 8 KiB at `end`, one after the other.
 *
 * After 2 or 3 the request is made once more, and then refused. Of the two pages of 3 the first is
 * added before the second is asked for: where that fails, the request is refused with a page to spare.
 * `end` is one address that only grows: if somebody else has the page there, no heap grows.
 *
 * An object is freed by the heap whose number stands in its page, whichever core asks. A core without
 * a heap panics. So does whoever frees what a heap does not know, with the lock of that heap held.
 */
import { expectOrPanic } from "./kernel-failure.ts";
import type { KernelMappings } from "./kernel-mappings.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import type { LargeAllocations } from "./large-allocations.ts";
import { Lock } from "./lock.ts";
import { heapIdOf, OBJECT_PAGE_SIZE, OBJECT_SIZE_MAX, objectPageOf } from "./object-page.ts";
import { OBJECT_SIZES, ZoneAllocator, type ZoneFailure } from "./zone-allocator.ts";

const EMPTY_PAGES_THRESHOLD = 22;
const GROWTH_PAGES = 2;

interface LockedHeap {
  readonly lock: Lock;
  readonly zone: ZoneAllocator;
}

export class MultipleHeaps {
  readonly #memory: KernelMemory;
  readonly #mappings: KernelMappings;
  readonly #large: LargeAllocations;
  readonly #heaps = new Map<number, LockedHeap>();
  readonly #endLock = new Lock("end");
  #end: number;

  constructor(
    memory: KernelMemory,
    mappings: KernelMappings,
    large: LargeAllocations,
    end: number,
  ) {
    this.#memory = memory;
    this.#mappings = mappings;
    this.#large = large;
    this.#end = end;
  }

  /** Makes the heap of `core`, with so many pages for each class, or answers false half-way. */
  addHeap(core: number, pagesPerClass: number): boolean {
    const lock = new Lock(`the heap of core ${core}`);
    const zone = new ZoneAllocator(this.#memory, core);
    for (const size of OBJECT_SIZES) {
      for (let done = 0; done < pagesPerClass; done++) {
        const pages = this.#mappings.createAt(this.#end, OBJECT_PAGE_SIZE);
        if (pages === undefined) return false;
        this.#mappings.finish(pages);
        zone.refill(this.#end, size);
        this.#end += OBJECT_PAGE_SIZE;
      }
    }
    this.#heaps.set(core, { lock, zone });
    return true;
  }

  /** The address of an object, or 0. */
  allocate(size: number, align: number, core: number): number {
    if (size > OBJECT_SIZE_MAX) return this.#large.allocate(size);
    const heap = this.#heaps.get(core);
    expectOrPanic(heap !== undefined, "a core that allocates has a heap");
    const object = ask(heap, size, align);
    if (typeof object === "number") return object;

    if (!this.#grow(heap, size)) return 0;
    const second = ask(heap, size, align);
    return typeof second === "number" ? second : 0;
  }

  deallocate(object: number, size: number): void {
    if (size > OBJECT_SIZE_MAX) {
      this.#large.deallocate(object);
      return;
    }
    const heap = this.#heaps.get(this.heapOf(object));
    expectOrPanic(heap !== undefined, "the heap of a freed object exists");
    heap.lock.acquire();
    heap.zone.deallocate(object, size);
    heap.lock.release();
  }

  /** The heap whose number stands in the page of `object`. */
  heapOf(object: number): number {
    return heapIdOf(this.#memory, objectPageOf(object));
  }

  zones(): readonly ZoneAllocator[] {
    return [...this.#heaps.values()].map(({ zone }) => zone);
  }

  fingerprint(): string {
    const heaps = [...this.#heaps.values()].map(
      ({ lock, zone }) => `${lock.isHeld ? "held " : ""}${zone.fingerprint()}`,
    );
    return [this.#end, this.#endLock.isHeld, ...heaps].join("#");
  }

  #grow(heap: LockedHeap, size: number): boolean {
    return this.#growFromHeaps(heap, size) || this.#growAtEnd(heap, size);
  }

  #growFromHeaps(heap: LockedHeap, size: number): boolean {
    for (const donor of this.#heaps.values()) {
      if (donor.lock.isHeld) continue;
      donor.lock.acquire();
      const page = donor.zone.retrieveEmptyPage(EMPTY_PAGES_THRESHOLD);
      donor.lock.release();
      if (page === 0) continue;
      refill(heap, page, size);
      return true;
    }
    return false;
  }

  #growAtEnd(heap: LockedHeap, size: number): boolean {
    this.#endLock.acquire();
    for (let done = 0; done < GROWTH_PAGES; done++) {
      const pages = this.#mappings.createAt(this.#end, OBJECT_PAGE_SIZE);
      if (pages === undefined) {
        this.#endLock.release();
        return false;
      }
      refill(heap, this.#end, size);
      this.#end += OBJECT_PAGE_SIZE;
      this.#mappings.finish(pages);
    }
    this.#endLock.release();
    return true;
  }
}

function ask({ lock, zone }: LockedHeap, size: number, align: number): number | ZoneFailure {
  lock.acquire();
  const object = zone.allocate(size, align);
  lock.release();
  return object;
}

function refill({ lock, zone }: LockedHeap, page: number, size: number): void {
  lock.acquire();
  zone.refill(page, size);
  lock.release();
}
