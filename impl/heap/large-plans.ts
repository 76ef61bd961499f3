/**
 * How many pages a block with pages of its own has, and where they may lie: decided from numbers alone.
 *
 *     block     ├──────────── size ────────────┤
 *     pages     ├── page ──┼── page ──┼── page ──┤      from a multiple of the alignment on
 *
 * Nothing is read or written here, so it is proved of every size and alignment that such pages hold the block.
 */
import type { ChunkRequest } from "#spec";
import type { Alignment, ByteCount, UnitCount } from "#units";

/** The largest alignment that is honoured. */
export const LARGE_ALIGN_MAX: number = 2 ** 21;

/** The largest size that is served. */
export const LARGE_SIZE_MAX: number = 2 ** 46;

const PAGE_SIZE = 4096;

/** How many pages a large block of `size` has: one at least. */
export function pagesFor(size: ByteCount): UnitCount {
  return Math.max(1, Math.ceil(size / PAGE_SIZE)) as UnitCount;
}

/** Which pages are asked for, so that the first of them begins at a multiple of `align`. */
export function requestFor(align: Alignment): ChunkRequest {
  if (align <= PAGE_SIZE) return { kind: "any" };
  return { kind: "aligned", align: Math.floor(align / PAGE_SIZE) as UnitCount };
}
