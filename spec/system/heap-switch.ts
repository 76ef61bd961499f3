/**
 * The phases of a system of heaps, and the switch from the initial heaps to a heap for each key.
 *
 *     uninitialised ── initialise ──> early ── switch ──> per-core
 *                                       │                    │
 *                     initial heaps serve;         all heaps serve; blocks from
 *                     others may be given pages    before are freed where they were
 *
 * A switch changes the phase and nothing else: no block moves, no page changes hands. What is done to
 * prepare for it, heaps that open and grow, are moves of their own, and served by the initial heaps.
 */
import { finiteMap } from "../support/index.ts";
import type {
  Alignment,
  ByteCount,
  HeapId,
  Key,
  PageCount,
  PageNumber,
  PlaceNumber,
} from "../units/index.ts";
import type { Heap, SystemContract, SystemState } from "./state.ts";

/** Nothing is promised. */
export const NO_PROMISES: SystemContract = {
  roomPages: 0 as PageCount,
  roomSize: 0 as ByteCount,
  roomAlign: 1 as Alignment,
  pageCount: 0 as PageCount,
};

/** Before anything was asked of the system. */
export function uninitialised(contract: SystemContract = NO_PROMISES): SystemState {
  return {
    contract,
    phase: "uninitialised",
    pages: finiteMap(),
    heaps: finiteMap(),
    nextHeap: 0 as HeapId,
    keys: finiteMap(),
    blocks: finiteMap(),
    granted: 0 as PageCount,
  };
}

/** The system in its early phase: without heaps and pages, which come one by one. */
export function initialise(state: SystemState): SystemState {
  return { ...state, phase: "early" };
}

/** The system with a heap more, without pages, which serves before the switch. */
export function openInitial(state: SystemState, heap: HeapId): SystemState {
  return withHeap(state, heap, true);
}

/** The system with a heap more, without pages, for `key`. */
export function openFor(state: SystemState, heap: HeapId, key: Key): SystemState {
  return { ...withHeap(state, heap, false), keys: state.keys.with(key, heap) };
}

/** The system without the heap of `key`, whose number is never used again. */
export function closeFor(state: SystemState, key: Key): SystemState {
  const { heaps, keys } = state;
  const heap = keys.get(key);
  const closed: Heap = { ...heaps.get(heap), isClosed: true };
  return { ...state, heaps: heaps.with(heap, closed), keys: keys.without(key) };
}

/** The system after its switch. */
export function switchHeaps(state: SystemState): SystemState {
  return { ...state, phase: "per-core" };
}

function withHeap(state: SystemState, heap: HeapId, isInitial: boolean): SystemState {
  const empty: Heap = {
    isInitial,
    isClosed: false,
    count: 0 as PageCount,
    pageAt: finiteMap<PlaceNumber, PageNumber>(),
  };
  return {
    ...state,
    heaps: state.heaps.with(heap, empty),
    nextHeap: (state.nextHeap + 1) as HeapId,
  };
}
