/**
 * One heap: a slab allocator for each of eleven sizes, chosen by the size alone.
 *
 *     class    0    1    2    3     4     5     6      7      8      9      10
 *     size     8   16   32   64   128   256   512   1024   2048   4096   8064
 *
 * When a class has nothing, one empty page is taken from the lowest class that has any, and built
 * anew; the request is made once more, and that is all that is tried.
 */

import { expectOrPanic } from "./kernel-failure.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import { OBJECT_SIZE_MAX, takeMapping } from "./object-page.ts";
import { SlabAllocator } from "./slab-allocator.ts";

export const OBJECT_SIZES: readonly number[] = [
  8,
  16,
  32,
  64,
  128,
  256,
  512,
  1024,
  2048,
  4096,
  OBJECT_SIZE_MAX,
];

/** Why a zone has no object: the size is too large, no page is empty, or the page taken did not serve. */
export type ZoneFailure = "layout" | "no-page" | "oom";

export class ZoneAllocator {
  readonly heapId: number;
  readonly slabs: readonly SlabAllocator[];
  readonly #memory: KernelMemory;

  constructor(memory: KernelMemory, heapId: number) {
    this.#memory = memory;
    this.heapId = heapId;
    this.slabs = OBJECT_SIZES.map((size) => new SlabAllocator(memory, size));
  }

  /** The address of an object, or why there is none. */
  allocate(size: number, align: number): number | ZoneFailure {
    const slab = this.#slabFor(size);
    if (slab === undefined) return "layout";
    const object = slab.allocate(size, align);
    if (object !== 0) return object;

    const page = this.#takeEmpty();
    if (page === 0) return "no-page";
    slab.refill(page, this.heapId);
    const second = slab.allocate(size, align);
    return second === 0 ? "oom" : second;
  }

  deallocate(object: number, size: number): void {
    const slab = this.#slabFor(size);
    expectOrPanic(slab !== undefined, "a freed object has a class");
    slab.deallocate(object);
  }

  /** Adds a page for the class of `size`. */
  refill(page: number, size: number): void {
    const slab = this.#slabFor(size);
    expectOrPanic(slab !== undefined, "a page is added to a class");
    slab.refill(page, this.heapId);
  }

  emptyPages(): number {
    return this.slabs.reduce((sum, { empty }) => sum + empty.count, 0);
  }

  /** Gives away an empty page of the lowest class that has one, if there are more than `threshold`. */
  retrieveEmptyPage(threshold: number): number {
    if (this.emptyPages() <= threshold) return 0;
    const page = this.#takeEmpty();
    if (page !== 0) takeMapping(this.#memory, page);
    return page;
  }

  fingerprint(): string {
    return this.slabs.map((slab) => slab.fingerprint()).join("/");
  }

  #takeEmpty(): number {
    return this.slabs.find(({ empty }) => empty.count > 0)?.empty.pop() ?? 0;
  }

  #slabFor(size: number): SlabAllocator | undefined {
    return this.slabs.find((slab) => size <= slab.size);
  }
}
