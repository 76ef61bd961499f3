/**
 * The live blocks of a campaign: the questions of `LiveBlocks`, answered in O(log n).
 *
 * The specification gives those questions their meaning over a finite map, which costs a copy per
 * update. Here an update changes the index in place and answers the index itself: a campaign never
 * looks back at an older state. Only the questions of the interface reach the judge; the rest serves
 * whoever generates calls and watches memory.
 *
 * Live blocks are disjoint, or the judge would have stopped: so only the last block that starts before a range
 * ends can reach into it. Blocks without bytes overlap nothing and are only known by name.
 */
import type { Block, LiveBlocks } from "#spec";
import type { Address, BlockName, ByteCount, Range } from "#units";
import { hasGap, SortedStarts } from "./sorted-starts.ts";

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
  readonly #sorted = new SortedStarts<Entry>();
  /** The entry that was asked for last: one call asks for its block half a dozen times. */
  #known: Entry | undefined;

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
    let entry = this.#sorted.below(start + count);
    if (entry?.block.name === except) entry = this.#sorted.previous();
    return entry !== undefined && entry.block.start + entry.block.reach > start;
  }

  hasFreeRun(extent: readonly Range[], count: number): boolean {
    return extent.some((part) => hasGap(this.#sorted, part, count, reachOf));
  }

  with(block: Block): this {
    const known = this.#find(block.name);
    if (known === undefined) {
      const entry = { block, place: this.#list.length, seed: 0, page: 0 };
      this.#known = entry;
      this.#list.push(entry);
      this.#byName.set(block.name, entry);
      if (block.reach > 0) this.#sorted.insert(block.start, entry);
    } else {
      if (known.block.reach > 0) this.#sorted.remove(known.block.start);
      known.block = block;
      if (block.reach > 0) this.#sorted.insert(block.start, known);
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
    if (entry.block.reach > 0) this.#sorted.remove(entry.block.start);
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
    return this.#sorted.below(start);
  }

  /** The block with bytes that starts at `start` or next above it, or undefined. */
  above(start: number): Entry | undefined {
    return this.#sorted.above(start);
  }

  /** Calls `visit` with every live block, lowest address first, then those without bytes. */
  forEach(visit: (entry: Entry) => void): void {
    this.#sorted.some((entry) => {
      visit(entry);
      return false;
    });
    for (const entry of this.#list) if (entry.block.reach === 0) visit(entry);
  }

  #find(name: BlockName): Entry | undefined {
    if (this.#known?.block.name === name) return this.#known;
    const entry = this.#byName.get(name);
    if (entry !== undefined) this.#known = entry;
    return entry;
  }
}

function reachOf({ block }: Entry): number {
  return block.reach;
}
