/**
 * Gives out the pages of one virtual address space: which addresses are in use, not what is there.
 *
 * It is laid out as `pageLayout` draws it, and gives the lowest run that fits. Everything that it
 * knows is the set of free pages and how many chunks are held, so it costs nothing for an address
 * space of 2^36 pages to be almost empty.
 */
import { DEAF, type Observer } from "#support";
import type { PageNumber } from "#units";
import { ChunkAllocator } from "./chunk-allocator.ts";
import { EARLY_CHUNK_COUNT } from "./chunk-room.ts";
import { type PageFallback, type PageHalf, pageLayout } from "./page-layout.ts";

export type PageAllocator = ChunkAllocator<"page">;

/** The pages up to `lowLast` are those of the image that the machine starts from. */
export function pageAllocator(
  lowLast: PageNumber,
  fallback: PageFallback = "general-pages-only",
  observer: Observer = DEAF,
  heldCountMax: number = EARLY_CHUNK_COUNT,
  half: PageHalf = "both halves",
): PageAllocator {
  return new ChunkAllocator("page", pageLayout(lowLast, fallback, half), observer, heldCountMax);
}
