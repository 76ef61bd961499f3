/** Which moves of a machine are admitted, and what each does: the rules and the moves in other words. */
import { type Cached, type MachineMove, type MachineState, nextMachine, type Rights } from "#spec";
import { type CoreId, type FrameNumber, KERNEL_SPACE, type PageName, spaceOf } from "#units";
import { assume } from "../assume.ts";
import { isAdmittedMove, isSoundMachine } from "./invariants.obligation.ts";

/** Whether `rights` allow too little for what is needed. */
function lacks(rights: Rights, needs: Rights): boolean {
  if (needs.isWritable && !rights.isWritable) return true;
  return needs.isExecutable && !rights.isExecutable;
}

/** Whether a frame is in use as nothing but a frame, and no page shows it. */
function isSpare({ frames, pages }: MachineState, frame: FrameNumber): boolean {
  if (!frames.has(frame) || frames.get(frame).use !== "held") return false;
  return pages.every((page) => page.use === "held" || page.frame !== frame);
}

/** Whether `core` runs and its walks come by `page`. */
function comesBy({ cores }: MachineState, core: CoreId, page: PageName): boolean {
  if (!cores.has(core)) return false;
  return spaceOf(page) === KERNEL_SPACE ? true : cores.get(core) === spaceOf(page);
}

/** Whether a walk of `core` may find, or may have found, what it is to keep. */
function isFound(state: MachineState, { core, page, frame, rights }: Cached): boolean {
  const { pages } = state;
  if (!pages.has(page) || pages.get(page).use === "held") return false;
  const now = pages.get(page);
  if (now.frame !== frame) return false;
  if (now.waiting.has(core)) return true;
  return now.use === "mapped" && !lacks(now.rights, rights) && !(rights.isWritable && !now.isDirty);
}

/** Whether an access with `move` is one that the processor may make. */
function isAccess(state: MachineState, move: MachineMove): boolean {
  if (move.kind !== "access" || !comesBy(state, move.core, move.page)) return false;
  const { pages, cached } = state;
  const { core, page, needs, frame } = move;
  const isMapped = pages.has(page) && pages.get(page).use === "mapped";
  if (move.outcome === "fault") {
    if (!isMapped || lacks(pages.get(page).rights, needs)) return true;
    return cached.some(
      (kept) => !(kept.core !== core || kept.page !== page) && lacks(kept.rights, needs),
    );
  }
  const isKept = !cached.every(
    (kept) =>
      kept.core !== core || kept.page !== page || kept.frame !== frame || lacks(kept.rights, needs),
  );
  if (isKept) return true;
  if (!isMapped || lacks(pages.get(page).rights, needs)) return false;
  return pages.get(page).frame === frame && (pages.get(page).isDirty || !needs.isWritable);
}

