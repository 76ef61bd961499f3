/**
 * Where large blocks are: a table of chains in the book, and a node of 32 bytes for each block.
 *
 *     bucket    ├──┼──┼─ link ─┼──┼── …
 *                        └──► node ──next──► node ──next──► 0
 *     offset    0      4           8            12       16         20          24      28
 *     node      ├ next ┼ page, low ┼ page, high ┼ handle ┼ size, low ┼ size, high ┼ align ┼ heap ┤
 *
 * A block starts with a page of its own, so its page is its name. There are as many buckets as frames, by
 * eight, and no large block without a frame: so chains are short whatever happens, and the table never
 * grows. A node is a block of the bookkeeping heap; a link to it is its offset in the area by 8, plus 1.
 */
import { assert } from "#support";
import type { Address, Alignment, ByteCount, HeapId, PageNumber } from "#units";
import type { SlabArea } from "./slab-area.ts";

export const NODE_SIZE = 32;

/** Stands for no node. */
export const NO_NODE = 0;

const PAGE_LOW = 4;
const HANDLE = 12;
const SIZE_LOW = 16;
const ALIGN = 24;
const HEAP = 28;
const WORD = 2 ** 32;
/** A multiplier that spreads numbers in a row over all buckets: 2^32 by the golden ratio. */
const SPREAD = 0x9e37_79b1;

/** What is known of a large block. */
export interface LargeBlock {
  readonly page: PageNumber;
  readonly handle: number;
  readonly size: ByteCount;
  readonly align: Alignment;
  readonly heap: HeapId;
}

export class LargeBlocks {
  readonly #area: SlabArea;
  readonly #bucketCount: number;

  constructor(area: SlabArea, bucketCount: number) {
    this.#area = area;
    this.#bucketCount = bucketCount;
  }

  /** Makes the bytes at `at` the node of `block`; answers the node. */
  insert(at: Address, block: LargeBlock): number {
    const node = (this.#area.offsetOf(at) >> 3) + 1;
    const bucket = this.#bucketOf(block.page);
    const first = this.#area.store.readWord(this.#area.placeOf(bucket));
    this.#set(node, 0, first);
    this.#setWide(node, PAGE_LOW, block.page);
    this.#set(node, HANDLE, block.handle);
    this.#set(node, ALIGN, block.align);
    this.#set(node, HEAP, block.heap);
    this.setSize(node, block.size);
    this.#area.store.writeWord(this.#area.placeOf(bucket), node);
    return node;
  }

  /** The node of the block whose first page is `page`, or `NO_NODE`. */
  find(page: PageNumber): number {
    let node = this.#area.store.readWord(this.#area.placeOf(this.#bucketOf(page)));
    while (node !== NO_NODE && this.#pageOf(node) !== page) node = this.#get(node, 0);
    return node;
  }

  /** Takes `node` out of the table; answers where its bytes are, which are its heap's again. */
  remove(node: number): Address {
    const bucket = this.#bucketOf(this.#pageOf(node));
    const place = this.#area.placeOf(bucket);
    const next = this.#get(node, 0);
    let before = this.#area.store.readWord(place);
    if (before === node) {
      this.#area.store.writeWord(place, next);
    } else {
      while (this.#get(before, 0) !== node) {
        before = this.#get(before, 0);
        assert(before !== NO_NODE, "a node that is removed is in its chain");
      }
      this.#set(before, 0, next);
    }
    return (this.#area.start + (node - 1) * 8) as Address;
  }

  /** What is known of the block of `node`. */
  at(node: number): LargeBlock {
    return {
      page: this.#pageOf(node),
      handle: this.#get(node, HANDLE),
      size: this.#getWide(node, SIZE_LOW) as ByteCount,
      align: this.#get(node, ALIGN) as Alignment,
      heap: this.#get(node, HEAP) as HeapId,
    };
  }

  setSize(node: number, size: ByteCount): void {
    this.#setWide(node, SIZE_LOW, size);
  }

  /** Every node, in no order: for those who watch. */
  nodes(): readonly number[] {
    const nodes: number[] = [];
    for (let index = 0; index < this.#bucketCount; index++) {
      let node = this.#area.store.readWord(this.#area.placeOf(this.#area.bucketOf(index)));
      for (; node !== NO_NODE; node = this.#get(node, 0)) nodes.push(node);
    }
    return nodes;
  }

  #bucketOf(page: PageNumber): number {
    const high = Math.floor(page / WORD);
    const low = page - high * WORD;
    const spread = Math.imul(low ^ high, SPREAD) >>> 0;
    return this.#area.bucketOf(Math.floor(spread / (WORD / this.#bucketCount)));
  }

  #pageOf(node: number): PageNumber {
    return this.#getWide(node, PAGE_LOW) as PageNumber;
  }

  /** A number of two words, the low one first. */
  #getWide(node: number, offset: number): number {
    return this.#get(node, offset + 4) * WORD + this.#get(node, offset);
  }

  #setWide(node: number, offset: number, value: number): void {
    const high = Math.floor(value / WORD);
    this.#set(node, offset, value - high * WORD);
    this.#set(node, offset + 4, high);
  }

  #get(node: number, offset: number): number {
    return this.#area.store.readWord(this.#area.placeOf((node - 1) * 8 + offset));
  }

  #set(node: number, offset: number, value: number): void {
    this.#area.store.writeWord(this.#area.placeOf((node - 1) * 8 + offset), value);
  }
}
