/**
 * The virtual memory of the kernel, as one flat array whose index is the address. A page that is not
 * mapped cannot be read or written by the allocators; what a caller writes is not checked.
 *
 *     address   0           4096                          size
 *               ├─ page 0 ──┼─ page 1 ──┼─ …  ────────────┤
 *                 never mapped
 *
 * Words have 64 bits, low half first, and need not be aligned, as on the machine. A word above 2^53
 * loses its lowest bits here; it is then no address that exists, and only that matters.
 */
import { PageFault } from "./kernel-failure.ts";

export const PAGE_SIZE = 4096;

const WORD_SIZE = 8;

export class KernelMemory {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #isMapped: Uint8Array;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
    this.#isMapped = new Uint8Array(Math.ceil(size / PAGE_SIZE));
  }

  /** Makes `count` pages from `first` on usable. What they hold is what was there before. */
  map(first: number, count: number): void {
    this.#isMapped.fill(1, first, first + count);
  }

  unmap(first: number, count: number): void {
    this.#isMapped.fill(0, first, first + count);
  }

  isMapped(page: number): boolean {
    return this.#isMapped[page] === 1;
  }

  read(at: number): number {
    this.#touch(at, WORD_SIZE);
    return this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * 2 ** 32;
  }

  write(at: number, value: number): void {
    this.#touch(at, WORD_SIZE);
    this.#view.setUint32(at, value % 2 ** 32, true);
    this.#view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
  }

  /** Half of a word, because bits are only handled 32 at a time. */
  readHalf(at: number): number {
    this.#touch(at, WORD_SIZE / 2);
    return this.#view.getUint32(at, true);
  }

  writeHalf(at: number, value: number): void {
    this.#touch(at, WORD_SIZE / 2);
    this.#view.setUint32(at, value, true);
  }

  clear(start: number, size: number): void {
    this.bytes.fill(0, start, start + size);
  }

  #touch(at: number, size: number): void {
    const isThere = at >= 0 && at + size <= this.bytes.length;
    if (!isThere || !this.isMapped(Math.floor(at / PAGE_SIZE))) {
      throw new PageFault("an allocator reads or writes where nothing is mapped");
    }
  }
}