/** Whether a machine may make `move`, said move by move. */
function isAllowed(state: MachineState, move: MachineMove): boolean {
  const { frames, pages, cores, cached, remembered, rounds } = state;
  switch (move.kind) {
    case "frame.acquire":
      return !frames.has(move.frame);
    case "frame.release":
    case "table.link":
      return isSpare(state, move.frame);
    case "page.acquire":
      return !pages.has(move.page);
    case "page.release":
      return pages.has(move.page) && pages.get(move.page).use === "held";
    case "page.map": {
      if (!pages.has(move.page) || pages.get(move.page).use !== "held") return false;
      if (!frames.has(move.frame)) return false;
      if (frames.get(move.frame).use === "mapped") return !move.isExclusive;
      return frames.get(move.frame).use === "held";
    }
    case "page.remap":
    case "page.unmap":
    case "page.mark-dirty":
      return pages.has(move.page) && pages.get(move.page).use === "mapped";
    case "page.settle":
      if (!pages.has(move.page) || pages.get(move.page).use !== "unmapping") return false;
      return pages.get(move.page).waiting.every(() => false);
    case "table.unlink":
      return frames.has(move.frame) && frames.get(move.frame).use === "table";
    case "table.settle":
      if (!frames.has(move.frame) || frames.get(move.frame).use !== "unlinked") return false;
      return frames.get(move.frame).waiting.every(() => false);
    case "tlb.fill":
      if (cached.has(move.entry)) return false;
      return comesBy(state, move.core, move.page) && isFound(state, move);
    case "tlb.evict":
      return cached.has(move.entry);
    case "tlb.invalidate":
      if (!cores.has(move.core)) return false;
      return cached.every(({ core, page }) => core !== move.core || page !== move.page);
    case "walk.fill":
      if (remembered.has(move.entry) || !cores.has(move.core)) return false;
      if (!frames.has(move.frame)) return false;
      if (frames.get(move.frame).use === "table") return true;
      return frames.get(move.frame).use === "unlinked" && isAwaited(state, move.frame, move.core);
    case "walk.evict":
      return remembered.has(move.entry);
    case "walk.invalidate":
      if (!cores.has(move.core)) return false;
      return remembered.every(({ core, frame }) => core !== move.core || frame !== move.frame);
    case "core.start":
      return !cores.has(move.core);
    case "core.enter":
      return cores.has(move.core);
    case "shootdown.request":
      return !rounds.has(move.round) && !(move.last < move.first);
    case "shootdown.acknowledge": {
      const { round, core } = move;
      if (!rounds.has(round) || !cores.has(core)) return false;
      if (!rounds.get(round).waiting.has(core)) return false;
      const { first, last, before } = rounds.get(round);
      return !pages.some(
        ({ waiting, changed }, page) =>
          first <= page && page <= last && changed < before && waiting.has(core),
      );
    }
    case "shootdown.close":
      return rounds.has(move.round) && rounds.get(move.round).waiting.every(() => false);
    case "access":
      return isAccess(state, move);
  }
}

/** Whether the frame that was a page table waits for `core`. */
function isAwaited({ frames }: MachineState, frame: FrameNumber, core: CoreId): boolean {
  return frames.get(frame).waiting.has(core);
}

/**
 * A move is admitted exactly if it may be made, and nothing else is.
 *
 * @proves possible-machine-moves, frame-has-one-holder, page-has-one-holder, frame-let-go, page-let-go,
 *   page-mapped-once, frame-has-one-page, mapping-is-there, reuse-awaits-every-core, table-is-not-shown,
 *   translation-from-a-walk, invalidation-forgets, acknowledged-once, acknowledged-when-forgotten,
 *   round-awaits-every-core, access-follows-translation
 * @split move.kind
 */
export function admittedMoveIsWhatIsAllowed(state: MachineState, move: MachineMove): boolean {
  return isAdmittedMove(state, move) === isAllowed(state, move);
}

/**
 * A move does what it says: to its frame, its page, its core, its round, and to what cores remember.
 *
 * @proves frame.acquire, frame.release, page.acquire, page.release, page.map, page.remap, page.unmap,
 *   page.mark-dirty, page.settle, table.link, table.unlink, table.settle, tlb.fill, tlb.evict,
 *   walk.fill, walk.evict, core.start, core.enter, shootdown.request, shootdown.close
 * @split move.kind
 */
