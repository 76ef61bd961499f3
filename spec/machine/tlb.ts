/**
 * What cores remember, and how they are made to forget: TLBs, the ways to page tables, and the rounds of
 * a shootdown.
 *
 *     core 0     unmap ── request ──────────────────── close ── settle
 *     core 1                 └─ invalidate ─ acknowledge ┘
 *
 * That a page waits for a core is the truth; a round is how software finds out. A core that
 * acknowledges a round says that it waits for none of its pages any more.
 *
 * Each function takes for granted that its move is possible and keeps the rules.
 */
import type { CoreId, FrameNumber, PageName, RoundName } from "../units/index.ts";
import type { MachineState } from "./state.ts";

/** The machine, where `core` remembers nothing of `page`, and the page does not wait for it. */
export function forgetPage(state: MachineState, core: CoreId, page: PageName): MachineState {
  const { pages } = state;
  if (!pages.has(page)) return state;
  const before = pages.get(page);
  const now = { ...before, waiting: before.waiting.without(core) };
  return { ...state, pages: pages.with(page, now) };
}

/** The machine, where `core` remembers no way to the page table `frame`, which does not wait for it. */
export function forgetTable(state: MachineState, core: CoreId, frame: FrameNumber): MachineState {
  const { frames } = state;
  if (!frames.has(frame)) return state;
  const before = frames.get(frame);
  const now = { ...before, waiting: before.waiting.without(core) };
  return { ...state, frames: frames.with(frame, now) };
}

/** The machine, where every core has been asked to forget the pages from `first` to `last`. */
export function requestRound(
  state: MachineState,
  round: RoundName,
  first: PageName,
  last: PageName,
): MachineState {
  const { cores, nextChange } = state;
  const opened = { first, last, before: nextChange, waiting: cores };
  return { ...state, rounds: state.rounds.with(round, opened) };
}

/** The machine, where `core` has acknowledged `round`. */
export function acknowledgeRound(
  state: MachineState,
  round: RoundName,
  core: CoreId,
): MachineState {
  const { rounds } = state;
  const before = rounds.get(round);
  const now = { ...before, waiting: before.waiting.without(core) };
  return { ...state, rounds: rounds.with(round, now) };
}
