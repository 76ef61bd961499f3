/** What a move makes of a system, and whether it may be made at all: the judge of systems. */
import { DEAF, firstBroken, type Observer } from "../support/index.ts";
import { closeFor, initialise, openFor, openInitial, switchHeaps } from "./heap-switch.ts";
import type { Move } from "./moves.ts";
import { exchange, giveBack, grow, transfer } from "./ownership.ts";
import { SYSTEM_RULES, type SystemRule } from "./rules.ts";
import type { SystemState } from "./state.ts";

export type SystemVerdict =
  | { readonly kind: "admitted"; readonly state: SystemState }
  | { readonly kind: "rejected"; readonly rule: SystemRule };

/** Judges a possible move; `observer` hears the name of each rule that was tested. */
export function judgeMove(
  state: SystemState,
  move: Move,
  observer: Observer = DEAF,
  rules: readonly SystemRule[] = SYSTEM_RULES,
): SystemVerdict {
  const rule = firstBroken(rules, { state, move }, observer);
  return rule === undefined
    ? { kind: "admitted", state: next(state, move) }
    : { kind: "rejected", rule };
}

/** The system after a move that keeps the rules. */
export function next(state: SystemState, move: Move): SystemState {
  const { blocks } = state;
  if (move.kind === "initialise") return move.isGranted ? initialise(state) : state;
  if (move.kind === "switch") return move.isGranted ? switchHeaps(state) : state;
  if (move.kind === "open-initial") return openInitial(state, move.heap);
  if (move.kind === "open") return openFor(state, move.heap, move.key);
  if (move.kind === "close") return move.isGranted ? closeFor(state, move.key) : state;
  if (move.kind === "grow") return grow(state, move.page, move.heap, move.use);
  if (move.kind === "give-back") return giveBack(state, move.page);
  if (move.kind === "transfer") return transfer(state, move.page, move.heap, move.use);
  if (move.kind === "exchange") return exchange(state, move.page, move.use);
  if (move.kind === "place") {
    const { first, last, heap } = move;
    return { ...state, blocks: blocks.with(move.name, { first, last, heap }) };
  }
  return move.kind === "release" ? { ...state, blocks: blocks.without(move.name) } : state;
}
