/**
 * The machine that the heaps are put on, reduced to what they can tell apart.
 *
 *     page 0    1                          gap   heap start
 *     ├ unused ┼──── general area ────────┼─────┼─── initial heap ───┼──── growth area ────┤ guard
 *                large objects                    until the switch      object pages
 *
 * The general area begins at an odd page, as the original's begins behind the kernel image, wherever
 * that ends. The areas that the original keeps for identity mappings and for its text have no
 * free page here.
 */
import type { Span } from "./free-chunks.ts";
import { PAGE_SIZE } from "./kernel-memory.ts";
import { OBJECT_PAGE_SIZE } from "./object-page.ts";

export interface World {
  readonly initialPages: number;
  /** Whether blocks from before the first call fill the initial heap, so that it offers nothing. */
  readonly isInitialFull: boolean;
  /** Pages of the growth area, those included that the switch takes. */
  readonly growthPages: number;
  readonly generalPages: number;
  /** Frames for both areas; the initial heap has its own. */
  readonly frames: number;
  /** How many cores there are, and how many of them are known at the switch. */
  readonly cores: number;
  readonly coresAtSwitch: number;
  /** The original has 64. */
  readonly pagesPerClass: number;
  /** Whether the lists of free pages and frames allocate their boxes. */
  readonly bookkeeping: "boxes" | "none";
  /** Whether the kernel is seen from its beginning, never switches, or has switched already. */
  readonly phases: "both" | "early" | "per-core";
}

/** Where everything lies, in bytes. */
export interface Places {
  readonly heapStart: number;
  readonly growthStart: number;
  readonly memorySize: number;
  /** The areas that are free at the beginning, in pages: the general one first. */
  readonly free: readonly [Span, Span];
}

export function placesIn({ generalPages, initialPages, growthPages }: World): Places {
  const pagesPerObjectPage = OBJECT_PAGE_SIZE / PAGE_SIZE;
  const heapPage = Math.ceil((generalPages + 2) / pagesPerObjectPage) * pagesPerObjectPage;
  const growthPage = heapPage + initialPages;
  const endPage = growthPage + growthPages;
  return {
    heapStart: heapPage * PAGE_SIZE,
    growthStart: growthPage * PAGE_SIZE,
    memorySize: (endPage + 1) * PAGE_SIZE,
    free: [
      { first: 1, last: generalPages },
      { first: growthPage, last: endPage - 1 },
    ],
  };
}
