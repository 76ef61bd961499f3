/**
 * What a reader of a sound machine may rely on, one plain sentence at a time.
 *
 * That moves keep the invariants is proved elsewhere, and an invariant that says less may well be kept too.
 * So what the invariants are for is said here in words that are not theirs.
 */
import type { MachineState } from "#spec";
import type { CoreId, EntryName, FrameNumber, PageName, RoundName } from "#units";
import { assume } from "../assume.ts";
import { isSoundMachine } from "./invariants.obligation.ts";

/**
 * A translation that a core keeps is of the frame that the page shows or showed, and allows no more than the
 * page does, unless the page waits for that core; and the core runs.
 *
 * @proves translation-is-current-or-awaited, memory-of-a-running-core
 */
export function keptTranslationIsTrueOrAwaited(state: MachineState, entry: EntryName): boolean {
  assume(isSoundMachine(state));
  assume(state.cached.has(entry));
  const { core, page, frame, rights } = state.cached.get(entry);
  if (!state.cores.has(core) || !state.pages.has(page)) return false;
  const now = state.pages.get(page);
  if (now.use === "held" || now.frame !== frame) return false;
  if (now.waiting.has(core)) return true;
  if (now.use === "unmapping" || (rights.isExecutable && !now.rights.isExecutable)) return false;
  return !rights.isWritable || (now.rights.isWritable && now.isDirty);
}

/**
 * A way that a core keeps leads to a page table, or to one that was and that waits for that core; and the
 * core runs.
 *
 * @proves way-is-current-or-awaited, memory-of-a-running-core
 */
export function keptWayIsTrueOrAwaited(state: MachineState, entry: EntryName): boolean {
  assume(isSoundMachine(state));
  assume(state.remembered.has(entry));
  const { core, frame } = state.remembered.get(entry);
  if (!state.cores.has(core) || !state.frames.has(frame)) return false;
  const { use, waiting } = state.frames.get(frame);
  return use === "table" ? true : use === "unlinked" && waiting.has(core);
}

/**
 * A frame that is mapped is shown by the page that owns it, and a zombie was until its page was unmapped.
 *
 * @proves frame-is-not-lost
 */
export function mappedFrameHasItsPage(state: MachineState, frame: FrameNumber): boolean {
  assume(isSoundMachine(state));
  assume(state.frames.has(frame));
  const { use, owner } = state.frames.get(frame);
  assume(use === "mapped" || use === "zombie");
  if (!state.pages.has(owner)) return false;
  const page = state.pages.get(owner);
  const isUsed = use === "mapped" ? page.use === "mapped" : page.use === "unmapping";
  return isUsed && page.frame === frame && page.isExclusive;
}

/**
 * What a page shows is a frame that somebody has, and if it owns it, the frame is mapped for it, or a zombie
 * while it waits; no page shows a page table.
 *
 * @proves page-shows-a-frame-in-use, page-owns-its-frame
 */
export function shownFrameIsInUse(state: MachineState, page: PageName): boolean {
  assume(isSoundMachine(state));
  assume(state.pages.has(page) && state.pages.get(page).use !== "held");
  const { use, frame, isExclusive } = state.pages.get(page);
  if (!state.frames.has(frame)) return false;
  const now = state.frames.get(frame);
  if (now.use === "table" || now.use === "unlinked") return false;
  if (!isExclusive) return true;
  return now.owner === page && now.use === (use === "unmapping" ? "zombie" : "mapped");
}

/**
 * Whatever a page, a page table or a round waits for is a core that runs, so that it can answer.
 *
 * @proves waits-for-running-cores
 */
export function awaitedCoresRun(
  state: MachineState,
  page: PageName,
  frame: FrameNumber,
  round: RoundName,
  core: CoreId,
): boolean {
  assume(isSoundMachine(state));
  const { pages, frames, rounds, cores } = state;
  const isAwaited =
    (pages.has(page) && pages.get(page).waiting.has(core)) ||
    (frames.has(frame) && frames.get(frame).waiting.has(core)) ||
    (rounds.has(round) && rounds.get(round).waiting.has(core));
  return cores.has(core) || !isAwaited;
}

/**
 * A change that some core has not heard of has happened: its number is below that of the next. A round is
 * about no change that is still to come.
 *
 * @proves change-is-numbered
 */
export function changesHaveHappened(
  state: MachineState,
  page: PageName,
  round: RoundName,
  core: CoreId,
): boolean {
  assume(isSoundMachine(state));
  const { pages, rounds, nextChange } = state;
  const isRoundDue = !rounds.has(round) || rounds.get(round).before <= nextChange;
  if (!pages.has(page) || pages.get(page).use === "held") return isRoundDue;
  const { waiting, changed } = pages.get(page);
  return isRoundDue && (!waiting.has(core) || changed < nextChange);
}
