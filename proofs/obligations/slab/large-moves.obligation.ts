/**
 * From a block with pages of its own to the specification of systems: the judge admits that its heap is given them
 * one by one, has the block in them, frees it, and gives them back. How many pages a block has is not bounded.
 */
import { largeRequestFor } from "#impl";
import {
  isInWindow,
  isPossible,
  judgeMove,
  type Move,
  type Run,
  type SystemState,
  windowOf,
} from "#spec";
import {
  type Alignment,
  type BlockName,
  type HeapId,
  interval,
  type PageNumber,
  type PageUse,
} from "#units";
import { assume } from "../assume.ts";
import { canCount, keeps } from "../system/invariants.obligation.ts";
import { isPowerOfTwo } from "../units/power-of-two.ts";
import { isWithoutBlocks } from "./heaps-in-memory.ts";

/**
 * The pages that are asked for begin at a multiple of the alignment, and all that do will do, as long as their
 * numbers are counted.
 *
 * @proves large-request, chunk-as-asked
 * @split align 2^0..2^52
 */
export function largePagesBeginAtTheirAlignment(align: Alignment, run: Run): boolean {
  assume(isPowerOfTwo(align) && run.first < 2 ** 39);
  assume(run.count >= 1 && run.count <= 2 ** 39);
  const isAllowed = isInWindow(windowOf(largeRequestFor(align), run.count), run);
  return isAllowed === ((4096 * run.first) % align === 0);
}

/**
 * A heap that has the pages of a large block up to one that nobody has may be given that one too: then it has
 * them all up to there. So it is given all of them, one by one, from none on.
 *
 * @proves large-take, grow, page-has-one-owner
 */
export function largePagesAreGivenOneByOne(
  system: SystemState,
  heap: HeapId,
  first: PageNumber,
  page: PageNumber,
  use: PageUse,
): boolean {
  assume(isPossible(system, { kind: "grow", page, heap, use }) && canCount(system));
  assume(!system.pages.has(page) && first <= page && ownsFrom(system, heap, first, page - 1));
  const verdict = judgeMove(system, { kind: "grow", page, heap, use });
  return verdict.kind === "admitted" && ownsFrom(verdict.state, heap, first, page);
}

/**
 * A large block is placed in pages that its heap was given for it, once heaps serve; every one of them is without
 * another block then, if it was before.
 *
 * @proves large-take, place, block-routed-home
 */
export function largeBlockIsPlacedInItsPages(
  system: SystemState,
  heap: HeapId,
  name: BlockName,
  first: PageNumber,
  last: PageNumber,
  page: PageNumber,
): boolean {
  assume(first <= page && page <= last && ownsFrom(system, heap, first, last));
  assume(isWithoutBlocks(system, page) && !system.blocks.has(name));
  assume(system.phase === "per-core" && isOwner(system, heap));
  const move: Move = { kind: "place", name, first, last, heap };
  const verdict = judgeMove(system, move);
  if (!isPossible(system, move) || verdict.kind === "rejected") return false;
  const { blocks } = verdict.state;
  const home = blocks.get(name);
  const isAlone = blocks.every(
    (other, each) => each === name || other.last < page || page < other.first,
  );
  return home.heap === heap && home.first === first && home.last === last && isAlone;
}

/**
 * A large block is freed by the heap that its pages were given to, and each of these, if no other block was in it,
 * may be given back then, one by one: nobody has it afterwards.
 *
 * @proves large-put, release, give-back, page-moves-empty
 */
export function largePagesAreGivenBack(
  system: SystemState,
  name: BlockName,
  page: PageNumber,
): boolean {
  assume(system.blocks.has(name) && keeps(system, "block-lies-at-home"));
  assume(keeps(system, "page-has-its-place") && keeps(system, "places-without-gap"));
  assume(keeps(system, "place-has-its-page"));
  const { first, last, heap } = system.blocks.get(name);
  assume(first <= page && page <= last);
  assume(
    system.blocks.every((other, each) => each === name || other.last < page || page < other.first),
  );
  const freed = judgeMove(system, { kind: "release", name, heap });
  if (freed.kind === "rejected") return false;
  const given = judgeMove(freed.state, { kind: "give-back", page });
  if (given.kind === "rejected") return false;
  const { pages, heaps, blocks } = given.state;
  const isLess = heaps.get(heap).count === system.heaps.get(heap).count - 1;
  return !pages.has(page) && isLess && !blocks.has(name);
}

/** Whether `heap` has what every owner of a page has: it is there, and was not closed. */
function isOwner({ heaps }: SystemState, heap: HeapId): boolean {
  return heaps.has(heap) && !heaps.get(heap).isClosed;
}

/** Whether `heap` has every page from `first` to `last`. */
function ownsFrom({ pages }: SystemState, heap: HeapId, first: number, last: number): boolean {
  return interval<PageNumber>(first, last).every(
    (page) => pages.has(page) && pages.get(page).owner === heap,
  );
}
