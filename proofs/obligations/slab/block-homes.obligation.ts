/**
 * From a block of a slab page to the specification of systems: a block that is taken is placed in a page of its
 * heap, and is freed by that heap, whoever frees it, for the word of its page says whose it is. That one block
 * is taken or freed, and no other, are `takingTakesAFreeBlock` and `freeingFreesThatBlock`.
 */
import {
  blocksOfSlabClass,
  heapOfWord,
  isSlabWord,
  LAST_FREE,
  offsetInPage,
  pageOfOffset,
  type SlabBlock,
  type SlabClass,
  sizeOfSlabClass,
  slabBlockAt,
  startOfTaken,
} from "#impl";
import { isPossible, judgeMove, type Move, type SystemState } from "#spec";
import type { BlockName, Branded, PageNumber } from "#units";
import { assume } from "../assume.ts";
import { isSound, keeps } from "../system/invariants.obligation.ts";
import { areAsWritten, areKept, type HeapsInMemory, wordOf } from "./heaps-in-memory.ts";

/**
 * A page of an area, which has at most 2^18 of them.
 *
 * @range 0..2^18-1
 */
export type AreaPage = Branded<"AreaPage">;

/**
 * Where a block starts that was taken, it is found again: in its page, as the block that it is, whether it was
 * the last that was free or not. Its last byte lies in that page too.
 *
 * @proves take, slab-block-at, page-of-offset
 * @split index 0..31
 */
export function takenBlockIsFoundAgain(
  page: AreaPage,
  index: SlabClass,
  block: SlabBlock,
  wasLast: boolean,
): boolean {
  assume(block < blocksOfSlabClass(index));
  const offset = startOfTaken(page, wasLast ? block + LAST_FREE : block, index);
  const found = slabBlockAt(offsetInPage(offset), index);
  const last = offset + sizeOfSlabClass(index) - 1;
  return pageOfOffset(offset) === page && found === block && pageOfOffset(last) === page;
}

/**
 * A block that is taken of a page which, by its word, is a heap's, is placed once heaps serve: the judge of systems
 * admits that the block lies in that page and is that heap's. All other blocks stay, and the page is whose it was.
 *
 * @proves take, place, block-routed-home
 */
export function takenBlockIsPlacedAtHome(
  all: HeapsInMemory,
  page: PageNumber,
  name: BlockName,
  other: BlockName,
): boolean {
  const { memory, system } = all;
  assume(areKept(all, [page], []) && areAsWritten(all, system, [page], []));
  const word = memory.readWord(wordOf(all, page));
  assume(isSlabWord(word));
  const heap = heapOfWord(word);
  const move: Move = { kind: "place", name, first: page, last: page, heap };
  assume(isSound(system) && system.phase === "per-core" && !system.blocks.has(name));
  const verdict = judgeMove(system, move);
  if (!isPossible(system, move) || verdict.kind === "rejected") return false;
  const { blocks } = verdict.state;
  const isPlaced = blocks.has(name) && blocks.get(name).heap === heap;
  const isOther = name === other || isSameHome(system, verdict.state, other);
  return isPlaced && isOther && areAsWritten(all, verdict.state, [page], []);
}

/**
 * A block that lies in a slab page is freed by the heap that the word of the page names: the judge of systems admits
 * that it frees it, whoever asks, before the switch and after. All other blocks stay, and the page is
 * whose it was.
 *
 * @proves put, release, block-routed-home
 */
export function freedBlockIsReleasedAtHome(
  all: HeapsInMemory,
  page: PageNumber,
  name: BlockName,
  other: BlockName,
): boolean {
  const { memory, system } = all;
  assume(areKept(all, [page], []) && areAsWritten(all, system, [page], []));
  assume(keeps(system, "block-lies-at-home") && system.blocks.has(name));
  const { first, last } = system.blocks.get(name);
  assume(first <= page && page <= last);
  const word = memory.readWord(wordOf(all, page));
  assume(isSlabWord(word));
  const verdict = judgeMove(system, { kind: "release", name, heap: heapOfWord(word) });
  if (verdict.kind === "rejected") return false;
  const { blocks } = verdict.state;
  const isOther = name === other || isSameHome(system, verdict.state, other);
  return !blocks.has(name) && isOther && areAsWritten(all, verdict.state, [page], []);
}

/** Whether the block `name` lies where it did, and is whose it was, or is there neither before nor after. */
function isSameHome(before: SystemState, after: SystemState, name: BlockName): boolean {
  if (!before.blocks.has(name)) return !after.blocks.has(name);
  if (!after.blocks.has(name)) return false;
  const was = before.blocks.get(name);
  const is = after.blocks.get(name);
  return was.first === is.first && was.last === is.last && was.heap === is.heap;
}
