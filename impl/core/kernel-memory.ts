/**
 * The kernel's half of memory, as the core that runs sees it.
 *
 *     core 0 ── MMU ──┐
 *     core 1 ── MMU ──┼── the one that runs ──> place in physical memory
 *     core 2 ── MMU ──┘
 *
 * Whoever works for a core says so at the beginning of each section, and from then on every access goes by
 * what that core keeps of translations, stale or not. One object serves all cores, so that the code that
 * uses it has met one kind of memory, and the engine compiles it for that.
 *
 * Pages are counted from `start`, where the heaps are, so that their numbers are small integers. Addresses
 * may be any of the kernel's.
 */
import { assert, demand } from "#support";
import {
  type Address,
  address,
  type ByteCount,
  type CoreId,
  isAligned,
  UPPER_HALF,
  virtualAddress,
} from "#units";
import type { Memory, PagedMemory } from "../memory/memory.ts";
import { copyByPage, fillByPage } from "../memory/page-parts.ts";
import { isFault, type PageAccess, READING, WRITING } from "../memory/page-rights.ts";
import type { Core } from "./core.ts";
import { PagePlaces, placeInRow, rowOf } from "./page-places.ts";

const PAGE_SIZE = 4096;

/** The cores of a machine, and the memory behind them. */
export interface CoresAndMemory {
  readonly memory: Memory;
  core(id: CoreId): Core;
}

export class KernelMemory implements PagedMemory {
  readonly start: Address;
  readonly size: ByteCount;
  readonly store: Memory;
  readonly #machine: CoresAndMemory;
  #core: CoreId;
  readonly #seen: (PagePlaces | undefined)[];
  #places: PagePlaces;
  /** The cells of these places, which nearly every access ends with. */
  #cells: Int32Array;

  /** The kernel's memory as `core` sees it; pages are counted from `start`, and are `size` bytes. */
  constructor(machine: CoresAndMemory, core: CoreId, start: Address, size: ByteCount) {
    demand(isAligned(start, PAGE_SIZE) && start >= UPPER_HALF, "the kernel has the upper half");
    this.start = start;
    this.size = size;
    this.store = machine.memory;
    this.#machine = machine;
    this.#core = core;
    this.#seen = [];
    this.#places = this.#placesOf(core);
    this.#cells = this.#places.cells;
  }

  /** From here on memory is what `core` sees. */
  runOn(core: CoreId): void {
    if (core !== this.#core) this.#goTo(core);
  }

  locate(page: number): Address {
    const cells = this.#cells;
    const row = rowOf(page);
    return cells[row] === page ? placeInRow(cells, row) : this.#lookUp(page);
  }

  readWord(at: Address): number {
    return this.store.readWord(this.#translate(at, READING));
  }

  writeWord(at: Address, value: number): void {
    this.store.writeWord(this.#translate(at, WRITING), value);
  }

  fill(start: Address, count: ByteCount, value: number): void {
    fillByPage(start, count, (at, part) => {
      this.store.fill(this.#translate(at, WRITING), part, value);
    });
  }

  copy(target: Address, source: Address, count: ByteCount): void {
    copyByPage(target, source, count, (to, from, part) => {
      this.store.copy(this.#translate(to, WRITING), this.#translate(from, READING), part);
    });
  }

  #goTo(core: CoreId): void {
    this.#core = core;
    this.#places = this.#placesOf(core);
    this.#cells = this.#places.cells;
  }

  #placesOf(core: CoreId): PagePlaces {
    const seen = this.#seen[core];
    if (seen !== undefined) return seen;
    const places = new PagePlaces(this.#machine.core(core).mmu, virtualAddress(this.start));
    while (this.#seen.length <= core) this.#seen.push(undefined);
    this.#seen[core] = places;
    return places;
  }

  #lookUp(page: number): Address {
    const place = this.#translate(address(this.start + page * PAGE_SIZE), WRITING);
    this.#places.note(page, place);
    return place;
  }

  #translate(at: Address, access: PageAccess): Address {
    const physical = this.#places.mmu.translate(virtualAddress(at), access);
    assert(!isFault(physical), "only pages that allow it are accessed");
    return address(physical);
  }
}
