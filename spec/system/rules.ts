/**
 * The rules of a system of heaps, as a flat list: who owns a page, where a block is freed, what a
 * switch may change. A rule finds that a move kept it, broke it, or did not test it.
 */
import { held, type RuleOf } from "../support/index.ts";
import { type HeapId, interval, type PageCount, type PageNumber } from "../units/index.ts";
import type { Move } from "./moves.ts";
import { isReady, type SystemState } from "./state.ts";

/** A possible move, and the system before it. */
export interface SystemStep {
  readonly state: SystemState;
  readonly move: Move;
}

/** A rule of a system of heaps. */
export type SystemRule = RuleOf<SystemStep>;

/** Whether `heap` owns every page from `first` to `last`. */
export const ownsAll = (
  { pages }: SystemState,
  heap: HeapId,
  first: PageNumber,
  last: PageNumber,
): boolean =>
  interval<PageNumber>(first, last).every(
    (page) => pages.has(page) && pages.get(page).owner === heap,
  );

/** Whether `page` begins room: `count` pages in a row of a heap that serves a key, without a block. */
const isRoom = (state: SystemState, page: PageNumber, count: PageCount): boolean => {
  const { pages, heaps, blocks } = state;
  const { owner } = pages.get(page);
  const last = (page + count - 1) as PageNumber;
  return (
    page % count === 0 &&
    isReady(state, owner) &&
    !heaps.get(owner).isInitial &&
    ownsAll(state, owner, page, last) &&
    blocks.every((block) => block.last < page || last < block.first)
  );
};

/** Whether some heap has room, or may be given more pages. */
const hasRoom = (state: SystemState): boolean => {
  const { contract, pages, granted } = state;
  const { roomPages, pageCount } = contract;
  return (
    granted <= pageCount - roomPages || pages.some((_, page) => isRoom(state, page, roomPages))
  );
};

export const SYSTEM_RULES: readonly SystemRule[] = [
  {
    name: "page-has-one-owner",
    claim: "a page that a heap is given belongs to no heap",
    test: ({ state: { pages }, move }) =>
      move.kind === "grow" ? held(!pages.has(move.page)) : "not tested",
  },
  {
    name: "pages-conserved",
    claim: "the heaps own as many pages as they were given and have not given back",
    test: ({ state: { granted }, move }) =>
      move.kind === "count" ? held(move.counted === granted) : "not tested",
  },
  {
    name: "page-moves-empty",
    claim: "a page changes its heap or its use only while no live block is in it",
    test: ({ state: { blocks }, move }) =>
      move.kind === "transfer" || move.kind === "exchange" || move.kind === "give-back"
        ? held(!blocks.some(({ first, last }) => first <= move.page && move.page <= last))
        : "not tested",
  },
  {
    name: "block-routed-home",
    claim: "a block lies in pages of one heap, and that heap frees it",
    test: ({ state, move }) => {
      if (move.kind === "place") return held(ownsAll(state, move.heap, move.first, move.last));
      if (move.kind === "release") return held(move.heap === state.blocks.get(move.name).heap);
      if (move.kind !== "route" || move.after === "switch") return "not tested";
      return held(move.heap === state.blocks.get(move.name).heap);
    },
  },
  {
    name: "free-through-own-heap",
    claim: "a block that is freed through the allocator of another heap than its own stays live",
    test: ({ move }) => (move.kind === "free-through" ? held(!move.isGranted) : "not tested"),
  },
  {
    name: "room-is-used",
    claim: "what fits into empty pages is refused only if no heap has some or may be given more",
    test: ({ state, move }) => {
      const { roomPages, roomSize, roomAlign } = state.contract;
      if (move.kind !== "refuse" || state.phase !== "per-core" || roomPages === 0) {
        return "not tested";
      }
      const fits = move.size <= roomSize && move.align <= roomAlign;
      return fits ? held(!hasRoom(state)) : "not tested";
    },
  },
  {
    name: "heap-closed-empty",
    claim: "a heap is closed when it has no block and no page, and else declines",
    test: ({ state: { heaps, keys, blocks }, move }) => {
      if (move.kind !== "close") return "not tested";
      const closed = keys.get(move.key);
      const isEmpty = heaps.get(closed).count === 0 && blocks.every(({ heap }) => heap !== closed);
      return held(!move.isGranted || isEmpty);
    },
  },
  {
    name: "switch-keeps-blocks",
    claim: "a switch leaves every live block with the heap that it had",
    test: ({ state: { blocks }, move }) =>
      move.kind === "route" && move.after === "switch"
        ? held(move.heap === blocks.get(move.name).heap)
        : "not tested",
  },
  {
    name: "switch-happens-once",
    claim: "a system goes from each phase to the next once, and whoever switches it has a heap",
    test: ({ state: { phase, keys }, move }) => {
      if (move.kind === "initialise") return held(!move.isGranted || phase === "uninitialised");
      if (move.kind !== "switch") return "not tested";
      return held(!move.isGranted || (phase === "early" && keys.has(move.key)));
    },
  },
];
