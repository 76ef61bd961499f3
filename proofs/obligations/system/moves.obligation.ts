/** What one move cannot do: lead back to an earlier phase, or touch the pages of others. */
import { type Move, next, type SystemState } from "#spec";
import type { PageNumber } from "#units";
import { assume } from "../assume.ts";
import { isAdmitted, isSound } from "./invariants.obligation.ts";

/**
 * A system is in each phase once: no admitted move leads back, and a second switch is not admitted.
 *
 * @proves switch-happens-once
 * @split move.kind
 */
export function phasesGoForward(state: SystemState, move: Move): boolean {
  assume(isSound(state));
  assume(isAdmitted(state, move));
  const after = next(state, move);
  if (state.phase === "per-core") {
    return after.phase === "per-core" && !(move.kind === "switch" && move.isGranted);
  }
  return state.phase === "uninitialised" || after.phase !== "uninitialised";
}

/**
 * A move of one page changes no other page's heap or use, and gives no other heap a page: a page that a heap
 * has after a move was its own before, or is the page of the move.
 *
 * @proves page-has-one-owner
 * @split move.kind
 */
export function movesChangeOnePage(state: SystemState, move: Move, page: PageNumber): boolean {
  assume(isSound(state));
  assume(isAdmitted(state, move));
  const isMoved =
    move.kind === "grow" ||
    move.kind === "give-back" ||
    move.kind === "transfer" ||
    move.kind === "exchange";
  assume(!isMoved || move.page !== page);
  const after = next(state, move);
  if (after.pages.has(page) !== state.pages.has(page)) return false;
  if (!state.pages.has(page)) return true;
  const before = state.pages.get(page);
  const now = after.pages.get(page);
  return before.owner === now.owner && before.use === now.use;
}
