/** Which moves are admitted, and what each does: the rules and the moves in other words. */
import { type Move, next, type SystemState } from "#spec";
import { type HeapId, interval, type PageNumber } from "#units";
import { assume } from "../assume.ts";
import { isAdmitted, isSound } from "./invariants.obligation.ts";

/** Whether `page` lies below or above every live block. */
function isClear({ blocks }: SystemState, page: PageNumber): boolean {
  return !blocks.some(({ first, last }) => !(page < first || last < page));
}

/** Whether `heap` exists and serves now. */
function serves({ heaps, phase }: SystemState, heap: HeapId): boolean {
  if (!heaps.has(heap) || heaps.get(heap).isClosed) return false;
  return phase === "per-core" ? true : heaps.get(heap).isInitial;
}

/** Whether some heap of a key has as many empty pages in a row as make room. */
function someHeapHasRoom({ contract, pages, heaps, phase, blocks }: SystemState): boolean {
  const { roomPages } = contract;
  return pages.some(({ owner }, page) => {
    const last = (page + roomPages - 1) as PageNumber;
    const isStart = page % roomPages === 0 && phase === "per-core" && heaps.has(owner);
    if (!isStart || heaps.get(owner).isInitial || heaps.get(owner).isClosed) return false;
    const isOwned = (each: PageNumber): boolean =>
      pages.has(each) && pages.get(each).owner === owner;
    if (interval<PageNumber>(page, last).some((each) => !isOwned(each))) return false;
    return !blocks.some((block) => block.first <= last && page <= block.last);
  });
}

/** Whether a request may be refused: what was promised does not cover it, or there is nothing left. */
function mayBeRefused(state: SystemState, move: Move): boolean {
  if (move.kind !== "refuse") return false;
  const { roomPages, roomSize, roomAlign, pageCount } = state.contract;
  if (state.phase !== "per-core" || roomPages === 0) return true;
  if (roomSize < move.size || roomAlign < move.align) return true;
  return pageCount < state.granted + roomPages && !someHeapHasRoom(state);
}

/** Whether a system that has begun may make `move`, said move by move. */
function isAllowed(state: SystemState, move: Move): boolean {
  const { phase, pages, heaps, nextHeap, keys, blocks, granted } = state;
  if (move.kind === "initialise") return !(move.isGranted && phase !== "uninitialised");
  if (move.kind === "switch") {
    return move.isGranted ? phase === "early" && keys.has(move.key) : true;
  }
  if (move.kind === "count") return !(move.counted < granted || granted < move.counted);
  if (phase === "uninitialised") return false;
  if (move.kind === "refuse") return mayBeRefused(state, move);
  if (move.kind === "close") {
    if (!keys.has(move.key)) return false;
    const closed = keys.get(move.key);
    return (
      !move.isGranted || !(heaps.get(closed).count > 0 || blocks.some((b) => b.heap === closed))
    );
  }
  if (move.kind === "open-initial") return phase === "early" && !(move.heap !== nextHeap);
  if (move.kind === "open") return !keys.has(move.key) && !(move.heap !== nextHeap);
  if (move.kind === "grow") {
    return heaps.has(move.heap) && !heaps.get(move.heap).isClosed && !pages.has(move.page);
  }
  if (move.kind === "give-back" || move.kind === "exchange") {
    return pages.has(move.page) && isClear(state, move.page);
  }
  if (move.kind === "transfer") {
    if (!pages.has(move.page) || !heaps.has(move.heap)) return false;
    if (heaps.get(move.heap).isClosed) return false;
    return pages.get(move.page).owner !== move.heap && isClear(state, move.page);
  }
  if (move.kind === "place") {
    const { first, last, heap } = move;
    if (last < first || blocks.has(move.name) || !serves(state, heap)) return false;
    const isMissing = (page: PageNumber): boolean =>
      !pages.has(page) || pages.get(page).owner !== heap;
    return !interval<PageNumber>(first, last).some(isMissing);
  }
  if (!blocks.has(move.name)) return false;
  const isHome = blocks.get(move.name).heap === move.heap;
  return move.kind === "free-through" ? !isHome && heaps.has(move.heap) && !move.isGranted : isHome;
}

/**
 * A move is admitted exactly if it may be made: empty pages move, pages that nobody has are given, blocks are
 * placed in pages of one heap that serves, and freed by it; and nothing else.
 *
 * @proves possible-moves, page-has-one-owner, pages-conserved, page-moves-empty, block-routed-home,
 *   free-through-own-heap, room-is-used, heap-closed-empty, switch-keeps-blocks, switch-happens-once
 * @split move.kind
 */
export function admittedIsWhatIsAllowed(state: SystemState, move: Move): boolean {
  assume(isSound(state));
  return isAdmitted(state, move) === isAllowed(state, move);
}

/**
 * A move does what it says: to its page, its block, its heap, the phase, and to what is counted.
 *
 * @proves grow, give-back, transfer, exchange, place, release, open, open-initial, close, initialise, switch
 * @split move.kind
 */
export function movesDoWhatTheySay(state: SystemState, move: Move): boolean {
  assume(state.granted < Number.MAX_SAFE_INTEGER && state.nextHeap < Number.MAX_SAFE_INTEGER);
  assume(isSound(state));
  assume(isAdmitted(state, move));
  const { phase, pages, heaps, nextHeap, keys, blocks, granted } = next(state, move);
  const isOpening = move.kind === "open" || move.kind === "open-initial";
  const isCounted =
    granted - state.granted === (move.kind === "grow" ? 1 : move.kind === "give-back" ? -1 : 0) &&
    nextHeap - state.nextHeap === (isOpening ? 1 : 0);
  if (!isCounted) return false;
  if (move.kind === "initialise") return phase === (move.isGranted ? "early" : state.phase);
  if (move.kind === "switch") return phase === (move.isGranted ? "per-core" : state.phase);
  if (phase !== state.phase) return false;
  if (move.kind === "close") {
    const closed = state.keys.get(move.key);
    return heaps.get(closed).isClosed === move.isGranted && keys.has(move.key) !== move.isGranted;
  }
  if (move.kind === "open-initial" || move.kind === "open") {
    const isNew = heaps.has(move.heap) && heaps.get(move.heap).count === 0;
    if (!isNew || heaps.get(move.heap).pageAt.some(() => true)) return false;
    if (move.kind === "open-initial") return heaps.get(move.heap).isInitial;
    return !heaps.get(move.heap).isInitial && keys.get(move.key) === move.heap;
  }
  if (move.kind === "grow" || move.kind === "transfer") {
    return pages.get(move.page).owner === move.heap && pages.get(move.page).use === move.use;
  }
  if (move.kind === "give-back") return !pages.has(move.page);
  if (move.kind === "exchange") {
    const { owner, use } = pages.get(move.page);
    return owner === state.pages.get(move.page).owner && use === move.use;
  }
  if (move.kind === "place") {
    const { first, last, heap } = blocks.get(move.name);
    return first === move.first && last === move.last && heap === move.heap;
  }
  return move.kind !== "release" || !blocks.has(move.name);
}
