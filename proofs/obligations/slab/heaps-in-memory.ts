/**
 * A system of heaps as memory has it: a word for each page, which says whose it is, and a record for each
 * heap, which says how many pages it has. How many pages and heaps there are is not bounded, nor where
 * their words lie: a theorem takes for granted that those which it names lie apart.
 */
import {
  addTo,
  type Column,
  INITIAL,
  type Memory,
  PAGE_COUNT_OFFSET,
  RECORD_SIZE,
  type SlabClass,
  slabWord,
} from "#impl";
import type { Home, SystemState } from "#spec";
import type { Address, HeapId, PageNumber, PlaceNumber } from "#units";

/** Memory, where the word of each page and the record of each heap lie in it, and the system that they mean. */
export interface HeapsInMemory {
  readonly memory: Memory;
  readonly words: Column;
  readonly records: Column;
  readonly system: SystemState;
}

/** The heap that serves before the switch; its pages have a word of their own. */
const INITIAL_HEAP = 0;
/** One more than the largest number of a heap that has slab pages: a word has 26 bits for it. */
const HEAPS_MAX = 2 ** 26 - 1;

/** Where the word of `page` is. */
export function wordOf({ words }: HeapsInMemory, page: PageNumber): Address {
  return (4 * words.read(page)) as Address;
}

/** Where the record of `heap` begins. */
export function recordOfHeap({ records }: HeapsInMemory, heap: HeapId): Address {
  return (RECORD_SIZE * records.read(heap)) as Address;
}

/** Writes that `heap` has `page`, of class `index`, and one page more. */
export function own(all: HeapsInMemory, page: PageNumber, heap: HeapId, index: SlabClass): void {
  all.memory.writeWord(wordOf(all, page), slabWord(heap, index));
  addTo(all.memory, recordOfHeap(all, heap), PAGE_COUNT_OFFSET, 1);
}

/** Writes that `heap` has one page less. */
export function disown(all: HeapsInMemory, heap: HeapId): void {
  addTo(all.memory, recordOfHeap(all, heap), PAGE_COUNT_OFFSET, -1);
}

/** Whether the words of `pages` and the records of `heaps` lie in memory, each apart from all others. */
export function areKept(
  all: HeapsInMemory,
  pages: readonly PageNumber[],
  heaps: readonly HeapId[],
): boolean {
  return (
    pages.every((page) => isWordKept(all, page)) &&
    heaps.every((heap) => isRecordKept(all, heap)) &&
    pages.every((page) =>
      pages.every((other) => page === other || wordOf(all, page) !== wordOf(all, other)),
    ) &&
    heaps.every(
      (heap) =>
        heaps.every(
          (other) => heap === other || recordOfHeap(all, heap) !== recordOfHeap(all, other),
        ) && pages.every((page) => isOutside(recordOfHeap(all, heap), wordOf(all, page))),
    )
  );
}

/** Whether the word of `page` says whose it is in `system`, and of which class; or that it is no heap's. */
export function isPageAsWritten(
  all: HeapsInMemory,
  system: SystemState,
  page: PageNumber,
): boolean {
  const word = all.memory.readWord(wordOf(all, page));
  if (!system.pages.has(page)) return isNobodys(word);
  const { owner, use } = system.pages.get(page);
  if (word === INITIAL) return owner === INITIAL_HEAP;
  return owner < HEAPS_MAX && use < 32 && word === slabWord(owner, use as number as SlabClass);
}

/** Whether the record of `heap` counts the pages that it has in `system`. */
export function isHeapAsWritten(all: HeapsInMemory, system: SystemState, heap: HeapId): boolean {
  const counted = all.memory.readWord((recordOfHeap(all, heap) + PAGE_COUNT_OFFSET) as Address);
  return !system.heaps.has(heap) || system.heaps.get(heap).count === counted;
}

/** Whether the words of `pages` and the records of `heaps` say what is so in `system`. */
export function areAsWritten(
  all: HeapsInMemory,
  system: SystemState,
  pages: readonly PageNumber[],
  heaps: readonly HeapId[],
): boolean {
  return (
    pages.every((page) => isPageAsWritten(all, system, page)) &&
    heaps.every((heap) => isHeapAsWritten(all, system, heap))
  );
}

/** Whether `word` is that of a page which no heap has. */
export function isNobodys(word: number): boolean {
  return word !== INITIAL && (word < 32 || word >= 2 ** 31);
}

/** Whether the heap of number `heap` may have slab pages. */
export function mayHavePages(heap: HeapId): boolean {
  return heap < HEAPS_MAX;
}

/** Whether no block lies in `page`. */
export function isWithoutBlocks({ blocks }: SystemState, page: PageNumber): boolean {
  return blocks.every(({ first, last }: Home) => last < page || page < first);
}

/** Whether `heap` has pages, and the last that it counts is one of them. */
export function hasLastPage({ pages, heaps }: SystemState, heap: HeapId): boolean {
  if (!heaps.has(heap)) return false;
  const { count, pageAt } = heaps.get(heap);
  const last = (count - 1) as PlaceNumber;
  if (count < 1 || !pageAt.has(last)) return false;
  const page = pageAt.get(last);
  return pages.has(page) && pages.get(page).owner === heap;
}

function isWordKept({ memory, words }: HeapsInMemory, page: PageNumber): boolean {
  if (page >= words.length || words.read(page) < 0) return false;
  const at = 4 * words.read(page);
  return memory.start <= at && at + 4 <= memory.start + memory.size;
}

function isRecordKept({ memory, records }: HeapsInMemory, heap: HeapId): boolean {
  if (heap >= records.length || records.read(heap) < 0) return false;
  const at = RECORD_SIZE * records.read(heap);
  return memory.start <= at && at + RECORD_SIZE <= memory.start + memory.size;
}

function isOutside(record: Address, at: Address): boolean {
  return at < record || record + RECORD_SIZE <= at;
}
