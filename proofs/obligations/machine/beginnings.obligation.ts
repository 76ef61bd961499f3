/** What frames, pages and machines are before anything is done with them, and how changes are counted. */
import { emptyMachine, type MachineState, nextMachine } from "#spec";
import type { ChangeNumber, FrameNumber, PageName } from "#units";
import { assume } from "../assume.ts";
import { isAdmittedMove } from "./invariants.obligation.ts";

/**
 * A frame that somebody gets is held for no page in particular, and waits for nobody.
 *
 * @proves frame.acquire
 */
export function newFrameIsForNoPage(
  state: MachineState,
  frame: FrameNumber,
  other: FrameNumber,
): boolean {
  const { frames } = nextMachine(state, { kind: "frame.acquire", frame });
  if (other !== frame) return frames.has(other) === state.frames.has(other);
  const { use, owner, waiting } = frames.get(frame);
  return use === "held" && owner === 0 && !waiting.some(() => true);
}

/**
 * A page that somebody gets shows nothing, allows nothing, and has neither been written nor changed.
 *
 * @proves page.acquire
 */
export function newPageShowsNothing(state: MachineState, page: PageName, other: PageName): boolean {
  const { pages } = nextMachine(state, { kind: "page.acquire", page });
  if (other !== page) return pages.has(other) === state.pages.has(other);
  const { use, frame, isExclusive, rights, isDirty, waiting, changed } = pages.get(page);
  const isNothing = use === "held" && frame === 0 && !isExclusive && !isDirty && changed === 0;
  const isAllowed = rights.isWritable || rights.isExecutable;
  return isNothing && !isAllowed && !waiting.some(() => true);
}

/**
 * Changes are numbered one by one: an unmapping has the next number, and between this and the next after it
 * there is none.
 *
 * @proves page.unmap, change-is-numbered
 */
export function changesAreNumberedOneByOne(
  state: MachineState,
  page: PageName,
  number: ChangeNumber,
): boolean {
  assume(isAdmittedMove(state, { kind: "page.unmap", page }));
  const { pages, nextChange } = nextMachine(state, { kind: "page.unmap", page });
  const isNext = pages.get(page).changed === state.nextChange;
  return isNext && number <= state.nextChange === number < nextChange;
}

/**
 * In a machine that begins nobody has a frame or a page, no core runs, and nothing has changed.
 *
 * @proves empty-machine
 */
export function emptyMachineIsEmpty(frame: FrameNumber, page: PageName): boolean {
  const { frames, pages, cores, nextChange } = emptyMachine();
  return !frames.has(frame) && !pages.has(page) && !cores.some(() => true) && nextChange === 0;
}
