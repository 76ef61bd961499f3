/**
 * A system of heaps as it shows itself: the pages that it lists, and who would free each live block.
 *
 * Systems have pages of several sizes, the specification has one. What counts here as a page is the
 * largest size that all listed starts and sizes are multiples of, so that a listed page is a row of pages.
 */
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
export function lookAtSystem({ instance, index }: Heap): SystemView {
  const pages = (instance.pages?.() ?? []).map((page) => ({ ...page }));
  const blocks: BlockView[] = [];
  index.forEach(({ block: { name, start, reach } }) => {
    if (reach > 0) blocks.push({ name, start, reach, heap: Number(instance.ownerOf?.(start)) });
  });
  return { pages, blocks };
}

/** The largest size that divides `unit` and all of `pages`; 0 divides nothing and is divided by all. */
export function unitOf(pages: readonly PageView[], unit: number): number {
  return pages.reduce((known, { start, size }) => divisor(divisor(known, start), size), unit);
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
