/**
 * A zone for each key, and where a heap gets a page when it has none:
 *
 *     1  a partial page of its own       5  a page that the initial heap lends
 *     2  an empty page of the class      6  pages that are mapped anew
 *     3  an empty page of another class  7  any empty page of any heap
 *     4  an empty page of a heap that has more than its threshold
 *
 * Only if all of that fails is there no block. The first three are the zone's own and are all that a request
 * costs as a rule. A page that comes to a heap is given to the request that waited for it in the same
 * section, so nobody else can take it. Nothing is locked while pages are mapped, and none of it needs
 * a block: the book was there before. A transfer writes the page's bits, links and owner, and maps
 * nothing.
 *
 * Heaps are numbered by their keys, after the initial heap, which is 0. One more, behind them, serves what
 * is kept of large blocks: were that in the heaps of callers, a caller who frees a block twice could free
 * what is kept. The record of every heap has its
 * place in the book from the beginning, so a heap that is asked for late is made in one step that
 * cannot fail.
 */
import { demand } from "#support";
import type { Address, Alignment, ByteCount, CoreId, HeapId, Key } from "#units";
import type { Sections } from "../core/section.ts";
import { type ClassTable, classIn, classTable } from "./class-table.ts";
import { checkedHeap, type HeapConfig, USUAL_HEAP } from "./heap-config.ts";
import { TAKEN } from "./heap-map.ts";
import type { HeapParts } from "./heap-parts.ts";
import { NO_PAGE } from "./slab-area.ts";
import type { SlabClass } from "./slab-class.ts";
import { ZoneAllocator } from "./zone-allocator.ts";
import { NO_BLOCK } from "./zone-steps.ts";

const ANY_CLASS = 0 as SlabClass;
const BOOKKEEPING: HeapConfig = { ...USUAL_HEAP, threshold: 0, batch: 1, firstPages: 0 };

export class MultipleHeaps {
  /** The key of the heap that serves the others' bookkeeping: nobody may free a block of it. */
  readonly bookKey: Key;
  readonly #parts: HeapParts;
  readonly #configs: readonly HeapConfig[];
  readonly #tables: readonly ClassTable[];
  readonly #zones: (ZoneAllocator | undefined)[];

  constructor(parts: HeapParts, keyCount: number, configOf: (key: Key) => HeapConfig) {
    const keys = Array.from({ length: keyCount }, (_, key) => key as Key);
    this.#parts = parts;
    this.#configs = [...keys.map((key) => checkedHeap(configOf(key))), BOOKKEEPING];
    this.#tables = this.#configs.map(({ classes }) => classTable(classes));
    this.bookKey = keyCount as Key;
    this.#zones = this.#configs.map(() => undefined);
  }

  /** The class that serves a request in the heap of `key`, or `NO_CLASS`. */
  classFor(key: Key, size: ByteCount, align: Alignment): SlabClass {
    const table = this.#tables[key];
    demand(table !== undefined, "a key is below the number of keys");
    return classIn(table, size, align);
  }

  /** Takes a block of what the heap of `key` has; answers how far into the area it starts, or `NO_BLOCK`. */
  take(key: Key, index: SlabClass): number {
    return this.#zoneOf(key).take(index);
  }

  /** Gets a page for the heap of `key`, and takes a block of it, or answers `NO_BLOCK`. */
  *grow(core: CoreId, key: Key, index: SlabClass): Sections<Address> {
    const spare = this.#fromAnother(key, "above its threshold");
    if (spare !== NO_PAGE) return this.#refillAndTake(key, spare, index);
    const lent = this.#lendAndTake(key, index);
    if (lent !== NO_BLOCK) return lent;

    const start = yield* this.#mapAndTake(core, key, index);
    if (start !== NO_BLOCK) return start;
    const own = this.take(key, index);
    if (own !== NO_BLOCK) return this.#parts.area.addressOf(own);
    const last = this.#fromAnother(key, "any");
    return last === NO_PAGE ? NO_BLOCK : this.#refillAndTake(key, last, index);
  }

  /** The heap that has number `heap`, which is there. */
  zone(heap: HeapId): ZoneAllocator {
    const zone = this.#zones[heap - 1];
    demand(zone !== undefined, "a heap was opened");
    return zone;
  }

  configOf(key: Key): HeapConfig {
    const config = this.#configs[key];
    demand(config !== undefined, "a key is below the number of keys");
    return config;
  }

  /** The heaps that are there. */
  zones(): readonly ZoneAllocator[] {
    return this.#zones.filter((zone) => zone !== undefined);
  }

  /** Gives `page`, which is nobody's, to the heap of `key`. */
  adopt(key: Key, page: number): void {
    const zone = this.#zones[key] ?? this.#open(key);
    zone.refill(page, ANY_CLASS);
  }

