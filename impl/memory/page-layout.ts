/**
 * Which pages of a virtual address space are given, and for what.
 *
 *     page      0  1           low end           2^35          508   509    510   511      2^36
 *               ├──┼── low ────┼─── general ──────┼─ general ───┼──────┼ heap ┼──────┼ text ┤
 *               reserved       │                  seam          never         never
 *
 * A page number is an address of 48 bits, divided by 4096; each of the 512 entries of the root table
 * covers 2^27 pages. Where addresses have 64 bits, those with bit 47 set continue far above the
 * others, beyond a hole that no address is in: in 48 bits the halves touch, so there is a seam, and
 * no chunk lies across. Entries 508 and 510 belong to the recursive mapping of the root tables and
 * are never given. Page 0 is given to whoever asks for it by its number and to nobody else: an
 * address that others take for none should not be the lucky find of a request for any page.
 *
 * The low pages, the heap's and the text's are designated: they are given for a place or a window.
 * Others end there only if the allocator falls back, and then in the lowest that fits.
 */
import { demand } from "#support";
import type { PageNumber, UnitNumber } from "#units";
import type { ChunkLayout } from "./chunk-pool.ts";
import type { UnitRange } from "./unit-ranges.ts";

/** The pages that one entry of the root table covers. */
export const PAGES_PER_ROOT_ENTRY: number = 2 ** 27;

/** The first page with bit 47 of its address set. */
export const UPPER_HALF: PageNumber = (2 ** 35) as PageNumber;

/** Whether a request for any pages may be given designated ones. */
export type PageFallback = "general-pages-only" | "designated-pages-last";

/** Which pages an allocator has: every page, those of one space alone, or those that all spaces share. */
export type PageHalf = "both halves" | "lower half" | "upper half";

/** The layout of the pages of `half`, in which the low designated ones end with `lowLast`. */
export function pageLayout(
  lowLast: PageNumber,
  fallback: PageFallback,
  half: PageHalf = "both halves",
): ChunkLayout {
  demand(Number.isSafeInteger(lowLast) && lowLast >= 0, "the number of a page is whole");
  demand(lowLast < UPPER_HALF - 1, "the low pages leave general ones in the lower half");
  const upper = range(UPPER_HALF, rootEntry(508));
  const heap = range(rootEntry(509), rootEntry(510));
  const text = range(rootEntry(511), rootEntry(512));
  const isOfHalf = ({ first }: UnitRange): boolean =>
    half === "both halves" || first < UPPER_HALF === (half === "lower half");
  return {
    extents: [range(0, UPPER_HALF), upper, heap, text].filter(isOfHalf),
    general: [range(lowLast + 1, UPPER_HALF), upper].filter(isOfHalf),
    unreserved: [range(1, UPPER_HALF), upper, heap, text].filter(isOfHalf),
    fallsBack: fallback === "designated-pages-last",
  };
}

/** The first page that entry `index` of the root table covers. */
function rootEntry(index: number): number {
  return index * PAGES_PER_ROOT_ENTRY;
}

/** The pages from `first` up to, not including, `end`. */
function range(first: number, end: number): UnitRange {
  return { first: first as UnitNumber, last: (end - 1) as UnitNumber };
}
