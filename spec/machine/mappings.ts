/**
 * Pages that show frames. A page that owns its frame takes it along: while it shows it, and until the
 * last core has let go of it, the frame is nobody else's.
 *
 * Each function takes for granted that its move is possible and keeps the rules.
 */
import { finiteMap } from "../support/index.ts";
import type { ChangeNumber, FrameNumber, PageName } from "../units/index.ts";
import {
  type FrameUse,
  includes,
  type MachinePage,
  type MachineState,
  type Rights,
} from "./state.ts";

/** The machine, where `page` shows `frame`. No core can remember anything of it. */
export function mapPage(
  state: MachineState,
  page: PageName,
  frame: FrameNumber,
  isExclusive: boolean,
  rights: Rights,
): MachineState {
  const { changed } = state.pages.get(page);
  const mapped: MachinePage = {
    use: "mapped",
    frame,
    isExclusive,
    rights,
    isDirty: false,
    waiting: finiteMap(),
    changed,
  };
  const frames = isExclusive ? ownedBy(state, frame, "mapped", page) : state.frames;
  return { ...state, pages: state.pages.with(page, mapped), frames };
}

/** The machine, where `page` has `rights`. Whoever remembers more must let go of it. */
export function remapPage(state: MachineState, page: PageName, rights: Rights): MachineState {
  const { pages, cores, nextChange } = state;
  const before = pages.get(page);
  if (includes(rights, before.rights)) {
    return { ...state, pages: pages.with(page, { ...before, rights }) };
  }
  const reduced: MachinePage = { ...before, rights, waiting: cores, changed: nextChange };
  return { ...state, pages: pages.with(page, reduced), nextChange: after(nextChange) };
}

/** The machine, where no walk that begins now finds `page`. */
export function unmapPage(state: MachineState, page: PageName): MachineState {
  const { pages, cores, nextChange } = state;
  const before = pages.get(page);
  const now: MachinePage = { ...before, use: "unmapping", waiting: cores, changed: nextChange };
  return {
    ...state,
    pages: pages.with(page, now),
    frames: before.isExclusive ? ownedBy(state, before.frame, "zombie", page) : state.frames,
    nextChange: after(nextChange),
  };
}

/** The machine, where the processor has noted that `page` is written. */
export function markDirty(state: MachineState, page: PageName): MachineState {
  const { pages } = state;
  return { ...state, pages: pages.with(page, { ...pages.get(page), isDirty: true }) };
}

/** The machine, where `page` shows nothing and is held, and the frame that it owned is held too. */
export function settlePage(state: MachineState, page: PageName): MachineState {
  const before = state.pages.get(page);
  return {
    ...state,
    pages: state.pages.with(page, { ...before, use: "held" }),
    frames: before.isExclusive ? ownedBy(state, before.frame, "held", page) : state.frames,
  };
}

function ownedBy(
  { frames }: MachineState,
  frame: FrameNumber,
  use: FrameUse,
  owner: PageName,
): MachineState["frames"] {
  return frames.with(frame, { use, owner, waiting: finiteMap() });
}

function after(change: ChangeNumber): ChangeNumber {
  return (change + 1) as ChangeNumber;
}