  /**
   * Takes `page`, which is empty, from `zone` for the initial heap, if that lent it and the heap has more
   * empty pages than its threshold: a page that is lent and taken back at every turn costs more than it
   * saves.
   */
  takeBack(zone: ZoneAllocator, page: number): void {
    if (!this.#parts.initial.isLender(page)) return;
    const { threshold } = this.configOf((zone.heap - 1) as Key);
    if (zone.emptyCount() <= threshold) return;
    zone.give(page);
    this.#parts.initial.takeBack(page);
    this.#parts.observer.reached("combination.page-taken-back");
  }

  /** Counts a block with pages of its own that was placed for the heap of `key`, or freed. */
  noteLarge(key: Key, by: 1 | -1): void {
    this.#zoneOf(key).noteLarge(by);
  }

  /** Gives back every empty page; answers how many were unmapped or taken back. */
  *giveBackEmpty(core: CoreId): Sections<number> {
    let count = 0;
    for (const zone of this.zones()) {
      for (let page = zone.giveEmpty(0); page !== NO_PAGE; page = zone.giveEmpty(0)) {
        yield* this.#giveBack(core, page);
        count++;
      }
    }
    return count;
  }

  /** Closes the heap of `key`, whose pages others get; answers false if it has live blocks, or is not there. */
  *close(core: CoreId, key: Key): Sections<boolean> {
    const zone = this.#zones[key];
    if (zone === undefined || zone.hasLiveBlocks()) return false;
    this.#zones[key] = undefined;
    const heir = this.zones()[0];
    const pages: number[] = [];
    for (let page = zone.giveEmpty(0); page !== NO_PAGE; page = zone.giveEmpty(0)) {
      if (heir === undefined) {
        this.#parts.area.setWord(page, TAKEN);
        pages.push(page);
      } else {
        heir.refill(page, ANY_CLASS);
      }
    }
    zone.close();
    this.#parts.observer.reached("combination.heap-closed");
    for (const page of pages) yield* this.#giveBack(core, page);
    return true;
  }

  #zoneOf(key: Key): ZoneAllocator {
    return this.#zones[key] ?? this.#openLate(key);
  }

  #openLate(key: Key): ZoneAllocator {
    if (key !== this.bookKey) this.#parts.observer.reached("combination.heap-opened-late");
    return this.#open(key);
  }

  #open(key: Key): ZoneAllocator {
    const { area, observer } = this.#parts;
    demand(key < this.#zones.length, "a key is below the number of keys");
    const zone = new ZoneAllocator(area, (key + 1) as HeapId, observer);
    this.#zones[key] = zone;
    return zone;
  }

  #refillAndTake(key: Key, page: number, index: SlabClass): Address {
    const zone = this.#zoneOf(key);
    zone.refill(page, index);
    return this.#parts.area.addressOf(zone.take(index));
  }

  /** An empty page of another heap, the next one first, or `NO_PAGE`. */
  #fromAnother(key: Key, which: "above its threshold" | "any"): number {
    const count = this.#zones.length;
    for (let step = 1; step < count; step++) {
      const other = ((key + step) % count) as Key;
      const threshold = which === "any" ? 0 : this.configOf(other).threshold;
      const page = this.#zones[other]?.giveEmpty(threshold) ?? NO_PAGE;
      if (page === NO_PAGE) continue;
      const isLast = which === "any";
      this.#parts.observer.reached(
        isLast ? "combination.last-page-transferred" : "combination.page-transferred",
      );
      return page;
    }
    return NO_PAGE;
  }

  /** Gets as many pages of the initial heap as are mapped when a heap grows, if it has as many. */
  #lendAndTake(key: Key, index: SlabClass): Address {
    const { area, initial, observer } = this.#parts;
    const { batch } = this.configOf(key);
    const zone = this.#zoneOf(key);
    let count = 0;
    for (; count < batch; count++) {
      const page = initial.lendPage();
      if (page === NO_PAGE) break;
      observer.reached("combination.page-lent");
      zone.refill(page, index);
    }
    return count === 0 ? NO_BLOCK : area.addressOf(zone.take(index));
  }

  *#mapAndTake(core: CoreId, key: Key, index: SlabClass): Sections<Address> {
    const { area, source, memory, observer } = this.#parts;
    const { batch } = this.configOf(key);
    let start = NO_BLOCK;
    for (let count = 0; count < batch; ) {
      const run = yield* source.mapRun(core, batch - count);
      memory.runOn(core);
      if (run.count === 0) {
        if (count > 0) observer.reached("combination.growth-failed-later");
        break;
      }
      observer.reached("combination.grown");
      const zone = this.#zoneOf(key);
      // The lowest page is put in last, and taken from first. Its number is a small integer from here on:
      // the engine keeps it with the first units of chunks, which are doubles.
      const first = run.first | 0;
      for (let page = first + (run.count | 0) - 1; page >= first; page--) zone.refill(page, index);
      if (start === NO_BLOCK) start = area.addressOf(zone.take(index));
      count += run.count;
    }
    return start;
  }

  *#giveBack(core: CoreId, page: number): Sections<void> {
    const { area, initial, source, memory, observer } = this.#parts;
    if (initial.isLender(page)) {
      initial.takeBack(page);
    } else {
      area.setWord(page, TAKEN);
      yield* source.unmap(core, page);
      memory.runOn(core);
      observer.reached("combination.page-given-back");
    }
  }
}
