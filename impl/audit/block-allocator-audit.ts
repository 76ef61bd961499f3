/**
 * Walks a whole block allocator and compares it with the blocks that its caller holds. Called by
 * tests, never by the allocator itself.
 */
import { assert } from "#support";
import { type Address, address, contains, isAligned, type Range } from "#units";
import type { BlockAllocator } from "../heap/block-allocator.ts";
import type { SpanView } from "../heap/block-spans.ts";
import { SPAN_SIZE } from "../heap/span-blocks.ts";
import { auditHoles, auditParts, takenBy } from "./hole-list-audit.ts";

/**
 * Asserts that holes, spans and the `blocks` outside of spans are the extent, and that each span
 * has exactly those of `blocks` that are not free in it. The size of a block is its usable size.
 */
export function auditBlockAllocator(allocator: BlockAllocator, blocks: readonly Range[]): void {
  const extent = allocator.extent();
  const spans = allocator.spans();
  const starts = new Set(blocks.map(({ start }) => start));
  auditHoles(extent, allocator.holes());
  for (const span of spans) auditSpan(extent, span, starts);
  auditPlaces(spans);

  const pages = spans.map(({ start }) => ({ start, size: SPAN_SIZE }));
  const outside = blocks.filter((block) => !pages.some((page) => contains(page, block)));
  const inside = spans.reduce((sum, { liveCount }) => sum + liveCount, 0);
  assert(outside.length + inside === blocks.length, "every live block of a span is somebody's");
  auditParts(extent, [...allocator.holes(), ...pages, ...outside.map(takenBy)]);
}

function auditSpan(extent: Range, span: SpanView, starts: ReadonlySet<Address>): void {
  const { start, blockSize, liveCount, fresh, free, place, isSpare } = span;
  const capacity = SPAN_SIZE / blockSize;
  const isFree = new Set(free);
  const live = Array.from({ length: fresh }, (_, block) => block).filter(
    (block) => !isFree.has(block),
  );
  assert(isAligned(start, SPAN_SIZE), "a span starts with its page");
  assert(contains(extent, { start, size: SPAN_SIZE }), "a span lies in the extent");
  assert(isFree.size === free.length, "a freed block is free exactly once");
  assert(free.every((block) => block < fresh) && fresh <= capacity, "a free block was live before");
  assert(live.length === liveCount, "a span counts its live blocks");
  assert(
    live.every((block) => starts.has(address(start + block * blockSize))),
    "a live block of a span is somebody's",
  );
  assert(place >= 0 === liveCount < capacity, "a span is among those with room if it has any");
  if (isSpare) assert(liveCount === 0, "a spare has no live block");
  if (liveCount === 0) assert(isSpare, "a span without live blocks is the spare of its class");
}

/** Asserts that the spans with room are in one row, class by class. */
function auditPlaces(spans: readonly SpanView[]): void {
  for (const { blockSize } of spans) {
    const withRoom = spans.filter((span) => span.blockSize === blockSize && span.place >= 0);
    const places = new Set(withRoom.map(({ place }) => place));
    assert(places.size === withRoom.length, "no two spans have one place");
    assert(
      withRoom.every(({ place }) => place < withRoom.length),
      "no place is left out",
    );
    assert(withRoom.filter(({ isSpare }) => isSpare).length <= 1, "a class has one spare");
  }
}
