/**
 * What is claimed, from the first line to the last: each function below is true for all arguments that its
 * assumptions admit, for any number of blocks, holes, pages and heaps. The words that it uses are the
 * specification's own, or stand in `obligations/`, where the smaller theorems are.
 */
import {
  isLegal,
  type MachineMove,
  type MachineState,
  type Move,
  next,
  type Rights,
  RULES,
  type SystemState,
} from "#spec";
import type { FiniteMap } from "#support";
import type {
  BlockName,
  CoreId,
  EntryName,
  FrameNumber,
  HeapId,
  PageCount,
  PageName,
  PageNumber,
} from "#units";
import { assume } from "./obligations/assume.ts";
import { areApart, namesApart } from "./obligations/heap/blocks-apart.ts";
import {
  breaks,
  type HeapStep,
  hasGranule,
  heapBefore,
  verdictOn,
} from "./obligations/heap/heap-step.ts";
import { type BlockClaim, isAsNow } from "./obligations/heap/sound-block.ts";
import { isAdmittedMove, isSoundMachine } from "./obligations/machine/invariants.obligation.ts";
import {
  addsUp,
  addsUpAt,
  belowAfter,
  isRunning,
} from "./obligations/system/conservation.obligation.ts";
import { canCount, isAdmitted, isSound } from "./obligations/system/invariants.obligation.ts";

/**
 * Any legal call, answered in any way that the judge admits, leaves any two live blocks apart, and
 * each under its own name. The number of blocks is not bounded; `one` and `two` are any two of
 * their names. A heap without blocks is such a heap, so every heap that can be reached is.
 *
 * @proves live-blocks-disjoint
 * @split step.call.kind, step.answer.kind
 */
export function stepKeepsBlocksApart(step: HeapStep, one: BlockName, two: BlockName): boolean {
  const { blocks, call, contract } = step;
  assume(hasGranule(contract));
  assume(blocks.every((block, name) => block.name === name && block.align >= 1));
  // @auxiliary it is proved without; a heap that can be reached is a better counterexample
  assume(blocks.every((block) => block.reach >= block.size));
  assume(
    blocks.every((block) =>
      blocks.every((other) => block.name === other.name || areApart(block, other)),
    ),
  );
  assume(isLegal(heapBefore(step), call));
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected") return true;
  const after = verdict.state.live;
  const isNamed = !after.has(one) || after.at(one).name === one;
  return isNamed && namesApart(after, one, two);
}

/**
 * Whatever is legally called, and however an allocator answers, if the judge admits it then each live block
 * is aligned, lies in the extent, has at least the bytes that were asked for, and is known by its name.
 *
 * @proves block-aligned, block-in-extent, usable-size-honest
 * @split step.call.kind, step.answer.kind, claim
 */
export function stepKeepsBlocksSound(step: HeapStep, name: BlockName, claim: BlockClaim): boolean {
  const { call, contract } = step;
  const state = heapBefore(step);
  assume(hasGranule(contract));
  assume(isAsNow("named", state, name) && isAsNow("named", state, call.name));
  assume(isAsNow(claim, state, name) && isAsNow("large-enough", state, name));
  assume(isLegal(state, call));
  const verdict = verdictOn(step);
  if (verdict.kind === "rejected") return true;
  return isAsNow(claim, verdict.state, name);
}

/**
 * The judge admits an answer exactly if no rule is broken, and names a rule that is.
 *
 * @proves judge
 * @split step.call.kind, step.answer.kind
 */
export function judgeFollowsTheRules(step: HeapStep): boolean {
  assume(hasGranule(step.contract));
  assume(isLegal(heapBefore(step), step.call));
  const verdict = verdictOn(step);
  return verdict.kind === "admitted"
    ? RULES.every(({ name }) => !breaks(step, name))
    : breaks(step, verdict.rule.name);
}

/**
 * Whatever move is admitted, the counts of all heaps still add up to the pages that were granted and not
 * given back: no page is lost or made by growth, exchange, transfer, the switch, or a block.
 *
 * @proves pages-conserved
 * @split move.kind
 */
export function movesConservePages(
  state: SystemState,
  below: FiniteMap<HeapId, PageCount>,
  move: Move,
  heap: HeapId,
): boolean {
  assume(canCount(state));
  assume(isSound(state));
  assume(isRunning(below, state));
  assume(addsUp(state, (each) => below.get(each)));
  assume(isAdmitted(state, move));
  const after = next(state, move);
  const total = belowAfter(state, below, move);
  const startsAtZero = total(0 as HeapId) === 0;
  const endsWithGranted = total(after.nextHeap) === after.granted;
  return startsAtZero && endsWithGranted && addsUpAt(after, total, heap);
}

