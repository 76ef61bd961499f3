/**
 * Values sorted by where each starts: what starts last before an address is found in O(log n).
 *
 * They lie in leaves of up to 128, and the first start of every leaf in one array, so that a search touches
 * few lines of a cache and a change makes no object.
 *
 *     firsts   0x0040             0x0400           0x1000 …
 *     leaves   ├ 0x0040 0x0080 ┤ ├ 0x0400 0x0480 ┤ ├ 0x1000 …
 */

import type { Range } from "#units";

const LEAF_MAX = 128;
const LEAVES_MIN = 16;

interface Leaf<Value> {
  readonly starts: Float64Array;
  readonly values: Value[];
  count: number;
}

export class SortedStarts<Value> {
  readonly #leaves: Leaf<Value>[] = [newLeaf()];
  /** Of each leaf its first start; of the first leaf none, since everything below the second belongs there. */
  #firsts: Float64Array = new Float64Array(LEAVES_MIN).fill(Number.NEGATIVE_INFINITY);
  /** Where the last search ended. */
  #leaf = 0;
  #place = -1;

  /** The value that starts last below `bound`, or undefined. */
  below(bound: number): Value | undefined {
    this.#seek(bound);
    return this.#here();
  }

  /** The value before the one that `below` has just found, or undefined. */
  previous(): Value | undefined {
    if (this.#place > 0) this.#place -= 1;
    else {
      if (this.#leaf === 0) return undefined;
      this.#leaf -= 1;
      this.#place = this.#leafAt(this.#leaf).count - 1;
    }
    return this.#here();
  }

  /** The value that starts at `start` or next above it, or undefined. */
  above(start: number): Value | undefined {
    this.#seek(start);
    const { values, count } = this.#leafAt(this.#leaf);
    if (this.#place + 1 < count) return values[this.#place + 1];
    return this.#leaves[this.#leaf + 1]?.values[0];
  }

  /** Calls `visit` with every value and where it starts, the lowest first, until it answers true: whether it did. */
  some(visit: (value: Value, start: number) => boolean): boolean {
    return this.#leaves.some(({ starts, values, count }) => {
      for (let place = 0; place < count; place++) {
        if (visit(values[place] as Value, starts[place] as number)) return true;
      }
      return false;
    });
  }

  /** Adds `value`, which starts at `start`, where nothing else does. */
  insert(start: number, value: Value): void {
    this.#seek(start);
    const leaf = this.#leafAt(this.#leaf);
    const { starts, values, count } = leaf;
    const place = this.#place + 1;
    for (let index = count; index > place; index--) {
      starts[index] = starts[index - 1] as number;
      values[index] = values[index - 1] as Value;
    }
    starts[place] = start;
    values[place] = value;
    leaf.count += 1;
    if (leaf.count === LEAF_MAX) this.#split(this.#leaf);
  }

  /** Removes what starts at `start`, which something does. */
  remove(start: number): void {
    this.#seek(start + 1);
    const index = this.#leaf;
    const leaf = this.#leafAt(index);
    const { starts, values } = leaf;
    leaf.count -= 1;
    for (let place = this.#place; place < leaf.count; place++) {
      starts[place] = starts[place + 1] as number;
      values[place] = values[place + 1] as Value;
    }
    values.length = leaf.count;
    if (this.#place === 0 && index > 0) this.#firsts[index] = starts[0] as number;
    this.#place -= 1;
    if (leaf.count > 0 || this.#leaves.length === 1) return;
    this.#leaves.splice(index, 1);
    this.#firsts.copyWithin(index, index + 1, this.#leaves.length + 1);
    this.#firsts[0] = Number.NEGATIVE_INFINITY;
    this.#leaf = 0;
    this.#place = -1;
  }

  #here(): Value | undefined {
    return this.#place < 0 ? undefined : this.#leafAt(this.#leaf).values[this.#place];
  }

  #leafAt(index: number): Leaf<Value> {
    return this.#leaves[index] as Leaf<Value>;
  }

  /** Finds the last place whose start is below `bound`: -1 in the first leaf if there is none. */
  #seek(bound: number): void {
    if (this.#isHere(bound)) return;
    const firsts = this.#firsts;
    let low = 0;
    let high = this.#leaves.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((firsts[middle] as number) < bound) low = middle;
      else high = middle - 1;
    }
    this.#leaf = low;
    const { starts, count } = this.#leafAt(low);
    this.#place = countBelow(starts, count, bound) - 1;
  }

  /** Whether the last search ended where one for `bound` would: who asks for a place most often takes it next. */
  #isHere(bound: number): boolean {
    const { starts, count } = this.#leafAt(this.#leaf);
    const place = this.#place;
    if (place < 0 || place + 1 >= count) return false;
    return (starts[place] as number) < bound && (starts[place + 1] as number) >= bound;
  }

  #split(index: number): void {
    const left = this.#leafAt(index);
    const half = LEAF_MAX / 2;
    const right = newLeaf(left.values.splice(half));
    right.starts.set(left.starts.subarray(half, LEAF_MAX));
    left.count = half;
    this.#leaves.splice(index + 1, 0, right);
    const { length } = this.#leaves;
    if (length > this.#firsts.length) {
      const grown = new Float64Array(2 * this.#firsts.length);
      grown.set(this.#firsts);
      this.#firsts = grown;
    }
    this.#firsts.copyWithin(index + 2, index + 1, length - 1);
    this.#firsts[index + 1] = right.starts[0] as number;
    this.#leaf = 0;
    this.#place = -1;
  }
}

function newLeaf<Value>(values: Value[] = []): Leaf<Value> {
  return { starts: new Float64Array(LEAF_MAX + 1), values, count: values.length };
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

/** Whether `count` addresses in a row of `part` are of none of the values, of which each has as many as `reachOf` says. */
export function hasGap<Value>(
  sorted: SortedStarts<Value>,
  part: Range,
  count: number,
  reachOf: (value: Value) => number,
): boolean {
  const end = part.start + part.size;
  let free: number = part.start;
  let gap = 0;
  sorted.some((value, start) => {
    gap = Math.min(start, end) - free;
    free = Math.max(free, start + reachOf(value));
    return gap >= count || start >= end;
  });
  return gap >= count || end - free >= count;
}
