/**
 * A system of heaps as it shows itself: the pages that it lists, and who would free each live block.
 *
 * Systems have pages of several sizes, the specification has one. What counts here as a page is the
 * largest size that all listed starts and sizes are multiples of, so that a listed page is a row of pages.
 */
import type { Block } from "#spec";
import type { BlockName, PageNumber } from "#units";
import type { PageView } from "../subject/subject.ts";
import type { Heap } from "./heap.ts";

/** A block that has bytes, in bytes. */
export interface BlockView {
  readonly name: BlockName;
  readonly start: number;
  readonly reach: number;
  /** The heap that would be asked to free it. */
  readonly heap: number;
}

export interface SystemView {
  readonly pages: readonly PageView[];
  readonly blocks: readonly BlockView[];
}

/** What `heap`, which is a system, shows of itself now. */
export function lookAtSystem(heap: Heap): SystemView {
  const blocks: BlockView[] = [];
  heap.index.forEach(({ block }) => {
    if (block.reach > 0) blocks.push(lookAtBlock(heap, block));
  });
  return { pages: heap.instance.pages?.() ?? [], blocks };
}

/** A live block, and the heap that says that it would free it. */
export function lookAtBlock({ instance }: Heap, { name, start, reach }: Block): BlockView {
  return { name, start, reach, heap: Number(instance.ownerOf?.(start)) };
}

/** The largest size that divides `unit` and all of `pages`; 0 divides nothing and is divided by all. */
export function unitOf(pages: readonly PageView[], unit: number): number {
  let known = unit;
  for (const { start, size } of pages) {
    if (start % known === 0 && size % known === 0) continue;
    known = divisor(divisor(known, start), size);
  }
  return known;
}

/** The numbers of the pages that have one of `size` bytes from `start` on. */
export function pagesOf(
  start: number,
  size: number,
  unit: number,
): { readonly first: PageNumber; readonly last: PageNumber } {
  const first = Math.floor(start / Math.max(unit, 1)) as PageNumber;
  const last = Math.floor((start + size - 1) / Math.max(unit, 1)) as PageNumber;
  return { first, last };
}

function divisor(left: number, right: number): number {
  return right === 0 ? left : divisor(right, left % right);
}
