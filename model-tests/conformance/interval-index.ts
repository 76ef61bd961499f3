/**
 * The live blocks of a campaign: the questions of `LiveBlocks`, answered in O(log n).
 *
 * The specification gives those questions their meaning over a finite map, which costs a copy per
 * update. Here an update changes the index in place and answers the index itself: a campaign never
 * looks back at an older state. Only the questions of the interface reach the judge; the rest serves
 * whoever generates calls and watches memory.
 *
 * Blocks are kept in leaves of up to 128, sorted by start, and the leaves in a list sorted by their
 * first start. Live blocks are disjoint, or the judge would have stopped: so only the last block that
 * starts before a range ends can reach into it. Blocks without bytes overlap nothing and are only
 * known by name.
 *
 *     leaves   ├ 0x0040 0x0080 0x0100 ┤├ 0x0400 0x0480 ┤├ 0x1000 …
 */
import type { Block, LiveBlocks } from "#spec";
import type { Address, BlockName, ByteCount, Range } from "#units";

const LEAF_MAX = 128;

interface Leaf {
  readonly starts: Float64Array;
  readonly entries: Entry[];
  count: number;
}

/** A block with its place in the list of live blocks, and what a witness keeps about it. */
export interface Entry {
  block: Block;
  /** Its index in the list of live blocks. */
  place: number;
  /** Which pattern its bytes hold. */
  seed: number;
  /** Of a large block, the page that was read last. */
  page: number;
}

export class IntervalIndex implements LiveBlocks {
  readonly #byName = new Map<BlockName, Entry>();
  readonly #list: Entry[] = [];
  readonly #leaves: Leaf[] = [newLeaf()];
  /** The entry that was asked for last: one call asks for its block half a dozen times. */
  #known: Entry | undefined;
  /** Where the last search ended. */
  #leaf = 0;
  #slot = 0;

  get size(): number {
    return this.#list.length;
  }

  isEmpty(): boolean {
    return this.#list.length === 0;
  }

  has(name: BlockName): boolean {
    return this.#find(name) !== undefined;
  }

  at(name: BlockName): Block {
    return this.entry(name).block;
  }

  overlapping(start: Address, count: ByteCount, except: BlockName): boolean {
    let entry = this.#lastBefore(start + count);
    if (entry?.block.name === except) entry = this.#previous();
    return entry !== undefined && entry.block.start + entry.block.reach > start;
  }

