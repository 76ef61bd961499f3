/**
 * Memory as a program sees it: every access goes through the MMU of a core, page by page.
 *
 *     address   start ──────────── size bytes of one address space ──────────── end
 *                 │ translate: TLB, else walk
 *     frames    wherever the page tables say
 *
 * The addresses are virtual ones, so an allocator that is written against the door runs here unchanged.
 * A page that cannot be accessed is nobody's to handle: it is reported as a contradiction. What a core
 * keeps in its TLB is used as it is, so a missing flush shows here as bytes of somebody else.
 */
import { assert, demand } from "#support";
import {
  type Address,
  address,
  type ByteCount,
  bytes,
  isAligned,
  UPPER_HALF,
  virtualAddress,
} from "#units";
import type { Memory, PagedMemory } from "./memory.ts";
import type { Mmu } from "./mmu.ts";
import { copyByPage, fillByPage } from "./page-parts.ts";
import { isFault, type PageAccess, READING, WRITING } from "./page-rights.ts";
import type { PhysicalMemory } from "./physical-memory.ts";

const PAGE_SIZE = 4096;

export class MmuMemory implements PagedMemory {
  readonly start: Address;
  readonly size: ByteCount;
  readonly #mmu: Mmu;
  readonly #frames: PhysicalMemory;

  /** The `size` bytes from the virtual address `start` on, as the core of `mmu` sees them. */
  constructor(mmu: Mmu, frames: PhysicalMemory, start: number, size: number) {
    demand(isAligned(start, PAGE_SIZE) && start >= 0, "a page starts at a multiple of 4096");
    demand(start + size <= 2 ** 48, "every byte has a virtual address");
    demand(start >= UPPER_HALF || start + size <= UPPER_HALF, "a range lies in one half");

    this.start = address(start);
    this.size = bytes(size);
    this.#mmu = mmu;
    this.#frames = frames;
  }

  /** Where the frames lie. */
  get store(): Memory {
    return this.#frames;
  }

  locate(page: number): Address {
    return this.#translate(address(this.start + page * PAGE_SIZE), WRITING);
  }

  readWord(at: Address): number {
    return this.#frames.readWord(this.#translate(at, READING));
  }

  writeWord(at: Address, value: number): void {
    this.#frames.writeWord(this.#translate(at, WRITING), value);
  }

  fill(start: Address, count: ByteCount, value: number): void {
    fillByPage(start, count, (at, part) => {
      this.#frames.fill(this.#translate(at, WRITING), part, value);
    });
  }

  copy(target: Address, source: Address, count: ByteCount): void {
    copyByPage(target, source, count, (to, from, part) => {
      this.#frames.copy(this.#translate(to, WRITING), this.#translate(from, READING), part);
    });
  }

  #translate(at: Address, access: PageAccess): Address {
    assert(at >= this.start && at - this.start < this.size, "only memory that exists is accessed");
    const physical = this.#mmu.translate(virtualAddress(at), access);
    assert(!isFault(physical), "only pages that allow it are accessed");
    return address(physical);
  }
}
