/**
 * What the block allocator knows of each page of its extent: whether the page is a span of blocks
 * of one class, and if so which blocks of it are free.
 *
 *     page      0        1        2        3
 *     class     ├────────┼────────┼────────┼────── …   the size class, or none: the page is no span
 *     live      ├────────┼────────┼────────┼────── …   how many blocks are live
 *     fresh     ├────────┼────────┼────────┼────── …   the first block that never was live
 *     free      ├────────┼────────┼────────┼────── …   the block that was freed last, or none; the
 *                                                      others follow through the first word of each
 *     next      ├────────┼────────┼────────┼────── …   the class's spans with room, or none
 *     previous  ├────────┼────────┼────────┼────── …
 *
 *     class     0        1        …        8
 *     first     ├────────┼────────┼────────┤           the span that is taken from, or none
 *     spare     ├────────┼────────┼────────┤           the span kept without live blocks, or none
 *
 * The table lies beside the managed memory, not in it: 6 * 4 bytes for 4096, or 0.6 %. A header in
 * the page would leave room for one block of 2048 bytes instead of two, and whoever writes beyond a
 * block would write into it. One array per column rather than one row per page: an index is then
 * the page, without arithmetic, and each accessor is small enough for the engine to inline
 * everywhere. Rows behind the memory door were tried: the block allocator took three times as long.
 */
import { assert } from "#support";
import { SIZE_CLASS_COUNT, type SizeClassIndex } from "./size-class.ts";

/** The number of a page that is a span, counted from the first page of the extent. */
export type SpanNumber = number;

/** Stands for no span, no block and no class. */
export const NONE = -1;

export class SpanTable {
  readonly pageCount: number;
  readonly #class: Int32Array;
  readonly #live: Int32Array;
  readonly #fresh: Int32Array;
  readonly #free: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #first: Int32Array;
  readonly #spare: Int32Array;

  constructor(pageCount: number) {
    this.pageCount = pageCount;
    this.#class = new Int32Array(pageCount).fill(NONE);
    this.#live = new Int32Array(pageCount);
    this.#fresh = new Int32Array(pageCount);
    this.#free = new Int32Array(pageCount);
    this.#next = new Int32Array(pageCount);
    this.#previous = new Int32Array(pageCount);
    this.#first = new Int32Array(SIZE_CLASS_COUNT).fill(NONE);
    this.#spare = new Int32Array(SIZE_CLASS_COUNT).fill(NONE);
  }

  /** The class of `page`, or `NONE` if it is no span or no page of the extent. */
  classOf(page: number): number {
    return this.#class[page] ?? NONE;
  }

  liveCount(span: SpanNumber): number {
    return this.#live[span] as number;
  }

  setLiveCount(span: SpanNumber, count: number): void {
    this.#live[span] = count;
  }

  freshBlock(span: SpanNumber): number {
    return this.#fresh[span] as number;
  }

  setFreshBlock(span: SpanNumber, block: number): void {
    this.#fresh[span] = block;
  }

  /** The block that was freed last, or `NONE`. */
  freeBlock(span: SpanNumber): number {
    return this.#free[span] as number;
  }

  setFreeBlock(span: SpanNumber, block: number): void {
    this.#free[span] = block;
  }

  /** The span of class `index` to take from, or `NONE`. */
  firstOf(index: SizeClassIndex): SpanNumber {
    return this.#first[index] as number;
  }

  spareOf(index: SizeClassIndex): SpanNumber {
    return this.#spare[index] as number;
  }

  setSpare(index: SizeClassIndex, span: SpanNumber): void {
    this.#spare[index] = span;
  }

  /** How many spans of its class are taken from before `span` is, or `NONE` if it has no room. */
  placeOf(span: SpanNumber): number {
    let place = 0;
    for (let other = this.#first[this.classOf(span)]; other !== span; place++) {
      if (other === undefined || other === NONE) return NONE;
      other = this.#next[other];
    }
    return place;
  }

  /** Makes `page` a span of class `index` without live blocks, and the first with room. */
  open(page: number, index: SizeClassIndex): void {
    assert(page >= 0 && page < this.pageCount, "a span is a page of the extent");
    assert(this.classOf(page) === NONE, "a page is one span at a time");
    assert(this.liveCount(page) === 0, "a page that is no span has no live blocks");
    this.#class[page] = index;
    this.#fresh[page] = 0;
    this.#free[page] = NONE;
    this.link(page, index);
  }

  /** Makes `span`, which has no live blocks, a page without a class. */
  close(span: SpanNumber, index: SizeClassIndex): void {
    assert(this.classOf(span) === index, "a span is closed by its class");
    assert(this.liveCount(span) === 0, "only a span without live blocks is closed");
    this.unlink(span, index);
    this.#class[span] = NONE;
  }

  /** Makes `span` the first of its class with room. */
  link(span: SpanNumber, index: SizeClassIndex): void {
    const first = this.firstOf(index);
    assert(first !== span, "a span is linked once");
    this.#next[span] = first;
    this.#previous[span] = NONE;
    if (first !== NONE) this.#previous[first] = span;
    this.#first[index] = span;
  }

  /** Takes `span` out of the spans of its class with room. */
  unlink(span: SpanNumber, index: SizeClassIndex): void {
    const next = this.#next[span] as number;
    const previous = this.#previous[span] as number;
    const before = previous === NONE ? this.firstOf(index) : (this.#next[previous] as number);
    assert(before === span, "a span that is unlinked was linked");

    if (previous === NONE) this.#first[index] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
  }
}
