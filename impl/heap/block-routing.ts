/**
 * From the address of a block to whoever has it: the book says whose a page of the area is, and what lies
 * outside of the area is a large block or nobody's.
 *
 *     address ── in the area ── slab page ──> its heap and class
 *           │              └── initial ────> the initial heap
 *           └─ elsewhere ── in the table ──> a large block
 *
 * No phase is asked, and no core: so a block is freed where it was born, before, during and after a switch.
 */
import type { Address, Alignment, ByteCount, HeapId, Key } from "#units";
import {
  FREED,
  type Freed,
  NOT_A_START,
  NOT_ITS_LAYOUT,
  NOT_LIVE_NOW,
  NOT_OURS,
} from "./free-refusal.ts";
import { classOfWord, heapOfWord, INITIAL, isSlabWord } from "./heap-map.ts";
import type { HeapSystem } from "./heap-system.ts";
import { largePagesFor } from "./large-pages.ts";
import { NO_PAGE, offsetInPage, pageOfOffset } from "./slab-area.ts";
import { NO_START, sizeOfSlabClass, slabBlockAt } from "./slab-class.ts";
import { NOT_LIVE } from "./slab-page.ts";
import { NO_BLOCK, PUT } from "./zone-steps.ts";

export const INITIAL_HEAP: HeapId = 0 as HeapId;

/** The heap that frees what lies at `start`, if it is anybody's. */
export function ownerOf({ area, large }: HeapSystem, start: Address): HeapId | undefined {
  const page = area.pageAt(start);
  if (page === NO_PAGE) return large.find(start)?.heap;
  const word = area.word(page);
  if (isSlabWord(word)) return heapOfWord(word);
  return word === INITIAL ? INITIAL_HEAP : undefined;
}

/** Frees a block that starts `offset` bytes into the area, or answers why not. */
export function freeInArea(
  system: HeapSystem,
  offset: number,
  size: ByteCount,
  align: Alignment,
): Freed {
  const { area } = system;
  const word = area.word(pageOfOffset(offset));
  if (isSlabWord(word)) return freeInSlab(system, word, offset, size, align);
  return word === INITIAL ? system.initial.put(area.addressOf(offset), size, align) : NOT_OURS;
}

/** Gives a block another size where it is, or near it in the initial heap, or answers `NO_BLOCK`. */
export function resizeWhereItIs(
  { area, heaps, initial, large, observer }: HeapSystem,
  start: Address,
  size: ByteCount,
  align: Alignment,
  newSize: ByteCount,
): Address {
  const page = area.pageAt(start);
  const word = page === NO_PAGE ? INITIAL : area.word(page);
  if (page !== NO_PAGE && word === INITIAL) return initial.resize(start, size, align, newSize);
  const isInPlace =
    page === NO_PAGE
      ? large.resize(start, newSize)
      : heaps.classFor((heapOfWord(word) - 1) as Key, newSize, align) === classOfWord(word);
  if (isInPlace) observer.reached("combination.resized-in-place");
  return isInPlace ? start : NO_BLOCK;
}

/** The bytes that the owner of a live block may use. */
export function usableSizeOf(
  { area, initial }: HeapSystem,
  start: Address,
  size: ByteCount,
  align: Alignment,
): ByteCount {
  const page = area.pageAt(start);
  if (page === NO_PAGE) return (largePagesFor(size) * 4096) as ByteCount;
  const word = area.word(page);
  if (isSlabWord(word)) return sizeOfSlabClass(classOfWord(word));
  return initial.usableSize(start, size, align);
}

function freeInSlab(
  { heaps }: HeapSystem,
  word: number,
  offset: number,
  size: ByteCount,
  align: Alignment,
): Freed {
  const index = classOfWord(word);
  const heap = heapOfWord(word);
  const key = (heap - 1) as Key;
  if (key === heaps.bookKey) return NOT_OURS;
  const block = slabBlockAt(offsetInPage(offset), index);
  if (block === NO_START) return NOT_A_START;
  if (heaps.classFor(key, size, align) !== index) return NOT_ITS_LAYOUT;
  const zone = heaps.zone(heap);
  const put = zone.put(pageOfOffset(offset), index, block);
  if (put === PUT) return FREED;
  if (put === NOT_LIVE) return NOT_LIVE_NOW;
  heaps.takeBack(zone, pageOfOffset(offset));
  return FREED;
}