  hasFreeRun(extent: readonly Range[], count: number): boolean {
    return extent.some((part) => this.#hasFreeRun(part, count));
  }

  with(block: Block): this {
    const known = this.#find(block.name);
    if (known === undefined) {
      const entry = { block, place: this.#list.length, seed: 0, page: 0 };
      this.#known = entry;
      this.#list.push(entry);
      this.#byName.set(block.name, entry);
      if (block.reach > 0) this.#insert(entry);
    } else {
      if (known.block.reach > 0) this.#remove(known);
      known.block = block;
      if (block.reach > 0) this.#insert(known);
    }
    return this;
  }

  without(name: BlockName): this {
    const entry = this.entry(name);
    const last = this.#list.pop() as Entry;
    if (last !== entry) {
      this.#list[entry.place] = last;
      last.place = entry.place;
    }
    this.#byName.delete(name);
    this.#known = undefined;
    if (entry.block.reach > 0) this.#remove(entry);
    return this;
  }

  /** What is kept under `name`, which is live. */
  entry(name: BlockName): Entry {
    return this.#find(name) as Entry;
  }

  /** The `place`th live block, in no particular order. */
  pick(place: number): Entry {
    return this.#list[place] as Entry;
  }

  /** The block with bytes that starts next below `start`, or undefined. */
  below(start: number): Entry | undefined {
    return this.#lastBefore(start);
  }

  /** The block with bytes that starts at `start` or next above it, or undefined. */
  above(start: number): Entry | undefined {
    this.#lastBefore(start);
    const leaf = this.#leaves[this.#leaf] as Leaf;
    if (this.#slot + 1 < leaf.count) return leaf.entries[this.#slot + 1];
    const next = this.#leaves[this.#leaf + 1];
    return next?.entries[0];
  }

  /** Calls `visit` with every live block, lowest address first, then those without bytes. */
  forEach(visit: (entry: Entry) => void): void {
    for (const leaf of this.#leaves) {
      for (let slot = 0; slot < leaf.count; slot++) visit(leaf.entries[slot] as Entry);
    }
    for (const entry of this.#list) if (entry.block.reach === 0) visit(entry);
  }

  #find(name: BlockName): Entry | undefined {
    if (this.#known?.block.name === name) return this.#known;
    const entry = this.#byName.get(name);
    if (entry !== undefined) this.#known = entry;
    return entry;
  }

  #hasFreeRun(part: Range, count: number): boolean {
    const end = part.start + part.size;
    let free = part.start as number;
    for (const leaf of this.#leaves) {
      for (let slot = 0; slot < leaf.count; slot++) {
        const { block } = leaf.entries[slot] as Entry;
        if (block.start >= end) return end - free >= count;
        if (block.start - free >= count) return true;
        const blockEnd = block.start + block.reach;
        if (blockEnd > free) free = blockEnd;
      }
    }
    return end - free >= count;
  }

  /** The last entry that starts below `bound`; leaves its place in `#leaf` and `#slot`. */
  #lastBefore(bound: number): Entry | undefined {
    const leaves = this.#leaves;
    let low = 0;
    let high = leaves.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (((leaves[middle] as Leaf).starts[0] as number) < bound) low = middle;
      else high = middle - 1;
    }
    const leaf = leaves[low] as Leaf;
    this.#leaf = low;
    this.#slot = countBelow(leaf.starts, leaf.count, bound) - 1;
    return this.#slot < 0 ? undefined : leaf.entries[this.#slot];
  }

  /** The entry before the one that the last search found. */
  #previous(): Entry | undefined {
    if (this.#slot > 0) return (this.#leaves[this.#leaf] as Leaf).entries[this.#slot - 1];
    const leaf = this.#leaves[this.#leaf - 1];
    return leaf?.entries[leaf.count - 1];
  }

  #insert(entry: Entry): void {
    this.#lastBefore(entry.block.start);
    const leaf = this.#leaves[this.#leaf] as Leaf;
    const slot = this.#slot + 1;
    leaf.starts.copyWithin(slot + 1, slot, leaf.count);
    for (let index = leaf.count; index > slot; index--) {
      leaf.entries[index] = leaf.entries[index - 1] as Entry;
    }
    leaf.starts[slot] = entry.block.start;
    leaf.entries[slot] = entry;
    leaf.count += 1;
    if (leaf.count === LEAF_MAX) this.#split(this.#leaf);
  }

  #remove(entry: Entry): void {
    this.#lastBefore(entry.block.start + 1);
    const leaf = this.#leaves[this.#leaf] as Leaf;
    leaf.starts.copyWithin(this.#slot, this.#slot + 1, leaf.count);
    for (let index = this.#slot + 1; index < leaf.count; index++) {
      leaf.entries[index - 1] = leaf.entries[index] as Entry;
    }
    leaf.entries.pop();
    leaf.count -= 1;
    if (leaf.count === 0 && this.#leaves.length > 1) this.#leaves.splice(this.#leaf, 1);
  }

  #split(index: number): void {
    const left = this.#leaves[index] as Leaf;
    const right = newLeaf();
    const half = LEAF_MAX / 2;
    right.starts.set(left.starts.subarray(half, LEAF_MAX));
    for (let slot = half; slot < LEAF_MAX; slot++) right.entries.push(left.entries[slot] as Entry);
    right.count = half;
    left.entries.length = half;
    left.count = half;
    this.#leaves.splice(index + 1, 0, right);
  }
}

function newLeaf(): Leaf {
  return { starts: new Float64Array(LEAF_MAX + 1), entries: [], count: 0 };
}

/** How many of the first `count` sorted `starts` are below `bound`. */
function countBelow(starts: Float64Array, count: number, bound: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
