/**
 * Units of chunks: a chunk is a run of pages or a run of frames, and what is said of one is said of
 * the other. So a unit is a page or a frame, and its number is the number of that.
 */
import type { Branded } from "./brand.ts";

/** The number of a page or a frame. */
export type UnitNumber = Branded<"UnitNumber">;

/** How many pages or frames. */
export type UnitCount = Branded<"UnitCount">;

/** The name of a chunk within one trace. */
export type ChunkName = Branded<"ChunkName">;

/** Names `value` as the number of a unit; the caller vouches that it is a safe integer of at least 0. */
export function unitNumber(value: number): UnitNumber {
  return value as UnitNumber;
}

/** Names `value` as a number of units; the caller vouches that it is a safe integer of at least 0. */
export function unitCount(value: number): UnitCount {
  return value as UnitCount;
}

/** Names `value` as the name of a chunk. */
export function chunkName(value: number): ChunkName {
  return value as ChunkName;
}
