/**
 * The moves that lead from a state of the specification to what a system shows of itself.
 *
 * What a call frees comes first, then what pages do, then what it places: the order in which the most is
 * allowed, so that no system is accused of an order that nobody saw. A switch is asked who frees the
 * blocks before its pages are looked at.
 */
import type { Move, SystemState } from "#spec";
import type { BlockName, HeapId, Key, PageCount, PageNumber, PageUse } from "#units";
import type { PageView } from "../subject/subject.ts";
import { type BlockView, pagesOf, type SystemView } from "./system-view.ts";

/** The numbers of heaps in the specification, by the number that the system gives them. */
export type HeapNumbers = Map<number, HeapId>;

const NO_MOVES: readonly Move[] = [];

/** A heap that shows itself for the first time. */
export function opening({ phase, nextHeap: heap }: SystemState): Move & { readonly heap: HeapId } {
  // Whether a heap that shows itself early would have served then is not seen, so it may.
  return phase === "early"
    ? { kind: "open-initial", heap }
    : { kind: "open", heap, key: keyOf(heap) };
}

/** Whoever has `heap`: who that is, a system does not say, but no two heaps have it. */
export function keyOf(heap: HeapId): Key {
  return heap as number as Key;
}

/**
 * What happened from `state` to `view`, where at most `changed` of its pages have; `after` is what was
 * asked of the system.
 */
export function movesTo(
  state: SystemState,
  view: SystemView,
  changed: readonly PageView[],
  numbers: HeapNumbers,
  unit: number,
  after: "call" | "switch",
): readonly Move[] {
  const { releases, places, routes } = blockMoves(state, view.blocks, numbers, unit, after);
  const pages = [...pageMoves(state, changed, numbers, unit), countOf(view.pages, unit)];
  return after === "switch"
    ? [...releases, ...routes, ...pages, ...places]
    : [...releases, ...pages, ...places, ...routes];
}

/** What became of `pages`, which are counted as well if they are all that there are. */
export function movesOfPages(
  state: SystemState,
  pages: readonly PageView[],
  areAll: boolean,
  numbers: HeapNumbers,
  unit: number,
): readonly Move[] {
  if (pages.length === 0 && !areAll) return NO_MOVES;
  const moves = pageMoves(state, pages, numbers, unit);
  return areAll ? [...moves, countOf(pages, unit)] : moves;
}

/** What became of `pages`, from `state` on: each of them lists what it is now, once. */
export function pageMoves(
  { pages: known }: SystemState,
  pages: readonly PageView[],
  numbers: HeapNumbers,
  unit: number,
): readonly Move[] {
  const moves: Move[] = [];
  const listed = new Set<PageNumber>();
  for (const { start, size, owner, sizeClass } of pages) {
    if (owner === -1 || size === 0) continue;
    const { first, last } = pagesOf(start, size, unit);
    const heap = numbers.get(owner) as HeapId;
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
  return moves;
}

/** Whether `pages`, which are all that there are, show a change that was not `told`. */
export function hidesChange(
  state: SystemState,
  pages: readonly PageView[],
  told: readonly PageView[],
  numbers: HeapNumbers,
  unit: number,
): boolean {
  const isTold = (page: number): boolean =>
    told.some(({ start, size }) => start <= page * unit && page * unit < start + size);
  return pageMoves(state, pages, numbers, unit).some(
    (move) => "page" in move && !isTold(move.page),
  );
}

/** How many pages `pages`, which are all that there are, say that the heaps own. */
export function countOf(pages: readonly PageView[], unit: number): Move {
  const listed = new Set<PageNumber>();
  for (const { start, size, owner } of pages) {
    if (owner === -1 || size === 0) continue;
    const { first, last } = pagesOf(start, size, unit);
    for (let page = first; page <= last; page = (page + 1) as PageNumber) listed.add(page);
  }
  return { kind: "count", counted: listed.size as PageCount };
}

function blockMoves(
  { blocks: known }: SystemState,
  blocks: readonly BlockView[],
  numbers: HeapNumbers,
  unit: number,
  after: "call" | "switch",
) {
  const releases: Move[] = [];
  const places: Move[] = [];
  const routes: Move[] = [];
  const kept = new Set<BlockName>();
  for (const { name, start, reach, heap: shownAs } of blocks) {
    const { first, last } = pagesOf(start, reach, unit);
    const heap = numbers.get(shownAs) as HeapId;
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
