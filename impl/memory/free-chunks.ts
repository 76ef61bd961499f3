/**
 * The set of free units of one allocator, kept as chunks: a chunk is as many free units in a row as
 * there are, so two chunks never touch, except at a border that no chunk may lie across.
 *
 * Which run is given for a request, where several would do: the lowest one, from the low end of its
 * chunk. A request without alignment, or for a run that is named, costs as much as the tree is
 * high, as do taking and giving. A request with an alignment asks one chunk after the other among
 * those of at least the units wanted; a chunk of `count + align - 1` units always does, so more than
 * one is asked only where the lower ones are shorter than that.
 */
import { assert, DEAF, demand, type Observer } from "#support";
import type { UnitCount, UnitNumber } from "#units";
import { planFit } from "./chunk-fit.ts";
import { type Joining, planJoining, planTaking } from "./chunk-plans.ts";
import { type ChunkNode, type ChunkRoom, NO_CHUNK } from "./chunk-room.ts";
import { ChunkTree } from "./chunk-tree.ts";

/** Units in a row. */
export interface Chunk {
  readonly first: UnitNumber;
  readonly count: UnitCount;
}

/** The situations worth reaching. */
export const FREE_CHUNKS_MARKS: readonly string[] = [
  "free-chunks.exact-fit",
  "free-chunks.left-below",
  "free-chunks.left-above",
  "free-chunks.left-both",
  "free-chunks.unlucky-chunk",
  "free-chunks.joined-neither",
  "free-chunks.joined-below",
  "free-chunks.joined-above",
  "free-chunks.joined-both",
];

const NO_UNITS = 0 as UnitCount;

export class FreeChunks {
  readonly #tree: ChunkTree;
  readonly #observer: Observer;

  constructor(nodeCount: number, observer: Observer = DEAF) {
    this.#tree = new ChunkTree(nodeCount);
    this.#observer = observer;
  }

  /** The tree that the chunks are in, for whoever reads what it means. */
  get tree(): ChunkTree {
    return this.#tree;
  }

  /** Whether all units of `first` and the `count - 1` after it are free. */
  has(first: UnitNumber, count: UnitCount): boolean {
    const node = this.#tree.atOrBelow(first);
    return node !== NO_CHUNK && first + count <= this.#endOf(node);
  }

  /** Where the lowest run that fits a request begins, or undefined if there is none. */
  lowestFit(
    low: UnitNumber,
    high: UnitNumber,
    count: UnitCount,
    align: UnitCount,
  ): UnitNumber | undefined {
    const tree = this.#tree;
    const reaching = tree.atOrBelow(low);
    const from = reaching === NO_CHUNK ? low : tree.firstOf(reaching);
    let node = tree.longAtOrAbove(from, count);
    while (node !== NO_CHUNK && tree.firstOf(node) <= high) {
      const fit = planFit(tree.firstOf(node), tree.countOf(node), low, high, count, align);
      if (fit !== undefined) return fit;
      this.#observer.reached("free-chunks.unlucky-chunk");
      node = tree.longAtOrAbove(this.#endOf(node), count);
    }
    return undefined;
  }

  /** Takes `count` units from `first` on, all of which are free. */
  take(first: UnitNumber, count: UnitCount): void {
    const tree = this.#tree;
    const node = tree.atOrBelow(first);
    assert(node !== NO_CHUNK, "units that are taken are free");
    const chunkFirst = tree.firstOf(node);
    const taking = planTaking(chunkFirst, tree.countOf(node), first, count);
    assert(taking !== undefined, "units that are taken are free");

    const { before, after } = taking;
    const end = (first + count) as UnitNumber;
    if (before === 0 && after === 0) tree.remove(chunkFirst);
    else if (before === 0) tree.change(chunkFirst, end, after);
    else tree.change(chunkFirst, chunkFirst, before);
    if (before > 0 && after > 0) tree.insert(end, after);
    this.#observer.reached(markOfTaking(before, after));
  }

  /**
   * Makes `count` units from `first` on free, and one with the chunks on either side; the borders
   * are the units `low` and `high`, which no chunk of theirs goes beyond.
   *
   * @throws ContractViolation if some of them are free already.
   */
  give(first: UnitNumber, count: UnitCount, low: UnitNumber, high: UnitNumber): void {
    const tree = this.#tree;
    const below = tree.atOrBelow(first);
    const above = tree.atOrAbove(first + 1);
    const belowFirst = tree.firstOf(below);
    const belowCount = this.#countBetween(below, low, high);
    const aboveFirst = tree.firstOf(above);
    const aboveCount = this.#countBetween(above, low, high);
    const joining = planJoining(belowFirst, belowCount, first, count, aboveFirst, aboveCount);
    demand(joining !== undefined, "a chunk is released once");

    if (joining.joinsAbove) this.#joinAbove(joining, belowFirst, aboveFirst);
    else if (joining.joinsBelow) tree.change(belowFirst, joining.first, joining.count);
    else tree.insert(joining.first, joining.count);
    this.#observer.reached(markOfJoining(joining));
  }

  /** The chunks, in the order of their units. */
  chunks(): readonly Chunk[] {
    const chunks: Chunk[] = [];
    let node = this.#tree.atOrAbove(0);
    while (node !== NO_CHUNK) {
      chunks.push({ first: this.#tree.firstOf(node), count: this.#tree.countOf(node) });
      node = this.#tree.atOrAbove(this.#endOf(node));
    }
    return chunks;
  }

  /** How many chunks there is room for. */
  get nodeCount(): number {
    return this.#tree.nodeCount;
  }

  /** Moves to `room`, which is no smaller, and answers the room that is left. */
  moveTo(room: ChunkRoom): ChunkRoom {
    return this.#tree.moveTo(room);
  }

  /** The chunk above grows downwards, over the one below if that is joined too. */
  #joinAbove({ first, count, joinsBelow }: Joining, below: UnitNumber, above: UnitNumber): void {
    if (joinsBelow) this.#tree.remove(below);
    this.#tree.change(above, first, count);
  }

  /** How many units the chunk at `node` has, if it lies between the borders `low` and `high`. */
  #countBetween(node: ChunkNode, low: UnitNumber, high: UnitNumber): UnitCount {
    const first = this.#tree.firstOf(node);
    return node === NO_CHUNK || first < low || first > high ? NO_UNITS : this.#tree.countOf(node);
  }

  #endOf(node: ChunkNode): number {
    return this.#tree.firstOf(node) + this.#tree.countOf(node);
  }
}

function markOfTaking(before: UnitCount, after: UnitCount): string {
  if (before > 0) return after > 0 ? "free-chunks.left-both" : "free-chunks.left-below";
  return after > 0 ? "free-chunks.left-above" : "free-chunks.exact-fit";
}

function markOfJoining({ joinsBelow, joinsAbove }: Joining): string {
  if (joinsBelow) return joinsAbove ? "free-chunks.joined-both" : "free-chunks.joined-below";
  return joinsAbove ? "free-chunks.joined-above" : "free-chunks.joined-neither";
}
