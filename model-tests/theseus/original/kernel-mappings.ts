/**
 * Pages with frames behind them: what the heaps grow by, and what a large object is.
 *
 * Frames are taken one by one while KERNEL_MMI is held. When they run out in the middle nothing is
 * undone: what was mapped stays mapped, its frames are nobody's, and the pages go back to their list.
 * Whoever gets those pages next finds them in use.
 */
import type { FrameAllocator } from "./frame-allocator.ts";
import type { Span } from "./free-chunks.ts";
import { type KernelMemory, PAGE_SIZE } from "./kernel-memory.ts";
import { Lock } from "./lock.ts";
import type { GrantedPages, PageAllocator } from "./page-allocator.ts";

export class KernelMappings {
  readonly #memory: KernelMemory;
  readonly #pages: PageAllocator;
  readonly #frames: FrameAllocator;
  readonly #mmi = new Lock("KERNEL_MMI");
  readonly #frameOf = new Map<number, number>();

  constructor(memory: KernelMemory, pages: PageAllocator, frames: FrameAllocator) {
    this.#memory = memory;
    this.#pages = pages;
    this.#frames = frames;
  }

  /** Maps `size` bytes somewhere. */
  create(size: number): Span | undefined {
    const pages = this.#pages.allocateAny(Math.ceil(size / PAGE_SIZE));
    if (pages === undefined) return undefined;
    this.#pages.finish(pages);
    return this.#map(pages) ? pages : undefined;
  }

  /** Maps `size` bytes at `address`. What is left of the chunk is not listed yet. */
  createAt(address: number, size: number): GrantedPages | undefined {
    const pages = this.#pages.allocateAt(address / PAGE_SIZE, size / PAGE_SIZE);
    if (pages === undefined) return undefined;
    if (this.#map(pages)) return pages;
    this.#pages.finish(pages);
    return undefined;
  }

  /** Lists what `createAt` left. */
  finish(pages: GrantedPages): void {
    this.#pages.finish(pages);
  }

  /** Unmaps what `create` mapped: frames in runs that follow each other, then the pages. */
  drop(pages: Span): void {
    let run: Span | undefined;
    this.#memory.unmap(pages.first, pages.last - pages.first + 1);
    for (let page = pages.first; page <= pages.last; page++) {
      const frame = this.#frameOf.get(page) ?? -1;
      this.#frameOf.delete(page);
      if (run !== undefined && run.last + 1 !== frame) {
        this.#frames.drop(run);
        run = undefined;
      }
      run = { first: run?.first ?? frame, last: frame };
    }
    if (run !== undefined) this.#frames.drop(run);
    this.#pages.drop(pages);
  }

  fingerprint(): string {
    const mapped = [...this.#frameOf].map(([page, frame]) => `${page}:${frame}`);
    const held = this.#mmi.isHeld ? "held" : "";
    return [held, this.#pages.fingerprint(), this.#frames.fingerprint(), ...mapped].join("|");
  }

  #map(pages: Span): boolean {
    this.#mmi.acquire();
    for (let page = pages.first; page <= pages.last; page++) {
      const frame = this.#memory.isMapped(page) ? undefined : this.#frames.allocate();
      if (frame === undefined) {
        this.#pages.drop(pages);
        this.#mmi.release();
        return false;
      }
      this.#memory.map(page, 1);
      this.#frameOf.set(page, frame);
    }
    this.#mmi.release();
    return true;
  }
}
