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
  if (!heaps.has(heap)) return false;
  return phase === "per-core" ? true : heaps.get(heap).isInitial;
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
  if (move.kind === "open-initial") return phase === "early" && !(move.heap !== nextHeap);
  if (move.kind === "open") return !keys.has(move.key) && !(move.heap !== nextHeap);
  if (move.kind === "grow") return heaps.has(move.heap) && !pages.has(move.page);
  if (move.kind === "give-back" || move.kind === "exchange") {
    return pages.has(move.page) && isClear(state, move.page);
  }
  if (move.kind === "transfer") {
    if (!pages.has(move.page) || !heaps.has(move.heap)) return false;
    return pages.get(move.page).owner !== move.heap && isClear(state, move.page);
  }
  if (move.kind === "place") {
    const { first, last, heap } = move;
    if (last < first || blocks.has(move.name) || !serves(state, heap)) return false;
    const isMissing = (page: PageNumber): boolean =>
      !pages.has(page) || pages.get(page).owner !== heap;
    return !interval<PageNumber>(first, last).some(isMissing);
  }
  return blocks.has(move.name) && blocks.get(move.name).heap === move.heap;
}

/**
 * A move is admitted exactly if it may be made: empty pages move, pages that nobody has are given, blocks are
 * placed in pages of one heap that serves, and freed by it; and nothing else.
 *
 * @proves possible-moves, page-has-one-owner, pages-conserved, page-moves-empty, block-routed-home,
 *   switch-keeps-blocks, switch-happens-once
 * @split move.kind
 */
export function admittedIsWhatIsAllowed(state: SystemState, move: Move): boolean {
  return isAdmitted(state, move) === isAllowed(state, move);
}

/**
 * A move does what it says: to its page, its block, its heap, the phase, and to what is counted.
 *
 * @proves grow, give-back, transfer, exchange, place, release, open, open-initial, initialise, switch
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
