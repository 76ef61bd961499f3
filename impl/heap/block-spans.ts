/**
 * Pages of blocks of one size class each: takes a block from a span and puts it back, both in
 * constant time. Where spans come from and when they go is not decided here.
 *
 *     address   a multiple of 4096                                    + 4096
 *     span      ├─ block 0 ─┼─ block 1 ─┼─ block 2 ─┼ … ┼─ last block ─┤     no header
 *
 * Blocks that are free again are chained through their first words. Those that were never live come
 * after them, so that opening a span writes nothing into it. All else is in the span table.
 */
import { assert } from "#support";
import { type Address, address, advance, type ByteCount, endOf, type Range } from "#units";
import type { Memory } from "../memory/memory.ts";
import { type SizeClassIndex, sizeOfClass } from "./size-class.ts";
import { blocksPerSpan, offsetOfBlock, SPAN_SIZE } from "./span-blocks.ts";
import { freedBefore } from "./span-chain.ts";
import { NONE, type SpanNumber } from "./span-number.ts";
import { putIntoSpan, type SpanStore, takeOfSpan } from "./span-steps.ts";
import { SpanTable } from "./span-table.ts";

/** A span as an audit sees it. */
export interface SpanView {
  readonly start: Address;
  readonly blockSize: ByteCount;
  readonly liveCount: number;
  /** The number of the first block that was never live. */
  readonly fresh: number;
  /** The numbers of the blocks that were freed, the last one first. */
  readonly free: readonly number[];
  /** How many spans of the class are taken from before this one, or -1 if it has no room. */
  readonly place: number;
  readonly isSpare: boolean;
}

export class BlockSpans {
  readonly #memory: Memory;
  readonly #table: SpanTable;
  readonly #store: SpanStore;
  /** The number of the extent's first page, if address 0 is on page 0. */
  readonly #firstPage: number;

  constructor(memory: Memory, extent: Range) {
    this.#memory = memory;
    this.#firstPage = Math.floor(extent.start / SPAN_SIZE);
    this.#table = new SpanTable(Math.ceil(endOf(extent) / SPAN_SIZE) - this.#firstPage);
    this.#store = { memory, ...this.#table.store() };
  }

  /** The span of class `index` to take from, or `NONE`. */
  firstOf(index: SizeClassIndex): SpanNumber {
    return this.#table.firstOf(index);
  }

  /** The span of class `index` that is kept though no block of it is live, or `NONE`. */
  spareOf(index: SizeClassIndex): SpanNumber {
    return this.#table.spareOf(index);
  }

  /** The number of the page that `start` lies in, which need not be a span. */
  pageAt(start: Address): number {
    return Math.floor(start / SPAN_SIZE) - this.#firstPage;
  }

  /** The class of `page`, or `NONE` if it is no span. */
  classOf(page: number): number {
    return this.#table.classOf(page);
  }

  startOf(span: SpanNumber): Address {
    return address((span + this.#firstPage) * SPAN_SIZE);
  }

  /** Takes a block of `span`, which has room; answers where it starts. */
  take(span: SpanNumber, index: SizeClassIndex): Address {
    return takeOfSpan(this.#store, span, this.startOf(span), index);
  }

  /** Puts the block at `start` back into `span`; answers how many blocks of it are live. */
  put(span: SpanNumber, index: SizeClassIndex, start: Address): number {
    const first = this.startOf(span);
    return putIntoSpan(this.#store, span, first, index, start - first);
  }

  /** Makes the page at `start` a span of class `index`, the next to take from. */
  open(start: Address, index: SizeClassIndex): SpanNumber {
    const span = this.pageAt(start);
    assert(this.startOf(span) === start, "a span starts with its page");
    this.#table.open(span, index);
    return span;
  }

  /** Makes `span`, which has no live block, the spare of its class. */
  keep(span: SpanNumber, index: SizeClassIndex): void {
    assert(this.#table.liveCount(span) === 0, "a spare has no live block");
    assert(this.#table.spareOf(index) === NONE, "a class has one spare");
    this.#table.setSpare(index, span);
  }

  /** Makes `span`, which has no live block, a page without a class. */
  close(span: SpanNumber, index: SizeClassIndex): void {
    assert(this.#table.liveCount(span) === 0, "a span that is closed has no live block");
    if (this.#table.spareOf(index) === span) this.#table.setSpare(index, NONE);
    this.#table.close(span, index);
  }

  /** All spans, in address order. */
  views(): readonly SpanView[] {
    const pages = Array.from({ length: this.#table.pageCount }, (_, page) => page);
    return pages.filter((page) => this.classOf(page) !== NONE).map((span) => this.#viewOf(span));
  }

  #viewOf(span: SpanNumber): SpanView {
    const table = this.#table;
    const index = table.classOf(span) as SizeClassIndex;
    const start = this.startOf(span);
    const blockSize = sizeOfClass(index);
    const free: number[] = [];
    for (let block = table.freeBlock(span); block !== NONE; ) {
      assert(free.length < blocksPerSpan(index), "the free blocks of a span end");
      free.push(block);
      block = freedBefore(this.#memory, advance(start, offsetOfBlock(block, index)));
    }
    const [liveCount, fresh] = [table.liveCount(span), table.freshBlock(span)];
    const isSpare = table.spareOf(index) === span;
    return { start, blockSize, liveCount, fresh, free, place: table.placeOf(span), isSpare };
  }
}
