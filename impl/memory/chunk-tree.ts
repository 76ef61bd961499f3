/**
 * Chunks in the order of their first units, in a balanced tree of which each node knows the longest
 * chunk at or below it.
 *
 *                      ┌─ first 40, count 2, longest 9 ─┐
 *         ┌─ first 10, count 9, longest 9       first 60, count 1, longest 6 ─┐
 *      first 2, count 4, longest 4                          first 70, count 6, longest 6
 *
 * The tree is height-balanced: the heights of two siblings differ by 1 at most, so a tree of a
 * million chunks is at most 28 high, whatever the order in which they came and went. A tree of
 * random priorities would be shorter to write by a dozen lines and promise that on average only.
 *
 * Nothing here recurs or allocates. A change goes down once and remembers its path, then mends the
 * nodes of the path on the way up, as far as there is something to mend. A node has no identity
 * that anyone else could hold, so one with two children is removed by moving its successor into it.
 */
import { assert } from "#support";
import type { UnitCount, UnitNumber } from "#units";
import { heightOver, isTooHigh, longestOver, turnsTwice } from "./chunk-balance.ts";
import { type ChunkNode, ChunkRoom, NO_CHUNK } from "./chunk-room.ts";

/** A tree of 2^31 nodes is at most 46 high. */
const HEIGHT_MAX = 48;

export class ChunkTree {
  #room: ChunkRoom;
  #root: ChunkNode = NO_CHUNK;
  #size = 0;
  /** The first row without a chunk that had one; those after it follow through `left`. */
  #vacant: ChunkNode = NO_CHUNK;
  /** How many rows have ever had a chunk. */
  #used = 0;
  readonly #path: Int32Array = new Int32Array(HEIGHT_MAX);
  #depth = 0;

  constructor(nodeCount: number) {
    this.#room = new ChunkRoom(nodeCount);
  }

  get root(): ChunkNode {
    return this.#root;
  }

  get size(): number {
    return this.#size;
  }

  get nodeCount(): number {
    return this.#room.nodeCount;
  }

  firstOf(node: ChunkNode): UnitNumber {
    return this.#room.first[node] as UnitNumber;
  }

  countOf(node: ChunkNode): UnitCount {
    return this.#room.count[node] as UnitCount;
  }

  longestOf(node: ChunkNode): UnitCount {
    return this.#room.longest[node] as UnitCount;
  }

  leftOf(node: ChunkNode): ChunkNode {
    return this.#room.left[node] as number;
  }

  rightOf(node: ChunkNode): ChunkNode {
    return this.#room.right[node] as number;
  }

  heightOf(node: ChunkNode): number {
    return this.#room.height[node] as number;
  }

  /** Moves to `room`, which has at least as many rows, and answers the room that is left. */
  moveTo(room: ChunkRoom): ChunkRoom {
    room.copyFrom(this.#room);
    const left = this.#room;
    this.#room = room;
    return left;
  }

  /** The last chunk that does not begin above `unit`, or `NO_CHUNK`. */
  atOrBelow(unit: UnitNumber): ChunkNode {
    const { first, left, right } = this.#room;
    let found = NO_CHUNK;
    let node = this.#root;
    while (node !== NO_CHUNK) {
      const isBelow = (first[node] as number) <= unit;
      if (isBelow) found = node;
      node = (isBelow ? right[node] : left[node]) as number;
    }
    return found;
  }

  /** The first chunk that does not begin below `unit`, or `NO_CHUNK`. */
  atOrAbove(unit: number): ChunkNode {
    return this.longAtOrAbove(unit, 0);
  }

  /** The first chunk of at least `count` units that does not begin below `unit`, or `NO_CHUNK`. */
  longAtOrAbove(unit: number, count: number): ChunkNode {
    const { first, count: counts, longest, left, right } = this.#room;
    let found = NO_CHUNK;
    let node = this.#root;
    while (node !== NO_CHUNK && (longest[node] as number) >= count) {
      if ((first[node] as number) < unit) {
        node = right[node] as number;
        continue;
      }
      // Each node that is found here is below the one before it, and so is all to its right.
      const above = right[node] as number;
      const isLong = (counts[node] as number) >= count || (longest[above] as number) >= count;
      if (isLong) found = node;
      node = left[node] as number;
    }
    if (found === NO_CHUNK || (counts[found] as number) >= count) return found;
    return this.#firstLong(right[found] as number, count);
  }

  /** Adds a chunk, where there is none, to a tree with a row for it. */
  insert(first: UnitNumber, count: UnitCount): void {
    const parent = this.#descend(first);
    assert(parent === NO_CHUNK || this.firstOf(parent) !== first, "a chunk is free once");
    const node = this.#occupy();
    this.#room.first[node] = first;
    this.#room.count[node] = count;
    this.#room.left[node] = NO_CHUNK;
    this.#room.right[node] = NO_CHUNK;
    this.#refresh(node);
    if (parent === NO_CHUNK) this.#root = node;
    else if (first < this.firstOf(parent)) this.#room.left[parent] = node;
    else this.#room.right[parent] = node;
    this.#mend(HEIGHT_MAX);
  }

  /** Removes the chunk that begins with `first`. */
  remove(first: UnitNumber): void {
    const { left, right } = this.#room;
    const node = this.#descend(first);
    assert(this.firstOf(node) === first, "a chunk that is removed is there");
    const place = this.#depth - 1;
    let gone = node;
    if (left[node] !== NO_CHUNK && right[node] !== NO_CHUNK) {
      gone = this.#descendToSuccessor(node);
      this.#room.first[node] = this.firstOf(gone);
      this.#room.count[node] = this.countOf(gone);
    }
    this.#depth -= 1;
    const child = (left[gone] === NO_CHUNK ? right[gone] : left[gone]) as number;
    this.#replace(this.#depth, gone, child);
    this.#vacate(gone);
    this.#mend(place);
  }

  /** Makes the chunk that begins with `first` another, which no other chunk lies between. */
  change(first: UnitNumber, newFirst: UnitNumber, count: UnitCount): void {
    const node = this.#descend(first);
    assert(this.firstOf(node) === first, "a chunk that is changed is there");
    this.#room.first[node] = newFirst;
    this.#room.count[node] = count;
    this.#mend(HEIGHT_MAX);
  }

  /** The first chunk of at least `count` units, which is 1 or more, below `top`, which has one. */
  #firstLong(top: ChunkNode, count: number): ChunkNode {
    const { count: counts, longest, left, right } = this.#room;
    let node = top;
    for (;;) {
      const below = left[node] as number;
      if ((longest[below] as number) >= count) node = below;
      else if ((counts[node] as number) >= count) return node;
      else node = right[node] as number;
    }
  }

