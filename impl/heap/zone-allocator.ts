/**
 * All classes of one heap: takes a block of a class out of its pages and puts it back, in constant time.
 *
 *     take      a partial page of the class ── else an empty one ── else an empty one of another class
 *     put       full ──> partial        partial ──> empty, or kept
 *
 * A page that becomes empty and is the only one of its class with room is kept where it is, among the
 * partial ones: a block that is taken and freed at every turn then writes no list. It comes to the empty
 * pages when somebody looks for one, or when it is the only one no more. So of each class at most one is
 * kept, and it is the only one in its list.
 *
 * Where pages come from when there is none, and where they go, is not decided here. An empty page stays
 * with its class until another class needs it or it is given away; classes give in turn, so that none
 * is drained first. What is known of the pages lies in the heap's record, whose place is looked up
 * anew in every operation, since pages of the book may move between two of them.
 */
import { assert, type Observer } from "#support";
import type { Address, HeapId } from "#units";
import type { Memory } from "../memory/memory.ts";
import { classAfter, hasClass } from "./class-bits.ts";
import { classOfWord, slabWord } from "./heap-map.ts";
import { pushPage, removePage } from "./page-list.ts";
import { NO_PAGE, type SlabArea } from "./slab-area.ts";
import { lowestOf, withoutLowest } from "./slab-bits.ts";
import type { SlabClass } from "./slab-class.ts";
import { formatPage, NOT_LIVE } from "./slab-page.ts";
import { planLess, STAYS } from "./zone-plans.ts";
import {
  EMPTY_COUNT_OFFSET,
  emptyAt,
  KEPT_OFFSET,
  LARGE_COUNT_OFFSET,
  MAY_OFFSET,
  OPEN_OFFSET,
  PAGE_COUNT_OFFSET,
  partialAt,
  TURN_OFFSET,
} from "./zone-record.ts";
import {
  addEmpty,
  emptyKeptOf,
  movePage,
  NO_BLOCK,
  PUT,
  putIntoPage,
  takeOfList,
} from "./zone-steps.ts";
import { addTo, noteEmpty } from "./zone-surgery.ts";

export class ZoneAllocator {
  readonly heap: HeapId;
  readonly #area: SlabArea;
  readonly #store: Memory;
  readonly #record: number;
  readonly #observer: Observer;

  /** The zone of `heap`, whose record in the book of `area` is as it was left, or zero. */
  constructor(area: SlabArea, heap: HeapId, observer: Observer) {
    this.heap = heap;
    this.#area = area;
    this.#store = area.store;
    this.#record = area.recordOf(heap);
    this.#observer = observer;
    this.#write(OPEN_OFFSET, 1);
  }

