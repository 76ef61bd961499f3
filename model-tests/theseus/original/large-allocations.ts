/**
 * Objects above 8064 bytes, each a mapping of its own, known by its first byte.
 *
 * A mapping begins at a page, so an alignment above a page is ignored. Each has a box, from the heap
 * of the core that asks; frames, pages and the box are all asked for with this lock held.
 */
import type { Boxes, Span } from "./free-chunks.ts";
import { expectOrPanic } from "./kernel-failure.ts";
import type { KernelMappings } from "./kernel-mappings.ts";
import { PAGE_SIZE } from "./kernel-memory.ts";
import { Lock } from "./lock.ts";

const BOX_SIZE = 56;

export class LargeAllocations {
  readonly #mappings: KernelMappings;
  readonly #boxes: Boxes;
  readonly #lock = new Lock("large_allocations");
  readonly #objects = new Map<number, { readonly pages: Span; readonly box: number }>();

  constructor(mappings: KernelMappings, boxes: Boxes) {
    this.#mappings = mappings;
    this.#boxes = boxes;
  }

  /** The address of an object, or 0. */
  allocate(size: number): number {
    this.#lock.acquire();
    const pages = this.#mappings.create(size);
    if (pages === undefined) {
      this.#lock.release();
      return 0;
    }
    const box = this.#boxes.allocate(BOX_SIZE);
    expectOrPanic(box !== 0, "a box for a large object is to be had");
    const start = pages.first * PAGE_SIZE;
    this.#objects.set(start, { pages, box });
    this.#lock.release();
    return start;
  }

  deallocate(start: number): void {
    this.#lock.acquire();
    const object = this.#objects.get(start);
    expectOrPanic(object !== undefined, "a freed large object is known by its address");
    this.#objects.delete(start);
    this.#mappings.drop(object.pages);
    this.#boxes.free(object.box, BOX_SIZE);
    this.#lock.release();
  }

  /** The pages of every object. */
  spans(): readonly Span[] {
    return [...this.#objects.values()].map(({ pages }) => pages);
  }

  fingerprint(): string {
    const objects = [...this.#objects].map(([start, { box }]) => `${start}@${box}`);
    return [this.#lock.isHeld ? "held" : "", ...objects].join(" ");
  }
}
