/**
 * The moves that lead from a state of the specification to what a system shows of itself.
 *
 * What a call frees comes first, then what pages do, then what it places: the order in which the most is
 * allowed, so that no system is accused of an order that nobody saw. A switch is asked who frees the
 * blocks before its pages are looked at.
 */
import type { Move, SystemState } from "#spec";
import type { BlockName, HeapId, Key, PageCount, PageNumber, PageUse } from "#units";
import { type BlockView, pagesOf, type SystemView } from "./system-view.ts";

/** The numbers of heaps in the specification, by the number that the system gives them. */
export type HeapNumbers = Map<number, HeapId>;

/** Heaps, first of all: those that show themselves for the first time. */
export function openings(
  { phase, nextHeap }: SystemState,
  { pages, blocks }: SystemView,
  numbers: HeapNumbers,
): readonly Move[] {
  const shown = [...pages.map(({ owner }) => owner), ...blocks.map(({ heap }) => heap)];
  const unknown = [...new Set(shown)].filter((heap) => !numbers.has(heap));
  return unknown.map((shownAs, index): Move => {
    const heap = (nextHeap + index) as HeapId;
    numbers.set(shownAs, heap);
    // Whether a heap that shows itself early would have served then is not seen, so it may.
    return phase === "early"
      ? { kind: "open-initial", heap }
      : { kind: "open", heap, key: heap as number as Key };
  });
}

/** What happened from `state` to `view`; `after` is what was asked of the system. */
export function movesTo(
  state: SystemState,
  view: SystemView,
  numbers: HeapNumbers,
  unit: number,
  after: "call" | "switch",
): readonly Move[] {
  const heapOf = (shownAs: number): HeapId => numbers.get(shownAs) as HeapId;
  const { releases, places, routes } = blockMoves(state, view.blocks, heapOf, unit, after);
  const pages = pageMoves(state, view, heapOf, unit);
  return after === "switch"
    ? [...releases, ...routes, ...pages, ...places]
    : [...releases, ...pages, ...places, ...routes];
}

function blockMoves(
  { blocks: known }: SystemState,
  blocks: readonly BlockView[],
  heapOf: (shownAs: number) => HeapId,
  unit: number,
  after: "call" | "switch",
) {
  const releases: Move[] = [];
  const places: Move[] = [];
  const routes: Move[] = [];
  const kept = new Set<BlockName>();
  for (const { name, start, reach, heap: shownAs } of blocks) {
    const { first, last } = pagesOf(start, reach, unit);
    const heap = heapOf(shownAs);
    const before = known.has(name) ? known.get(name) : undefined;
    if (before?.first === first && before.last === last) {
      kept.add(name);
      // One that is as it was speaks for all others that are.
      if (heap !== before.heap || routes.length === 0) {
        routes.push({ kind: "route", name, heap, after });
      }
    } else {
      places.push({ kind: "place", name, first, last, heap });
    }
  }
  known.every(({ heap }, name) => {
    if (!kept.has(name)) releases.push({ kind: "release", name, heap });
    return true;
  });
  return { releases, places, routes };
}

function pageMoves(
  { pages: known }: SystemState,
  { pages }: SystemView,
  heapOf: (shownAs: number) => HeapId,
  unit: number,
): readonly Move[] {
  const moves: Move[] = [];
  const listed = new Set<PageNumber>();
  for (const { start, size, owner, sizeClass } of pages) {
    if (owner === -1 || size === 0) continue;
    const { first, last } = pagesOf(start, size, unit);
    const heap = heapOf(owner);
    const use = (sizeClass ?? 0) as PageUse;
    for (let page = first; page <= last; page = (page + 1) as PageNumber) {
      if (listed.has(page) || !known.has(page)) {
        moves.push({ kind: "grow", page, heap, use });
      } else if (known.get(page).owner !== heap) {
        moves.push({ kind: "transfer", page, heap, use });
      } else if (known.get(page).use !== use) {
        moves.push({ kind: "exchange", page, use });
      }
      listed.add(page);
    }
  }
  for (const { start, size, owner } of pages) {
    if (owner !== -1 || size === 0) continue;
    const { first, last } = pagesOf(start, size, unit);
    for (let page = first; page <= last; page = (page + 1) as PageNumber) {
      if (known.has(page) && !listed.has(page)) moves.push({ kind: "give-back", page });
    }
  }
  return [...moves, { kind: "count", counted: listed.size as PageCount }];
}
