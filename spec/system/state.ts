/**
 * A system of heaps: which heap owns a page, and which heap a block is freed by.
 *
 *     pages      ┌──────┬──────┬──────┬──────┬──────┐
 *     owner      │  A   │  A   │  B   │  B   │  A   │
 *     place      │  0   │  2   │  0   │  1   │  1   │    each heap numbers its pages 0, 1, 2 …
 *     blocks     │ ├─ x ┼── x ┤│      │ ├ y ┤│     │    x is freed by A, y by B
 *                └──────┴──────┴──────┴──────┴──────┘
 *
 * Which of its pages a heap gives which number is nobody's business. The numbers are there so that a
 * count is a count: the pages of a heap and the numbers below its count are the same many.
 *
 * A large object is no special case: it lies in pages that a heap is given for it and gives back after.
 */
import type { FiniteMap } from "../support/index.ts";
import type {
  Alignment,
  BlockName,
  ByteCount,
  HeapId,
  Key,
  PageCount,
  PageNumber,
  PageUse,
  PlaceNumber,
} from "../units/index.ts";

/**
 * What is promised of every system of some kind. Room is some pages in a row, the first of them at a
 * multiple of their number, in none of which a block lives.
 */
export interface SystemContract {
  readonly roomPages: PageCount; // how many pages make room; 0 if nothing is promised
  readonly roomSize: ByteCount; // what fits into room, whatever class it is of
  readonly roomAlign: Alignment;
  readonly pageCount: PageCount; // the heaps are given so many pages before any is denied
}

export interface Page {
  readonly owner: HeapId;
  readonly place: PlaceNumber; // its number among the pages of its owner
  readonly use: PageUse;
}

export interface Heap {
  readonly isInitial: boolean; // whether it serves before the switch
  readonly isClosed: boolean; // whether it has served for the last time
  readonly count: PageCount;
  readonly pageAt: FiniteMap<PlaceNumber, PageNumber>;
}

/** Where a live block lies, and the heap that it is freed by. */
export interface Home {
  readonly first: PageNumber;
  readonly last: PageNumber;
  readonly heap: HeapId;
}

/** Before there is memory, with the initial heaps, with a heap for each key. */
export type Phase = "uninitialised" | "early" | "per-core";

export interface SystemState {
  readonly contract: SystemContract;
  readonly phase: Phase;
  readonly pages: FiniteMap<PageNumber, Page>; // those that some heap owns
  readonly heaps: FiniteMap<HeapId, Heap>;
  readonly nextHeap: HeapId; // the number that the next heap will have: how many there are
  readonly keys: FiniteMap<Key, HeapId>; // the heap of each core, task or name space
  readonly blocks: FiniteMap<BlockName, Home>;
  readonly granted: PageCount; // pages that heaps were given, less those that they gave back
}

/** Whether `heap` exists and was not closed. */
export function isOpen({ heaps }: SystemState, heap: HeapId): boolean {
  return heaps.has(heap) && !heaps.get(heap).isClosed;
}

/** Whether `heap` may serve a request now. */
export function isReady(state: SystemState, heap: HeapId): boolean {
  return isOpen(state, heap) && (state.heaps.get(heap).isInitial || state.phase === "per-core");
}
