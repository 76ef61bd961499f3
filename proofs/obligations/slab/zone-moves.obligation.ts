/** From the lists of a heap to the specification of systems: a page that a heap lets go of may move. */
import { areListsRight, type SlabNumber, type ZoneLists } from "#impl";
import { type Home, isPossible, judgeMove, type Move, type SystemState } from "#spec";
import type { HeapId, PageNumber, PageUse } from "#units";
import { assume } from "../assume.ts";
import { canCount, isSound } from "../system/invariants.obligation.ts";

/**
 * Where no block lies in a page that counts none as live, an empty page of a heap may go to any other heap
 * that is open, to another class, or back: the judge of systems admits it. Whoever gets it owns it then, and
 * counts one more, as the one that gave it counts one less. That a page counts each live block is
 * `eachBlockOfAPageCounts`; that the words which a heap
 * writes say so is `givingAndRefillIsTransfer`.
 *
 * @proves page-moves-empty, page-has-one-owner, pages-conserved
 * @split kind
 */
export function emptyPagesMayMove(
  lists: ZoneLists,
  system: SystemState,
  page: SlabNumber,
  heap: HeapId,
  use: PageUse,
  kind: "transfer" | "exchange" | "give-back",
): boolean {
  const moved = page as number as PageNumber;
  assume(areListsRight(lists) && lists.empty.has(page));
  assume(isSound(system) && canCount(system) && system.pages.has(moved));
  assume(lists.pages.get(page).live > 0 || system.blocks.every((home) => isElsewhere(home, moved)));
  const move: Move = moveOf(kind, moved, heap, use);
  assume(isPossible(system, move));
  const { owner } = system.pages.get(moved);
  const count = system.heaps.get(owner).count;
  const verdict = judgeMove(system, move);
  if (verdict.kind === "rejected") return false;
  const { pages, heaps } = verdict.state;
  if (kind === "exchange") return pages.get(moved).owner === owner && pages.get(moved).use === use;
  const isCountedLess = heaps.get(owner).count === count - 1;
  if (kind === "give-back") return isCountedLess && !pages.has(moved);
  const isCountedMore = heaps.get(heap).count === system.heaps.get(heap).count + 1;
  return isCountedLess && isCountedMore && pages.get(moved).owner === heap;
}

function moveOf(
  kind: "transfer" | "exchange" | "give-back",
  page: PageNumber,
  heap: HeapId,
  use: PageUse,
): Move {
  if (kind === "transfer") return { kind: "transfer", page, heap, use };
  return kind === "exchange" ? { kind: "exchange", page, use } : { kind: "give-back", page };
}

function isElsewhere({ first, last }: Home, page: PageNumber): boolean {
  return last < page || page < first;
}
