/**
 * The hole list that serves what has no size class: linked_list_allocator 0.9.1.
 *
 * Holes lie in address order, and say in their own bytes how large they are and which is next:
 *
 *     offset    0        8        16
 *     hole      ├─ size ─┼─ next ─┼─ not used … ┤       next is 0 at the end of the list
 *
 * A request is rounded up to a multiple of 8, and to 16. The first hole is taken in which the block
 * starts at the hole's start, or 16 bytes and more behind it, and leaves nothing or at least 16 bytes
 * behind it. What is left before and behind is freed again, by the path that frees blocks.
 *
 * What a free checks is that the block does not reach below the hole before it. It does not ask
 * where the hole behind begins, nor whether the block was ever granted.
 */

import { expectOrPanic } from "./kernel-failure.ts";
import type { KernelMemory } from "./kernel-memory.ts";

const HOLE_SIZE_MIN = 16;
const NEXT_OFFSET = 8;
/** What stands before the first hole: nothing, of no size. */
const NO_HOLE = 0;

export class FallbackHeap {
  readonly #memory: KernelMemory;
  #first: number;
  #used = 0;

  /** Takes all of the memory from `start` on as one hole, and checks neither of the two. */
  constructor(memory: KernelMemory, start: number, size: number) {
    this.#memory = memory;
    this.#first = start;
    memory.write(start, size);
    memory.write(start + NEXT_OFFSET, NO_HOLE);
  }

  /** The bytes that are taken, sizes rounded up. */
  get used(): number {
    return this.#used;
  }

  /** The address of a block, or 0 where no hole serves. */
  allocate(size: number, align: number): number {
    const wanted = roundedSize(size);
    let before = NO_HOLE;
    for (let hole = this.#first; hole !== NO_HOLE; hole = this.#nextOf(hole)) {
      const block = placeIn(hole, this.#sizeOf(hole), wanted, align);
      if (block !== 0) {
        this.#carve(before, hole, block, wanted);
        this.#used += wanted;
        return block;
      }
      before = hole;
    }
    return 0;
  }

  deallocate(block: number, size: number): void {
    this.#insert(block, roundedSize(size));
    this.#used -= roundedSize(size);
  }

  /** The holes in the order of the list, as text; a list that runs in a circle is cut off. */
  fingerprint(): string {
    const holes: string[] = [];
    for (let hole = this.#first; hole !== NO_HOLE; hole = this.#nextOf(hole)) {
      holes.push(`${hole}+${this.#sizeOf(hole)}`);
      if (holes.length > this.#memory.bytes.length / HOLE_SIZE_MIN) break;
    }
    return holes.join(" ");
  }

  #carve(before: number, hole: number, block: number, size: number): void {
    const end = hole + this.#sizeOf(hole);
    this.#setNext(before, this.#nextOf(hole));
    if (block > hole) this.#insert(hole, block - hole);
    if (block + size < end) this.#insert(block + size, end - block - size);
  }

  /** Puts free bytes into the list, joined with the holes that they touch. */
  #insert(start: number, length: number): void {
    let size = length;
    let before = NO_HOLE;
    for (;;) {
      const end = before + this.#sizeOf(before);
      const next = this.#nextOf(before);
      expectOrPanic(end <= start, "invalid deallocation (probably a double free)");
      const nextSize = this.#sizeOf(next);
      if (next !== NO_HOLE && end === start && start + size === next) {
        this.#memory.write(before, this.#sizeOf(before) + size + nextSize);
        this.#setNext(before, this.#nextOf(next));
        return;
      }
      if (end === start) {
        this.#memory.write(before, this.#sizeOf(before) + size);
        return;
      }
      if (next !== NO_HOLE && start + size === next) {
        size += nextSize;
        this.#setNext(before, this.#nextOf(next));
      } else if (next !== NO_HOLE && next <= start) {
        before = next;
      } else {
        this.#memory.write(start, size);
        this.#memory.write(start + NEXT_OFFSET, next);
        this.#setNext(before, start);
        return;
      }
    }
  }

  #sizeOf(hole: number): number {
    return hole === NO_HOLE ? 0 : this.#memory.read(hole);
  }

  #nextOf(hole: number): number {
    return hole === NO_HOLE ? this.#first : this.#memory.read(hole + NEXT_OFFSET);
  }

  #setNext(hole: number, next: number): void {
    if (hole === NO_HOLE) this.#first = next;
    else this.#memory.write(hole + NEXT_OFFSET, next);
  }
}

function roundedSize(size: number): number {
  return Math.max(HOLE_SIZE_MIN, Math.ceil(size / 8) * 8);
}

/** Where a block lies in a hole that serves it, or 0. */
function placeIn(hole: number, holeSize: number, size: number, align: number): number {
  const isAligned = hole % align === 0;
  const block = isAligned ? hole : Math.ceil((hole + HOLE_SIZE_MIN) / align) * align;
  const behind = hole + holeSize - block - size;
  return behind === 0 || behind >= HOLE_SIZE_MIN ? block : 0;
}
