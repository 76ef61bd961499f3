/** What a move makes of a machine, and whether it may be made at all: the judge of machines. */
import { DEAF, firstBroken, type Observer } from "../support/index.ts";
import {
  acquireFrame,
  acquirePage,
  linkTable,
  releaseFrame,
  releasePage,
  settleTable,
  unlinkTable,
} from "./frames.ts";
import { mapPage, markDirty, remapPage, settlePage, unmapPage } from "./mappings.ts";
import type { MachineMove } from "./moves.ts";
import { MACHINE_RULES, type MachineRule } from "./rules.ts";
import type { MachineState } from "./state.ts";
import { acknowledgeRound, forgetPage, forgetTable, requestRound } from "./tlb.ts";

export type MachineVerdict =
  | { readonly kind: "admitted"; readonly state: MachineState }
  | { readonly kind: "rejected"; readonly rule: MachineRule };

/** Judges a possible move; `observer` hears the name of each rule that was tested. */
export function judgeMachine(
  state: MachineState,
  move: MachineMove,
  observer: Observer = DEAF,
  rules: readonly MachineRule[] = MACHINE_RULES,
): MachineVerdict {
  const rule = firstBroken(rules, { state, move }, observer);
  return rule === undefined
    ? { kind: "admitted", state: nextMachine(state, move) }
    : { kind: "rejected", rule };
}

/** The machine after a move that keeps the rules. */
export function nextMachine(state: MachineState, move: MachineMove): MachineState {
  const { cores, cached, remembered, rounds } = state;
  switch (move.kind) {
    case "frame.acquire":
      return acquireFrame(state, move.frame);
    case "frame.release":
      return releaseFrame(state, move.frame);
    case "page.acquire":
      return acquirePage(state, move.page);
    case "page.release":
      return releasePage(state, move.page);
    case "page.map":
      return mapPage(state, move.page, move.frame, move.isExclusive, move.rights);
    case "page.remap":
      return remapPage(state, move.page, move.rights);
    case "page.unmap":
      return unmapPage(state, move.page);
    case "page.mark-dirty":
      return markDirty(state, move.page);
    case "page.settle":
      return settlePage(state, move.page);
    case "table.link":
      return linkTable(state, move.frame, move.page);
    case "table.unlink":
      return unlinkTable(state, move.frame);
    case "table.settle":
      return settleTable(state, move.frame);
    case "tlb.fill": {
      const { core, page, frame, rights } = move;
      return { ...state, cached: cached.with(move.entry, { core, page, frame, rights }) };
    }
    case "tlb.evict":
      return { ...state, cached: cached.without(move.entry) };
    case "tlb.invalidate":
      return forgetPage(state, move.core, move.page);
    case "walk.fill": {
      const { core, frame } = move;
      return { ...state, remembered: remembered.with(move.entry, { core, frame }) };
    }
    case "walk.evict":
      return { ...state, remembered: remembered.without(move.entry) };
    case "walk.invalidate":
      return forgetTable(state, move.core, move.frame);
    case "core.start":
    case "core.enter":
      return { ...state, cores: cores.with(move.core, move.space) };
    case "shootdown.request":
      return requestRound(state, move.round, move.first, move.last);
    case "shootdown.acknowledge":
      return acknowledgeRound(state, move.round, move.core);
    case "shootdown.close":
      return { ...state, rounds: rounds.without(move.round) };
    case "access":
      return state;
  }
}