export function machineMovesDoWhatTheySay(state: MachineState, move: MachineMove): boolean {
  assume(isSoundMachine(state));
  assume(isAdmittedMove(state, move));
  const { frames, pages, cores, cached, remembered, rounds } = nextMachine(state, move);
  switch (move.kind) {
    case "frame.acquire":
      return frames.has(move.frame) && frames.get(move.frame).use === "held";
    case "frame.release":
      return !frames.has(move.frame);
    case "page.acquire":
      return pages.has(move.page) && pages.get(move.page).use === "held";
    case "page.release":
      return !pages.has(move.page);
    case "page.map": {
      const { use, frame, isExclusive, rights, isDirty } = pages.get(move.page);
      const isOwned = frames.get(move.frame).owner === move.page;
      return (
        use === "mapped" &&
        frame === move.frame &&
        isExclusive === move.isExclusive &&
        isSame(rights, move.rights) &&
        !isDirty &&
        (isOwned || !move.isExclusive)
      );
    }
    case "page.remap": {
      const { use, frame, rights, isDirty } = pages.get(move.page);
      const before = state.pages.get(move.page);
      const isKept = frame === before.frame && isDirty === before.isDirty;
      return use === "mapped" && isKept && isSame(rights, move.rights);
    }
    case "page.unmap": {
      const { use, frame, isExclusive } = pages.get(move.page);
      const isZombie = frames.get(frame).use === "zombie";
      return use === "unmapping" && (isZombie || !isExclusive);
    }
    case "page.mark-dirty":
      return pages.get(move.page).isDirty && pages.get(move.page).use === "mapped";
    case "page.settle": {
      const { frame, isExclusive } = state.pages.get(move.page);
      const isFree = frames.get(frame).use === "held";
      return pages.get(move.page).use === "held" && (isFree || !isExclusive);
    }
    case "table.link":
      return frames.get(move.frame).use === "table" && frames.get(move.frame).owner === move.page;
    case "table.unlink":
      return frames.get(move.frame).use === "unlinked";
    case "table.settle":
      return frames.get(move.frame).use === "held";
    case "tlb.fill": {
      const { core, page, frame, rights } = cached.get(move.entry);
      const isHere = core === move.core && page === move.page && frame === move.frame;
      return isHere && isSame(rights, move.rights);
    }
    case "tlb.evict":
      return !cached.has(move.entry);
    case "tlb.invalidate":
      return !pages.has(move.page) || !pages.get(move.page).waiting.has(move.core);
    case "walk.fill": {
      const { core, frame } = remembered.get(move.entry);
      return core === move.core && frame === move.frame;
    }
    case "walk.evict":
      return !remembered.has(move.entry);
    case "walk.invalidate":
      return !frames.has(move.frame) || !frames.get(move.frame).waiting.has(move.core);
    case "core.start":
    case "core.enter":
      return cores.has(move.core) && cores.get(move.core) === move.space;
    case "shootdown.request": {
      const { first, last } = rounds.get(move.round);
      return first === move.first && last === move.last;
    }
    case "shootdown.acknowledge":
      return rounds.has(move.round) && !rounds.get(move.round).waiting.has(move.core);
    case "shootdown.close":
      return !rounds.has(move.round);
    case "access":
      return true;
  }
}

/**
 * Unmapping a page, taking a right from it, and unlinking a page table each wait for every core that runs;
 * giving a page more rights waits for no other than before; a round asks every core that runs.
 *
 * @proves page.unmap, page.remap, table.unlink, shootdown.request
 * @split move.kind
 */
export function lossesAwaitEveryCore(
  state: MachineState,
  move: MachineMove,
  core: CoreId,
): boolean {
  assume(isAdmittedMove(state, move) && state.cores.has(core));
  const { frames, pages, rounds, nextChange } = nextMachine(state, move);
  if (move.kind === "page.unmap") {
    const { waiting, changed } = pages.get(move.page);
    return waiting.has(core) && changed < nextChange && changed >= state.nextChange;
  }
  if (move.kind === "page.remap") {
    const before = state.pages.get(move.page);
    const { waiting, changed } = pages.get(move.page);
    if (!lacks(move.rights, before.rights)) return waiting.has(core) === before.waiting.has(core);
    return waiting.has(core) && changed === state.nextChange && changed < nextChange;
  }
  if (move.kind === "table.unlink") return frames.get(move.frame).waiting.has(core);
  if (move.kind !== "shootdown.request") return nextChange === state.nextChange;
  const { waiting, before } = rounds.get(move.round);
  return waiting.has(core) && before === nextChange;
}

function isSame(one: Rights, other: Rights): boolean {
  return one.isWritable === other.isWritable && one.isExecutable === other.isExecutable;
}
