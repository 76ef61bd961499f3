/** What follows for whoever uses memory: rounds that are over, owners, and all that a move leaves alone. */
import { type MachineMove, type MachineState, nextMachine } from "#spec";
import type { CoreId, FrameNumber, PageName, RoundName } from "#units";
import { assume } from "../assume.ts";
import { isAdmittedMove, isSoundMachine } from "./invariants.obligation.ts";

/**
 * Once a round is over, no page that it was about waits for a core: whoever unmapped them may settle them.
 *
 * @proves round-awaits-every-core, round-tells-the-truth
 * @depth 3
 */
export function closedRoundAwaitsNobody(
  state: MachineState,
  round: RoundName,
  page: PageName,
  core: CoreId,
): boolean {
  assume(isSoundMachine(state));
  assume(isAdmittedMove(state, { kind: "shootdown.close", round }));
  assume(state.pages.has(page) && state.pages.get(page).use === "unmapping");
  const { first, last, before } = state.rounds.get(round);
  const { changed, waiting } = state.pages.get(page);
  assume(first <= page && page <= last && changed < before);
  return !waiting.has(core);
}

/**
 * No two pages own one frame, and none owns a page table.
 *
 * @proves page-owns-its-frame, frame-has-one-page, table-is-not-shown
 */
export function frameHasOneOwner(state: MachineState, one: PageName, other: PageName): boolean {
  assume(isSoundMachine(state));
  const { pages, frames } = state;
  assume(pages.has(one) && pages.get(one).use !== "held" && pages.get(one).isExclusive);
  assume(pages.has(other) && pages.get(other).use !== "held" && pages.get(other).isExclusive);
  const { use } = frames.get(pages.get(one).frame);
  const isFrame = use === "mapped" || use === "zombie";
  return isFrame && (one === other || pages.get(one).frame !== pages.get(other).frame);
}

/**
 * A move of one page leaves what every other page shows, and what it allows, as it was.
 *
 * @proves page.map, page.remap, page.unmap, page.settle
 * @split move.kind
 */
export function movesChangeOneTranslation(
  state: MachineState,
  move: MachineMove,
  page: PageName,
): boolean {
  assume(isAdmittedMove(state, move));
  assume(state.pages.has(page) && !isAbout(move, page));
  const { pages } = nextMachine(state, move);
  if (!pages.has(page)) return false;
  const before = state.pages.get(page);
  const now = pages.get(page);
  const isKept = now.use === before.use && now.frame === before.frame;
  const isAllowed =
    now.rights.isWritable === before.rights.isWritable &&
    now.rights.isExecutable === before.rights.isExecutable;
  return isKept && isAllowed && now.isExclusive === before.isExclusive;
}

/**
 * A move of one frame, or of a page and its own frame, leaves the use of every other frame as it was.
 *
 * @proves frame.acquire, frame.release, page.map, page.unmap, page.settle, table.link, table.unlink
 * @split move.kind
 */
export function movesChangeOneFrame(
  state: MachineState,
  move: MachineMove,
  frame: FrameNumber,
): boolean {
  assume(isAdmittedMove(state, move));
  assume(state.frames.has(frame) && !isOf(state, move, frame));
  const { frames } = nextMachine(state, move);
  if (!frames.has(frame)) return false;
  const isKept = frames.get(frame).use === state.frames.get(frame).use;
  return isKept && frames.get(frame).owner === state.frames.get(frame).owner;
}

function isAbout(move: MachineMove, page: PageName): boolean {
  const isOfOnePage =
    move.kind === "page.acquire" ||
    move.kind === "page.release" ||
    move.kind === "page.map" ||
    move.kind === "page.remap" ||
    move.kind === "page.unmap" ||
    move.kind === "page.settle";
  return isOfOnePage && move.page === page;
}

function isOf({ pages }: MachineState, move: MachineMove, frame: FrameNumber): boolean {
  if (move.kind === "frame.acquire" || move.kind === "frame.release") return move.frame === frame;
  if (move.kind === "table.link" || move.kind === "table.unlink") return move.frame === frame;
  if (move.kind === "table.settle") return move.frame === frame;
  if (move.kind === "page.map") return move.frame === frame && move.isExclusive;
  if (move.kind !== "page.unmap" && move.kind !== "page.settle") return false;
  return pages.get(move.page).frame === frame && pages.get(move.page).isExclusive;
}
