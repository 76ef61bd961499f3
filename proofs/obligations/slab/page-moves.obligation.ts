/**
 * From the words that say whose pages are to the specification of systems: each step that a heap makes of a page
 * is the move that it claims to be, and the judge admits it. Afterwards every word says what is so then.
 *
 * What each step writes of lists is `zone-record.obligation.ts`, and of the blocks of a page that a heap is
 * given, `slab-formatting.obligation.ts`: other words than these.
 */
import { heapOfWord, isSlabWord, type SlabClass, slabWord, TAKEN } from "#impl";
import { isPossible, judgeMove, type Move, type SystemState } from "#spec";
import type { HeapId, PageNumber, PageUse } from "#units";
import { assume } from "../assume.ts";
import { canCount, isSound } from "../system/invariants.obligation.ts";
import {
  areAsWritten,
  areKept,
  disown,
  type HeapsInMemory,
  hasLastPage,
  isNobodys,
  isWithoutBlocks,
  mayHavePages,
  own,
  wordOf,
} from "./heaps-in-memory.ts";

/**
 * In a sound system, whoever has a page has a last one: the page that takes the number of one that leaves.
 *
 * @proves page-has-its-place, places-without-gap
 */
export function ownersHaveALastPage(system: SystemState, page: PageNumber): boolean {
  assume(isSound(system) && system.pages.has(page));
  return hasLastPage(system, system.pages.get(page).owner);
}

/**
 * A page that is nobody's and is made one of a heap is a page by which the heap has grown, and of its class.
 * Every other page is whose it was, and every other heap has as many as it had.
 *
 * @proves refill, grow, page-has-one-owner
 */
export function refillIsGrowth(
  all: HeapsInMemory,
  page: PageNumber,
  heap: HeapId,
  index: SlabClass,
  other: PageNumber,
  otherHeap: HeapId,
): boolean {
  const { memory, system } = all;
  const move: Move = { kind: "grow", page, heap, use: index as number as PageUse };
  assume(canCount(system) && isPossible(system, move));
  assume(areKept(all, [page, other], [heap, otherHeap]) && mayHavePages(heap));
  assume(areAsWritten(all, system, [page, other], [heap, otherHeap]));
  assume(isNobodys(memory.readWord(wordOf(all, page))));
  assume(system.heaps.get(heap).count < 2 ** 32 - 1);
  own(all, page, heap, index);
  const verdict = judgeMove(system, move);
  return (
    verdict.kind === "admitted" &&
    areAsWritten(all, verdict.state, [page, other], [heap, otherHeap])
  );
}

/**
 * An empty page that one heap lets go of and another makes its own is a page that went from the one to the other:
 * together they have as many as before. Every other page is whose it was, and every other heap has as
 * many as it had.
 *
 * @proves give, refill, transfer, pages-conserved, page-moves-empty
 */
export function givingAndRefillIsTransfer(
  all: HeapsInMemory,
  page: PageNumber,
  heap: HeapId,
  index: SlabClass,
  other: PageNumber,
  otherHeap: HeapId,
): boolean {
  const { memory, system } = all;
  const move: Move = { kind: "transfer", page, heap, use: index as number as PageUse };
  assume(canCount(system) && isPossible(system, move));
  const giver = system.pages.get(page).owner;
  assume(hasLastPage(system, giver));
  assume(areKept(all, [page, other], [giver, heap, otherHeap]) && mayHavePages(heap));
  assume(areAsWritten(all, system, [page, other], [giver, heap, otherHeap]));
  assume(isSlabWord(memory.readWord(wordOf(all, page))) && isWithoutBlocks(system, page));
  assume(system.heaps.get(heap).count < 2 ** 32 - 1);
  const sum = system.heaps.get(giver).count + system.heaps.get(heap).count;
  disown(all, heapOfWord(memory.readWord(wordOf(all, page))));
  own(all, page, heap, index);
  const verdict = judgeMove(system, move);
  if (verdict.kind === "rejected") return false;
  const { state } = verdict;
  const isConserved = state.heaps.get(giver).count + state.heaps.get(heap).count === sum;
  return isConserved && areAsWritten(all, state, [page, other], [giver, heap, otherHeap]);
}

/**
 * An empty page that a heap lets go of, and that is on its way then, is a page that was given back: the heap has
 * one less, and nobody has it. Every other page is whose it was, and every other heap has as many as it had.
 *
 * @proves give, give-back, page-moves-empty
 */
export function givingIsGivingBack(
  all: HeapsInMemory,
  page: PageNumber,
  other: PageNumber,
  otherHeap: HeapId,
): boolean {
  const { memory, system } = all;
  const move: Move = { kind: "give-back", page };
  assume(canCount(system) && isPossible(system, move));
  const giver = system.pages.get(page).owner;
  assume(hasLastPage(system, giver));
  assume(areKept(all, [page, other], [giver, otherHeap]));
  assume(areAsWritten(all, system, [page, other], [giver, otherHeap]));
  assume(isSlabWord(memory.readWord(wordOf(all, page))) && isWithoutBlocks(system, page));
  disown(all, heapOfWord(memory.readWord(wordOf(all, page))));
  memory.writeWord(wordOf(all, page), TAKEN);
  const verdict = judgeMove(system, move);
  return (
    verdict.kind === "admitted" &&
    areAsWritten(all, verdict.state, [page, other], [giver, otherHeap])
  );
}

/**
 * An empty page that a heap makes one of another class has another use, and nothing else has changed: whose each
 * page is, and how many each heap has.
 *
 * @proves class-exchange, exchange, page-moves-empty
 */
export function newClassIsExchange(
  all: HeapsInMemory,
  page: PageNumber,
  index: SlabClass,
  other: PageNumber,
  otherHeap: HeapId,
): boolean {
  const { memory, system } = all;
  const move: Move = { kind: "exchange", page, use: index as number as PageUse };
  assume(areKept(all, [page, other], [otherHeap]));
  assume(areAsWritten(all, system, [page, other], [otherHeap]));
  const word = memory.readWord(wordOf(all, page));
  assume(isSlabWord(word) && isWithoutBlocks(system, page));
  memory.writeWord(wordOf(all, page), slabWord(heapOfWord(word), index));
  const verdict = judgeMove(system, move);
  return (
    verdict.kind === "admitted" && areAsWritten(all, verdict.state, [page, other], [otherHeap])
  );
}
