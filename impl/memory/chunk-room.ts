/**
 * Room for what is known of free chunks: one array per column, one row per chunk.
 *
 *     node      0        1        2        3
 *     first     ├────────┼────────┼────────┼────── …   the first unit of the chunk
 *     count     ├────────┼────────┼────────┼────── …   how many units it has
 *     longest   ├────────┼────────┼────────┼────── …   the most units of a chunk here or below
 *     left      ├────────┼────────┼────────┼────── …   the node of the chunks below, or 0
 *     right     ├────────┼────────┼────────┼────── …   the node of the chunks above, or 0
 *     height    ├────────┼────────┼────────┼────── …   1 for a leaf
 *
 * Node 0 stands for none: its height and its longest chunk are 0, and nobody writes to it, so a
 * missing child needs no question. Units take a double, since a frame number has 40 bits. A row is
 * 33 bytes, which describe a chunk of at least 4096. Rows of 64 bytes in one array, each a line of
 * the processor's cache, were tried: every call took longer, among a million chunks by 12 to 18 %.
 *
 * Room is made by whoever has memory and handed in, because an allocator that asked for memory while
 * it is at work would ask itself.
 */
import { demand } from "#support";

/** The number of a row, from 1; 0 stands for none. */
export type ChunkNode = number;

/** Stands for no chunk. */
export const NO_CHUNK = 0;

/** As many chunks as can be held while there is no heap that more room could come from. */
export const EARLY_CHUNK_COUNT = 32;

export class ChunkRoom {
  readonly nodeCount: number;
  readonly first: Float64Array;
  readonly count: Float64Array;
  readonly longest: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly height: Int8Array;

  constructor(nodeCount: number) {
    demand(Number.isSafeInteger(nodeCount) && nodeCount >= 0, "a number of nodes is whole");
    demand(nodeCount < 2 ** 31 - 1, "the number of a node is a small integer");
    this.nodeCount = nodeCount;
    this.first = new Float64Array(nodeCount + 1);
    this.count = new Float64Array(nodeCount + 1);
    this.longest = new Float64Array(nodeCount + 1);
    this.left = new Int32Array(nodeCount + 1);
    this.right = new Int32Array(nodeCount + 1);
    this.height = new Int8Array(nodeCount + 1);
  }

  /** Takes over what every row of `other`, which has no more rows, says. */
  copyFrom(other: ChunkRoom): void {
    demand(other.nodeCount <= this.nodeCount, "room is exchanged for no less");
    this.first.set(other.first);
    this.count.set(other.count);
    this.longest.set(other.longest);
    this.left.set(other.left);
    this.right.set(other.right);
    this.height.set(other.height);
  }
}
