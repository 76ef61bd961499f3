/**
 * A list of object pages whose links lie in the pages themselves, newest first, and a count.
 *
 *     first ──> ├ page ┼ next ─┤ ──> ├ page ┼ next ─┤ ──> 0
 *         0 <── ┼ prev ┤       <──────────── ┼ prev ┤
 *
 * A page is taken out by its own links. Nobody asks whether it is in this list: taken out of one that
 * it is not in, it leaves two lists wrong.
 */
import type { KernelMemory } from "./kernel-memory.ts";
import { nextOf, previousOf, setNext, setPrevious } from "./object-page.ts";

export class PageList {
  readonly #memory: KernelMemory;
  #first = 0;
  #count = 0;

  constructor(memory: KernelMemory) {
    this.#memory = memory;
  }

  /** The newest page, or 0. */
  get first(): number {
    return this.#first;
  }

  get count(): number {
    return this.#count;
  }

  insertFront(page: number): void {
    setPrevious(this.#memory, page, 0);
    if (this.#first !== 0) {
      setPrevious(this.#memory, this.#first, page);
      setNext(this.#memory, page, this.#first);
    }
    this.#first = page;
    this.#count += 1;
  }

  remove(page: number): void {
    const previous = previousOf(this.#memory, page);
    const next = nextOf(this.#memory, page);
    if (previous === 0) this.#first = next;
    else setNext(this.#memory, previous, next);
    if (next !== 0) setPrevious(this.#memory, next, previous);
    setPrevious(this.#memory, page, 0);
    setNext(this.#memory, page, 0);
    this.#count -= 1;
  }

  /** Takes out the newest page: its address, or 0. */
  pop(): number {
    const page = this.#first;
    if (page !== 0) this.remove(page);
    return page;
  }

  /** The pages in the order of the list; one that runs in a circle is cut off. */
  pages(): readonly number[] {
    const pages = new Set<number>();
    for (let page = this.#first; page !== 0; page = nextOf(this.#memory, page)) {
      if (pages.has(page)) break;
      pages.add(page);
    }
    return [...pages];
  }
}
