/**
 * Walks a whole hole list and compares it with the blocks that its caller holds. Called by tests,
 * never by the list itself: it costs as much as there are holes and blocks.
 */
import { assert } from "#support";
import { type ByteCount, contains, endOf, isAligned, type Range, roundUp } from "#units";
import type { HoleList } from "../heap/hole-list.ts";

/** Asserts that the holes are in order and apart, and that with `blocks` they are the extent. */
export function auditHoleList(list: HoleList, blocks: readonly Range[]): void {
  auditHoles(list.extent(), list.holes());
  auditParts(list.extent(), [...list.holes(), ...blocks.map(takenBy)]);
}

/** Asserts that `holes` are in order and apart. */
export function auditHoles(extent: Range, holes: readonly Range[]): void {
  holes.forEach((hole, index) => {
    const next = holes[index + 1];
    assert(contains(extent, hole), "a hole lies in the extent");
    assert(isAligned(hole.start, 8) && isAligned(hole.size, 8), "a hole is whole granules");
    assert(hole.size >= 16, "a hole can hold its header");
    if (next !== undefined) assert(endOf(hole) < next.start, "holes do not touch");
  });
}

/** Asserts that `parts` are `extent`, without a gap and without an overlap. */
export function auditParts(extent: Range, parts: readonly Range[]): void {
  const inOrder = [...parts].sort((one, other) => one.start - other.start);
  let end = extent.start;
  for (const part of inOrder) {
    assert(part.start >= end, "live-blocks-disjoint");
    assert(part.start === end, "no byte is lost between a hole and a block");
    end = endOf(part);
  }
  assert(end === endOf(extent), "no byte is lost at the end");
}

/** What `block` takes of the extent: its size, rounded as the list rounds it. */
export function takenBy({ start, size }: Range): Range {
  return { start, size: Math.max(16, roundUp(size, 8)) as ByteCount };
}
