/**
 * Where the blocks of a span lie: their numbers and their offsets, and nothing else.
 *
 *     block     0           1           2                last
 *     offset    0           size        2 * size         4096 - size
 *     span      ├───────────┼───────────┼───── … ────────┼───────────┤
 *
 * All are powers of two, so an offset is a block's number shifted by the class: no division stands
 * between a block that is freed and its number.
 */
import { assert } from "#support";
import type { ByteCount } from "#units";
import {
  SIZE_CLASS_SIZE_MAX,
  SIZE_CLASS_SIZE_MIN,
  type SizeClassIndex,
  sizeOfClass,
} from "./size-class.ts";

export const SPAN_SIZE = 4096 as ByteCount;

/** The blocks of the first class in a span. */
const MOST_BLOCKS = 512;

assert(MOST_BLOCKS * SIZE_CLASS_SIZE_MIN === SPAN_SIZE, "blocks of the first class fill a span");
assert(SPAN_SIZE % SIZE_CLASS_SIZE_MAX === 0, "blocks of every class fill a span");

/** How many blocks of class `index` a span has: 512 of 8 bytes, 2 of 2048. */
export function blocksPerSpan(index: SizeClassIndex): number {
  return MOST_BLOCKS >> index;
}

/** The offset in its span of the block with number `block`. */
export function offsetOfBlock(block: number, index: SizeClassIndex): ByteCount {
  return (block * sizeOfClass(index)) as ByteCount;
}

/** The number of the block that has the byte at `offset`. */
export function blockAt(offset: number, index: SizeClassIndex): number {
  return offset >> (3 + index);
}

/** Decides whether a block of class `index` starts at `offset`. */
export function isBlockStart(offset: number, index: SizeClassIndex): boolean {
  return (offset & (sizeOfClass(index) - 1)) === 0;
}
