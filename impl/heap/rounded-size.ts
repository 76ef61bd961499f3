/**
 * How many bytes of the extent a block takes: enough for the header of the hole that it becomes, and
 * a whole number of granules, so that what is left beside it is one too.
 */
import { type ByteCount, bytes, roundUp } from "#units";
import { HOLE_SIZE_MIN } from "./hole-carving.ts";
import { GRANULE } from "./hole-words.ts";

/** The bytes that a block of `size` takes. */
export function roundedSize(size: ByteCount): ByteCount {
  return bytes(Math.max(HOLE_SIZE_MIN, roundUp(size, GRANULE)));
}
