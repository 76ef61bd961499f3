/**
 * What is true of every system that began uninitialised and made only moves that the rules admit. An
 * audit asks it of a system that runs; that no admitted move can break it is proved.
 */
import type { InvariantOf } from "../support/index.ts";
import { type HeapId, interval, type PlaceNumber } from "../units/index.ts";
import { ownsAll } from "./rules.ts";
import { isReady, type SystemState } from "./state.ts";

export type SystemInvariant = InvariantOf<SystemState>;

export const SYSTEM_INVARIANTS: readonly SystemInvariant[] = [
  {
    name: "page-has-its-place",
    claim: "a page is owned by a heap, and has a number there that no other page has",
    holds: ({ pages, heaps }) =>
      pages.every(({ owner, place }, page) => {
        if (!heaps.has(owner)) return false;
        const { count, pageAt } = heaps.get(owner);
        return place < count && pageAt.has(place) && pageAt.get(place) === page;
      }),
  },
  {
    name: "place-has-its-page",
    claim: "what a heap counts as its pages are pages that it owns",
    holds: ({ pages, heaps }) =>
      heaps.every(({ count, pageAt }, heap) =>
        pageAt.every((page, place) => {
          const isOwned = pages.has(page) && pages.get(page).owner === heap;
          return place < count && isOwned && pages.get(page).place === place;
        }),
      ),
  },
  {
    name: "places-without-gap",
    claim: "a heap numbers its pages from 0 to below its count",
    holds: ({ heaps }) =>
      heaps.every(({ count, pageAt }) =>
        interval<PlaceNumber>(0, count - 1).every((place) => pageAt.has(place)),
      ),
  },
  {
    name: "heaps-without-gap",
    claim: "heaps are numbered from 0 to below the next",
    holds: ({ heaps, nextHeap }) =>
      heaps.every((_, heap) => heap < nextHeap) &&
      interval<HeapId>(0, nextHeap - 1).every((heap) => heaps.has(heap)),
  },
  {
    name: "block-lies-at-home",
    claim: "every page of a live block is owned by the heap that frees it",
    holds: (state) =>
      state.blocks.every(
        ({ first, last, heap }) => first <= last && ownsAll(state, heap, first, last),
      ),
  },
  {
    name: "block-of-a-ready-heap",
    claim: "no block is of a heap that does not serve yet",
    holds: (state) => state.blocks.every(({ heap }) => isReady(state, heap)),
  },
  {
    name: "key-has-its-own-heap",
    claim: "the heap of a key is open, not an initial one, and the heap of no other key",
    holds: ({ heaps, keys }) =>
      keys.every(
        (heap, key) =>
          heaps.has(heap) &&
          !heaps.get(heap).isInitial &&
          !heaps.get(heap).isClosed &&
          keys.every((other, otherKey) => key === otherKey || heap !== other),
      ),
  },
  {
    name: "closed-heap-has-nothing",
    claim: "a heap that is closed owns no page",
    holds: ({ heaps }) => heaps.every(({ isClosed, count }) => !isClosed || count === 0),
  },
  {
    name: "nothing-before-the-beginning",
    claim: "before it is initialised a system has no heap, and so no page and no block",
    holds: ({ phase, heaps }) => phase !== "uninitialised" || !heaps.some(() => true),
  },
];
