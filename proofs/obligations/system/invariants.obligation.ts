/** What is true of every system, for any number of heaps, pages and blocks: by induction over its moves. */
import {
  isPossible,
  type Move,
  next,
  SYSTEM_INVARIANTS,
  SYSTEM_RULES,
  type SystemState,
  uninitialised,
} from "#spec";
import { assume } from "../assume.ts";

export type InvariantName =
  | "page-has-its-place"
  | "place-has-its-page"
  | "places-without-gap"
  | "heaps-without-gap"
  | "block-lies-at-home"
  | "block-of-a-ready-heap"
  | "key-has-its-own-heap"
  | "closed-heap-has-nothing"
  | "nothing-before-the-beginning";

/** Whether every invariant holds of `state`. */
export function isSound(state: SystemState): boolean {
  return SYSTEM_INVARIANTS.every(({ holds }) => holds(state));
}

/** Whether `move` is possible in `state`, and no rule is broken by it. */
export function isAdmitted(state: SystemState, move: Move): boolean {
  return (
    isPossible(state, move) && SYSTEM_RULES.every(({ test }) => test({ state, move }) !== "broken")
  );
}

/** Whether one more can be counted exactly: of the pages, those of each heap, and the heaps. */
export function canCount({ granted, heaps, nextHeap }: SystemState): boolean {
  return (
    granted < Number.MAX_SAFE_INTEGER &&
    nextHeap < Number.MAX_SAFE_INTEGER - 1 &&
    heaps.every(({ count }) => count < Number.MAX_SAFE_INTEGER)
  );
}

/** Whether the invariant `name` holds of `state`. */
export function keeps(state: SystemState, name: InvariantName): boolean {
  return SYSTEM_INVARIANTS.some((each) => each.name === name && each.holds(state));
}

/**
 * A system that has not begun keeps every invariant.
 *
 * @proves initialise
 * @split name
 */
export function beginningIsSound(name: InvariantName): boolean {
  return keeps(uninitialised(), name);
}

/**
 * Whatever move is admitted, what was true of the system is still true after it: growth, exchange within a
 * heap, transfer between heaps, giving back, blocks that come and go, and the switch.
 *
 * @proves page-has-its-place, place-has-its-page, places-without-gap, heaps-without-gap,
 *   block-lies-at-home, block-of-a-ready-heap, key-has-its-own-heap, nothing-before-the-beginning
 * @split move.kind, name
 */
export function movesKeepSystemSound(state: SystemState, move: Move, name: InvariantName): boolean {
  assume(canCount(state));
  assume(isSound(state));
  assume(isAdmitted(state, move));
  return keeps(next(state, move), name);
}
