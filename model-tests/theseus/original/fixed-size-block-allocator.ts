/**
 * The initial allocator: nine lists of free blocks, each of one size, over the fallback heap.
 *
 *     class        0    1    2    3     4     5     6      7      8
 *     size         8   16   32   64   128   256   512   1024   2048     and as aligned as large
 *
 * The class is the smallest that is as large as the size and the alignment; what exceeds the largest
 * goes to the fallback heap as it is. A block that is freed is pushed onto the list of the class that
 * the caller's layout says, by a link that is written into it, and nothing is checked:
 *
 *     head ──> ├─ next ─┼─ not used … ┤ ──> ├─ next ─┤ ──> 0
 *
 * So a block that is freed twice is granted twice, one that is freed with another layout enters
 * another class, and no block ever goes back to the fallback heap. A block that is granted has its link
 * cleared, which cuts a list that runs in a circle at that block.
 */
import { FallbackHeap } from "./fallback-heap.ts";
import type { KernelMemory } from "./kernel-memory.ts";

const BLOCK_SIZES: readonly number[] = [8, 16, 32, 64, 128, 256, 512, 1024, 2048];

export class FixedSizeBlockAllocator {
  readonly #memory: KernelMemory;
  readonly #fallback: FallbackHeap;
  readonly #heads: number[] = BLOCK_SIZES.map(() => 0);

  constructor(memory: KernelMemory, start: number, size: number) {
    this.#memory = memory;
    this.#fallback = new FallbackHeap(memory, start, size);
  }

  /** The address of a block, or 0. */
  allocate(size: number, align: number): number {
    const index = classOf(size, align);
    if (index < 0) return this.#fallback.allocate(size, align);

    const head = this.#heads[index] as number;
    if (head !== 0) {
      this.#heads[index] = this.#memory.read(head);
      this.#memory.write(head, 0);
      return head;
    }
    const blockSize = BLOCK_SIZES[index] as number;
    return this.#fallback.allocate(blockSize, blockSize);
  }

  deallocate(block: number, size: number, align: number): void {
    const index = classOf(size, align);
    if (index < 0) {
      this.#fallback.deallocate(block, size);
      return;
    }
    this.#memory.write(block, this.#heads[index] as number);
    this.#heads[index] = block;
  }

  /** The free lists and the holes, as text; a list that runs in a circle is cut off. */
  fingerprint(): string {
    const lists = this.#heads.map((head) => this.#listFrom(head).join(" "));
    return `${lists.join("|")}/${this.#fallback.fingerprint()}`;
  }

  #listFrom(head: number): number[] {
    const blocks: number[] = [];
    for (let block = head; block !== 0 && !blocks.includes(block); ) {
      blocks.push(block);
      block = this.#memory.read(block);
    }
    return blocks;
  }
}

/** The smallest class for a layout, or -1. */
function classOf(size: number, align: number): number {
  return BLOCK_SIZES.findIndex((blockSize) => blockSize >= Math.max(size, align));
}