  /** Takes a block of class `index`; answers how far into the area it starts, or `NO_BLOCK`. */
  take(index: SlabClass): number {
    const record = this.#place();
    const offset = takeOfList(this.#area, partialAt(record, index), index, this.#observer);
    return offset === NO_BLOCK ? this.#takeFromEmpty(record, index) : offset;
  }

  /** Puts `block` back into `page`, of class `index`; answers `EMPTIED`, `PUT` or `NOT_LIVE`. */
  put(page: number, index: SlabClass, block: number): number {
    const move = putIntoPage(this.#area, page, index, block);
    if (move === STAYS) return PUT;
    if (move === NOT_LIVE) return NOT_LIVE;
    return movePage(this.#area, this.#place(), page, index, move, this.#observer);
  }

  /** Makes `page`, which is nobody's, an empty page of class `index` of this heap. */
  refill(page: number, index: SlabClass): void {
    const half = this.#area.half(page);
    const record = this.#place();
    formatPage(this.#store, half, index);
    this.#area.setWord(page, slabWord(this.heap, index));
    this.#add(record, PAGE_COUNT_OFFSET, 1);
    addEmpty(this.#area, record, page, half, index);
  }

  /** Lets go of an empty page if there are more than `threshold`; answers which, or `NO_PAGE`. */
  giveEmpty(threshold: number): number {
    const record = this.#place();
    this.#emptyKept(record);
    if (this.#store.readWord((record + EMPTY_COUNT_OFFSET) as Address) <= threshold) return NO_PAGE;
    const index = this.#nextGiver(record);
    const page = this.#store.readWord(emptyAt(record, index)) - 1;
    this.#letGo(record, page, index);
    return page;
  }

  /** Lets go of `page`, which is an empty page of this heap. */
  give(page: number): void {
    this.#letGo(this.#place(), page, classOfWord(this.#area.word(page)));
  }

  /** How many pages are empty ones; those that are kept are not counted. */
  emptyCount(): number {
    return this.#read(EMPTY_COUNT_OFFSET);
  }

  pageCount(): number {
    return this.#read(PAGE_COUNT_OFFSET);
  }

  /** The first page of class `index` with live blocks and room, or `NO_PAGE`. */
  firstPartial(index: SlabClass): number {
    return this.#store.readWord(partialAt(this.#place(), index)) - 1;
  }

  /** The first empty page of class `index`, or `NO_PAGE`. */
  firstEmpty(index: SlabClass): number {
    return this.#store.readWord(emptyAt(this.#place(), index)) - 1;
  }

  /** The word whose bit c says whether class c has an empty page. */
  classesWithEmpty(): number {
    return this.#read(MAY_OFFSET);
  }

  /** The word whose bit c is 0 if no page of class c is kept. */
  classesWithKept(): number {
    return this.#read(KEPT_OFFSET);
  }

  /** Counts a block with pages of its own that was placed for this heap, or freed. */
  noteLarge(by: 1 | -1): void {
    this.#add(this.#place(), LARGE_COUNT_OFFSET, by);
  }

  /** Whether a block of this heap is live. */
  hasLiveBlocks(): boolean {
    this.#emptyKept(this.#place());
    return this.emptyCount() !== this.pageCount() || this.#read(LARGE_COUNT_OFFSET) > 0;
  }

  /** Says that the heap is there no more; it has no page. */
  close(): void {
    assert(this.pageCount() === 0, "a heap that is closed has no page");
    this.#write(OPEN_OFFSET, 0);
  }

  #takeFromEmpty(record: Address, index: SlabClass): number {
    let may = this.#store.readWord((record + MAY_OFFSET) as Address);
    if (may === 0) {
      this.#emptyKept(record);
      may = this.#store.readWord((record + MAY_OFFSET) as Address);
      if (may === 0) return NO_BLOCK;
    }
    const isOwn = hasClass(may, index);
    const giver = isOwn ? index : this.#nextGiver(record);
    const page = this.#store.readWord(emptyAt(record, giver)) - 1;
    const half = this.#area.half(page);
    this.#removeEmpty(record, page, half, giver);
    if (!isOwn) {
      formatPage(this.#store, half, index);
      this.#area.setWord(page, slabWord(this.heap, index));
      this.#observer.reached("zone.class-exchanged");
    }
    const head = partialAt(record, index);
    pushPage(this.#area, head, page, half);
    return takeOfList(this.#area, head, index, this.#observer);
  }

  /** Makes every page that is kept one of the empty pages of its class. */
  #emptyKept(record: Address): void {
    let kept = this.#store.readWord((record + KEPT_OFFSET) as Address);
    for (; kept !== 0; kept = withoutLowest(kept)) {
      emptyKeptOf(this.#area, record, lowestOf(kept) as SlabClass, this.#observer);
    }
  }

  #letGo(record: Address, page: number, index: SlabClass): void {
    this.#removeEmpty(record, page, this.#area.half(page), index);
    this.#add(record, PAGE_COUNT_OFFSET, -1);
  }

  #removeEmpty(record: Address, page: number, half: Address, index: SlabClass): void {
    const word = this.#area.word(page);
    assert(classOfWord(word) === index, "an empty page is in the list of its class");
    removePage(this.#area, emptyAt(record, index), page, half);
    const may = this.#store.readWord((record + MAY_OFFSET) as Address);
    const first = this.#store.readWord(emptyAt(record, index));
    noteEmpty(this.#store, record, -1, planLess(may, index, first));
  }

  /** The class whose turn it is to give an empty page: the next one that has any. */
  #nextGiver(record: Address): SlabClass {
    const may = this.#store.readWord((record + MAY_OFFSET) as Address);
    const turn = this.#store.readWord((record + TURN_OFFSET) as Address) as SlabClass;
    assert(may !== 0, "there is a class with an empty page");
    const index = classAfter(may, turn);
    this.#store.writeWord((record + TURN_OFFSET) as Address, index);
    return index;
  }

  #add(record: Address, offset: number, by: number): void {
    addTo(this.#store, record, offset, by);
  }

  /** Where the record lies now. */
  #place(): Address {
    return this.#area.placeOf(this.#record);
  }

  #read(offset: number): number {
    return this.#store.readWord(this.#area.placeOf(this.#record + offset));
  }

  #write(offset: number, value: number): void {
    this.#store.writeWord(this.#area.placeOf(this.#record + offset), value);
  }
}
