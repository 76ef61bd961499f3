/**
 * Which pages a large block has: as many as its bytes need, from a multiple of its alignment on.
 *
 *     block     ├──────────── size ────────────┤
 *     pages     ├── page ──┼── page ──┼── page ──┤
 *
 * Nothing is mapped here, so it is proved that whatever pages such a request is given, the block is a legal one.
 */
import type { ChunkRequest } from "#spec";
import { type Alignment, type ByteCount, bytes, type UnitCount } from "#units";

const PAGE_SIZE = 4096;

/** How many pages a large block of `size` has: one at least. */
export function largePagesFor(size: ByteCount): UnitCount {
  return Math.max(1, Math.ceil(bytes(size) / PAGE_SIZE)) as UnitCount;
}

/** Where the pages of a large block of alignment `align` may begin: every page is a multiple of its own size. */
export function largeRequestFor(align: Alignment): ChunkRequest {
  if (align <= PAGE_SIZE) return { kind: "any" };
  return { kind: "aligned", align: Math.floor(align / PAGE_SIZE) as UnitCount };
}
