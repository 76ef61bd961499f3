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
 *
 * What a step reads and writes is a function of columns, so that it is proved whole: recorded calls take a
 * tenth longer than through the arrays. The accessors, which decide nothing, index the arrays.
 */
import { PlainColumn } from "../memory/plain-column.ts";
import { SIZE_CLASS_COUNT, type SizeClassIndex } from "./size-class.ts";
import { NONE, type SpanNumber } from "./span-number.ts";
import { closeSpan, openSpan, type SpanColumns } from "./span-opening.ts";
import type { SpanStore } from "./span-steps.ts";

export class SpanTable {
  readonly pageCount: number;
  readonly #class: Int32Array;
  readonly #live: Int32Array;
  readonly #fresh: Int32Array;
  readonly #free: Int32Array;
  readonly #first: Int32Array;
  readonly #spare: Int32Array;
  /** The columns with a row for each page, of which four are the arrays above. */
  readonly #columns: SpanColumns;

  constructor(pageCount: number) {
    this.pageCount = pageCount;
    this.#class = new Int32Array(pageCount).fill(NONE);
    this.#live = new Int32Array(pageCount);
    this.#fresh = new Int32Array(pageCount);
    this.#free = new Int32Array(pageCount);
    this.#first = new Int32Array(SIZE_CLASS_COUNT).fill(NONE);
    this.#spare = new Int32Array(SIZE_CLASS_COUNT).fill(NONE);
    this.#columns = {
      classes: new PlainColumn(this.#class),
      live: new PlainColumn(this.#live),
      fresh: new PlainColumn(this.#fresh),
      free: new PlainColumn(this.#free),
      next: new PlainColumn(new Int32Array(pageCount)),
      previous: new PlainColumn(new Int32Array(pageCount)),
    };
  }

  /** The class of `page`, or `NONE` if it is no span or no page of the extent. */
  classOf(page: number): number {
    return this.#class[page] ?? NONE;
  }

  liveCount(span: SpanNumber): number {
    return this.#live[span] as number;
  }

  freshBlock(span: SpanNumber): number {
    return this.#fresh[span] as number;
  }

  /** The block that was freed last, or `NONE`. */
  freeBlock(span: SpanNumber): number {
    return this.#free[span] as number;
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

  /** The columns themselves: for the steps of a span, and for those who watch. */
  store(): Omit<SpanStore, "memory"> {
    return {
      columns: this.#columns,
      first: new PlainColumn(this.#first),
      spare: new PlainColumn(this.#spare),
    };
  }

  /** How many spans of its class are taken from before `span` is, or `NONE` if it has no room. */
  placeOf(span: SpanNumber): number {
    let place = 0;
    for (let other = this.#first[this.classOf(span)]; other !== span; place++) {
      if (other === undefined || other === NONE) return NONE;
      other = this.#columns.next.read(other);
    }
    return place;
  }

  /** Makes `page` a span of class `index` without live blocks, and the first with room. */
  open(page: number, index: SizeClassIndex): void {
    this.#first[index] = openSpan(this.#columns, this.firstOf(index), page, index);
  }

  /** Makes `span`, which has no live blocks, a page without a class. */
  close(span: SpanNumber, index: SizeClassIndex): void {
    this.#first[index] = closeSpan(this.#columns, this.firstOf(index), span, index);
  }
}
