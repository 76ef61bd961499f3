/**
 * All pages of one heap that hold objects of one size, in three lists: empty, partial, full.
 *
 * 1. The partial pages are asked one after the other. One that becomes full goes to the full ones.
 * 2. If none serves, the newest empty page does, and goes to the partial ones, even if it is full by
 *    then: a page that holds one object stays among them, and every search comes by it.
 * 3. An empty page that does not serve, because of the alignment, goes to the partial ones as well.
 *
 * A free believes the caller's layout: the page may be one of another size. What is then moved between
 * lists is moved by the links of the page, whichever lists those are of. Checks that only a debug
 * build makes are left out, as in what the original's users run.
 */
import { Deadlock } from "./kernel-failure.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import {
  allocateIn,
  bitmapText,
  buildPage,
  deallocateIn,
  isEmpty,
  isFull,
  nextOf,
  objectPageOf,
  objectsPerPage,
} from "./object-page.ts";
import { PageList } from "./page-list.ts";

/** A list that is longer than any memory has lost its end. */
const PAGES_MAX = 2 ** 20;

export class SlabAllocator {
  readonly size: number;
  readonly objectsPerPage: number;
  readonly empty: PageList;
  readonly partial: PageList;
  readonly full: PageList;
  readonly #memory: KernelMemory;

  constructor(memory: KernelMemory, size: number) {
    this.#memory = memory;
    this.size = size;
    this.objectsPerPage = objectsPerPage(size);
    this.empty = new PageList(memory);
    this.partial = new PageList(memory);
    this.full = new PageList(memory);
  }

  /** The address of an object, or 0. */
  allocate(size: number, align: number): number {
    const known = this.#allocatePartial(align);
    if (known !== 0) return known;

    const page = this.empty.pop();
    if (page === 0) return 0;
    const object = allocateIn(this.#memory, page, size, align);
    this.partial.insertFront(page);
    return object;
  }

  deallocate(object: number): void {
    const page = objectPageOf(object);
    const wasFull = isFull(this.#memory, page);
    deallocateIn(this.#memory, object, this.size);
    if (isEmpty(this.#memory, page, this.objectsPerPage)) {
      this.partial.remove(page);
      this.empty.insertFront(page);
    } else if (wasFull) {
      this.full.remove(page);
      this.partial.insertFront(page);
    }
  }

  /** Adds a page that nobody uses. */
  refill(page: number, heapId: number): void {
    buildPage(this.#memory, page, heapId, this.size);
    this.empty.insertFront(page);
  }

  /** Every page that is in a list. */
  pages(): readonly number[] {
    return [...this.empty.pages(), ...this.partial.pages(), ...this.full.pages()];
  }

  /** The lists with the bitmaps of their pages, as text. */
  fingerprint(): string {
    const text = (list: PageList): string =>
      list
        .pages()
        .map((page) => `${page}:${bitmapText(this.#memory, page)}`)
        .join(" ");
    return [this.empty.pages().join(" "), text(this.partial), text(this.full)].join("|");
  }

  #allocatePartial(align: number): number {
    let steps = 0;
    for (let page = this.partial.first; page !== 0; page = nextOf(this.#memory, page)) {
      if (++steps > PAGES_MAX) throw new Deadlock("a search runs in a circle");
      const object = allocateIn(this.#memory, page, this.size, align);
      if (object === 0) continue;
      if (isFull(this.#memory, page)) {
        this.partial.remove(page);
        this.full.insertFront(page);
      }
      return object;
    }
    return 0;
  }
}