/**
 * No move but its own free touches a live block: it keeps its pages and its heap, whatever other blocks,
 * pages and heaps do, and across the switch; and its pages keep their owner and their use.
 *
 * @proves switch-keeps-blocks, page-moves-empty
 * @split move.kind
 */
export function movesLeaveBlocksWhereTheyAre(
  state: SystemState,
  move: Move,
  name: BlockName,
  page: PageNumber,
): boolean {
  assume(isSound(state));
  assume(isAdmitted(state, move));
  assume(state.blocks.has(name) && (move.kind !== "release" || move.name !== name));
  const { first, last, heap } = state.blocks.get(name);
  const after = next(state, move);
  if (!after.blocks.has(name)) return false;
  const now = after.blocks.get(name);
  const isInPlace = now.first === first && now.last === last && now.heap === heap;
  if (page < first || last < page) return isInPlace;
  const isKept =
    after.pages.has(page) && after.pages.get(page).owner === state.pages.get(page).owner;
  return isInPlace && isKept && after.pages.get(page).use === state.pages.get(page).use;
}

/**
 * A block is freed by the heap that it was placed with, from whatever core, before the switch and after:
 * no other is admitted, and it is the owner of every page that the block lies in.
 *
 * @proves block-routed-home
 */
export function blockIsFreedAtHome(
  state: SystemState,
  name: BlockName,
  heap: HeapId,
  page: PageNumber,
): boolean {
  assume(isSound(state));
  assume(isAdmitted(state, { kind: "release", name, heap }));
  const { first, last, heap: home } = state.blocks.get(name);
  const liesIn = first <= page && page <= last;
  return heap === home && (!liesIn || state.pages.get(page).owner === heap);
}

/**
 * A switch that is granted changes the phase, and neither a page, nor a heap, nor a block.
 *
 * @proves switch-happens-once, switch-keeps-blocks
 */
export function switchChangesThePhaseOnly(
  state: SystemState,
  move: Move,
  name: BlockName,
  page: PageNumber,
  heap: HeapId,
): boolean {
  assume(move.kind === "switch" && move.isGranted);
  assume(isAdmitted(state, move));
  const after = next(state, move);
  const isForward = state.phase === "early" && after.phase === "per-core";
  const samePages =
    after.pages.has(page) === state.pages.has(page) &&
    (!state.pages.has(page) || after.pages.get(page).owner === state.pages.get(page).owner);
  const sameBlocks =
    after.blocks.has(name) === state.blocks.has(name) &&
    (!state.blocks.has(name) || after.blocks.get(name).heap === state.blocks.get(name).heap);
  const sameHeaps =
    after.heaps.has(heap) === state.heaps.has(heap) &&
    (!state.heaps.has(heap) || after.heaps.get(heap).count === state.heaps.get(heap).count);
  return isForward && samePages && sameBlocks && sameHeaps && after.granted === state.granted;
}

/**
 * No access reaches memory that has a new owner, whatever a core still remembers: the frame that is reached
 * is the one that the page shows, or showed until just now, it is no page table, and if the page owned
 * it then it is nobody else's.
 *
 * @proves access-follows-translation, translation-is-current-or-awaited, page-owns-its-frame
 */
export function accessReachesNoNewOwner(
  state: MachineState,
  core: CoreId,
  page: PageName,
  needs: Rights,
  frame: FrameNumber,
): boolean {
  assume(isSoundMachine(state));
  const move: MachineMove = { kind: "access", core, page, needs, outcome: "reached", frame };
  assume(isAdmittedMove(state, move));
  if (!state.pages.has(page) || !state.frames.has(frame)) return false;
  const shown = state.pages.get(page);
  const { use, owner } = state.frames.get(frame);
  const isShown = shown.use !== "held" && shown.frame === frame;
  const isFrame = use !== "table" && use !== "unlinked";
  return isShown && isFrame && (owner === page || !shown.isExclusive);
}

/**
 * What somebody takes is remembered by no core: not a page, not a frame, and neither a frame that becomes a
 * page table nor one that was a page table.
 *
 * @proves frame-let-go, page-let-go, reuse-awaits-every-core
 * @split move.kind
 */
export function takenMemoryIsForgotten(
  state: MachineState,
  move: MachineMove,
  entry: EntryName,
): boolean {
  assume(isSoundMachine(state));
  assume(isAdmittedMove(state, move));
  const { cached, remembered } = state;
  if (move.kind === "page.acquire") {
    return !cached.has(entry) || cached.get(entry).page !== move.page;
  }
  if (move.kind === "frame.acquire" || move.kind === "table.link") {
    const isCached = cached.has(entry) && cached.get(entry).frame === move.frame;
    return !isCached && !(remembered.has(entry) && remembered.get(entry).frame === move.frame);
  }
  if (move.kind !== "table.settle") return true;
  return !(remembered.has(entry) && remembered.get(entry).frame === move.frame);
}
