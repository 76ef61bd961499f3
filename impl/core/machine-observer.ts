/**
 * Whoever watches what software does to a machine, in the moves of the specification.
 *
 * A machine that nobody watches says nothing, so whoever speaks asks first: a move costs an object.
 */
import type { MachineMove } from "#spec";

export interface MachineObserver {
  /** Whether anybody listens. */
  readonly isWatching: boolean;
  moved(move: MachineMove): void;
}

/** Hears nothing. */
export const UNWATCHED: MachineObserver = { isWatching: false, moved: () => {} };
