/**
 * Frames and pages that nobody has, and that somebody gets; frames that become page tables.
 *
 * Each function takes for granted that its move is possible and keeps the rules.
 */
import { finiteMap } from "../support/index.ts";
import type { ChangeNumber, FrameNumber, PageName } from "../units/index.ts";
import type { Frame, MachinePage, MachineState } from "./state.ts";

/** The machine, where somebody has `frame`. */
export function acquireFrame(state: MachineState, frame: FrameNumber): MachineState {
  return withFrame(state, frame, { use: "held", owner: 0 as PageName, waiting: finiteMap() });
}

/** The machine, where nobody has `frame`. */
export function releaseFrame(state: MachineState, frame: FrameNumber): MachineState {
  return { ...state, frames: state.frames.without(frame) };
}

/** The machine, where somebody has `page`, which shows nothing. */
export function acquirePage(state: MachineState, page: PageName): MachineState {
  const held: MachinePage = {
    use: "held",
    frame: 0 as FrameNumber,
    isExclusive: false,
    rights: { isWritable: false, isExecutable: false },
    isDirty: false,
    waiting: finiteMap(),
    changed: 0 as ChangeNumber,
  };
  return { ...state, pages: state.pages.with(page, held) };
}

/** The machine, where nobody has `page`. */
export function releasePage(state: MachineState, page: PageName): MachineState {
  return { ...state, pages: state.pages.without(page) };
}

/** The machine, where `frame` is a page table, linked for the sake of `page`. */
export function linkTable(state: MachineState, frame: FrameNumber, page: PageName): MachineState {
  return withFrame(state, frame, { use: "table", owner: page, waiting: finiteMap() });
}

/** The machine, where the page table `frame` is no longer reached by a walk that begins now. */
export function unlinkTable(state: MachineState, frame: FrameNumber): MachineState {
  const { owner } = state.frames.get(frame);
  return withFrame(state, frame, { use: "unlinked", owner, waiting: state.cores });
}

/** The machine, where `frame`, once a page table, is somebody's like any other. */
export function settleTable(state: MachineState, frame: FrameNumber): MachineState {
  return withFrame(state, frame, { ...state.frames.get(frame), use: "held" });
}

function withFrame(state: MachineState, frame: FrameNumber, now: Frame): MachineState {
  return { ...state, frames: state.frames.with(frame, now) };
}
