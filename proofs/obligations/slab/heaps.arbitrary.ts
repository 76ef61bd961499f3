/** Systems of heaps whose words are in memory, for running the theorems about whose pages are. */
import fc from "fast-check";
import {
  type Column,
  PAGE_COUNT_OFFSET,
  PlainColumn,
  PlainMemory,
  type SlabClass,
  slabWord,
} from "#impl";
import type { SystemState } from "#spec";
import type { HeapId, PageNumber } from "#units";
import { aSystemAndMove } from "../system/system.arbitrary.ts";
import { type HeapsInMemory, recordOfHeap, wordOf } from "./heaps-in-memory.ts";

const PAGES = 5;
const HEAPS = 20;
/** The words of pages lie behind the records. */
const FIRST_WORD = (512 * HEAPS) / 4;

const words: Column = column(PAGES, (page) => FIRST_WORD + page);
const records: Column = column(HEAPS, (heap) => heap);

/** Memory that says what is so in `system`. */
export function written(system: SystemState): HeapsInMemory {
  const all = { memory: new PlainMemory(512 * (HEAPS + 1)), words, records, system };
  for (let page = 0 as PageNumber; page < PAGES; page++) {
    if (!system.pages.has(page)) continue;
    const { owner, use } = system.pages.get(page);
    all.memory.writeWord(wordOf(all, page), slabWord(owner, use as number as SlabClass));
  }
  for (let heap = 0 as HeapId; heap < Math.min(system.nextHeap, HEAPS); heap++) {
    const { count } = system.heaps.get(heap);
    all.memory.writeWord((recordOfHeap(all, heap) + PAGE_COUNT_OFFSET) as never, count);
  }
  return all;
}

/** Systems that can be reached, in memory; each is written when it is drawn. */
export const heapsInMemory: fc.Arbitrary<HeapsInMemory> = fc
  .constantFrom(...fc.sample(aSystemAndMove, { seed: 5, numRuns: 300 }))
  .map(([system]) => written(system));

function column(count: number, cell: (row: number) => number): Column {
  return new PlainColumn(Int32Array.from({ length: count }, (_, row) => cell(row)));
}