  /** Goes to the chunk that begins with `first`, or to the last on the way; remembers the path. */
  #descend(first: UnitNumber): ChunkNode {
    const { first: firsts, left, right } = this.#room;
    let last = NO_CHUNK;
    let node = this.#root;
    this.#depth = 0;
    while (node !== NO_CHUNK) {
      last = node;
      this.#path[this.#depth++] = node;
      const here = firsts[node] as number;
      if (here === first) return node;
      node = (first < here ? left[node] : right[node]) as number;
    }
    return last;
  }

  /** Goes on from `node` to the chunk after it, which is below it. */
  #descendToSuccessor(node: ChunkNode): ChunkNode {
    let next = this.rightOf(node);
    this.#path[this.#depth++] = next;
    while (this.leftOf(next) !== NO_CHUNK) {
      next = this.leftOf(next);
      this.#path[this.#depth++] = next;
    }
    return next;
  }

  /**
   * Balances the nodes of the path, the lowest first, and says anew what is below each; ends where
   * that is what was said before, but not before the one at `changed` on the path.
   */
  #mend(changed: number): void {
    const { longest, height } = this.#room;
    while (this.#depth > 0) {
      this.#depth -= 1;
      const node = this.#path[this.#depth] as number;
      const longestBefore = longest[node];
      const heightBefore = height[node];
      const top = this.#balanced(node);
      if (top !== node) this.#replace(this.#depth, node, top);
      const isSame = longest[top] === longestBefore && height[top] === heightBefore;
      if (isSame && this.#depth <= changed) return;
    }
  }

  /** Puts `child` where `node` is, whose parent is the last of `depth` nodes of the path. */
  #replace(depth: number, node: ChunkNode, child: ChunkNode): void {
    if (depth === 0) {
      this.#root = child;
      return;
    }
    const parent = this.#path[depth - 1] as number;
    if (this.#room.left[parent] === node) this.#room.left[parent] = child;
    else this.#room.right[parent] = child;
  }

  /** Makes the heights of the children of `node` differ by 1 at most; answers who is on top then. */
  #balanced(node: ChunkNode): ChunkNode {
    const left = this.leftOf(node);
    const right = this.rightOf(node);
    const leftHeight = this.heightOf(left);
    const rightHeight = this.heightOf(right);
    if (isTooHigh(leftHeight, rightHeight)) {
      const inner = this.rightOf(left);
      const isInner = turnsTwice(this.heightOf(inner), this.heightOf(this.leftOf(left)));
      if (isInner) this.#room.left[node] = this.#rotatedLeft(left);
      return this.#rotatedRight(node);
    }
    if (isTooHigh(rightHeight, leftHeight)) {
      const inner = this.leftOf(right);
      const isInner = turnsTwice(this.heightOf(inner), this.heightOf(this.rightOf(right)));
      if (isInner) this.#room.right[node] = this.#rotatedRight(right);
      return this.#rotatedLeft(node);
    }
    this.#refresh(node);
    return node;
  }

  #rotatedLeft(node: ChunkNode): ChunkNode {
    const top = this.rightOf(node);
    this.#room.right[node] = this.leftOf(top);
    this.#room.left[top] = node;
    this.#refresh(node);
    this.#refresh(top);
    return top;
  }

  #rotatedRight(node: ChunkNode): ChunkNode {
    const top = this.leftOf(node);
    this.#room.left[node] = this.rightOf(top);
    this.#room.right[top] = node;
    this.#refresh(node);
    this.#refresh(top);
    return top;
  }

  /** Says anew how high `node` is, and what the longest chunk is, by what its children say. */
  #refresh(node: ChunkNode): void {
    const left = this.leftOf(node);
    const right = this.rightOf(node);
    const { longest, height } = this.#room;
    longest[node] = longestOver(this.countOf(node), this.longestOf(left), this.longestOf(right));
    height[node] = heightOver(this.heightOf(left), this.heightOf(right));
  }

  /** A row without a chunk. */
  #occupy(): ChunkNode {
    assert(this.#size < this.#room.nodeCount, "a chunk that becomes free has a row");
    this.#size += 1;
    const node = this.#vacant;
    if (node === NO_CHUNK) return ++this.#used;
    this.#vacant = this.leftOf(node);
    return node;
  }

  #vacate(node: ChunkNode): void {
    this.#room.left[node] = this.#vacant;
    this.#vacant = node;
    this.#size -= 1;
  }
}
