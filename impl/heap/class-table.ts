/**
 * Which class of one heap serves a request, looked up: made once from the classes that the heap has.
 *
 *     row    0 …  1021     requests aligned to 8 or less, of up to row * 8 bytes
 *            1024 … 1535   requests aligned to 16, of up to (row - 1024) * 16 bytes
 *
 * A heap asks this at every request and at every free. Nearly all are aligned to 16 at most and are answered
 * by one look; the others are found as the rows were. That both say the same is tested for every request.
 */
import type { Alignment, ByteCount } from "#units";
import { NO_CLASS, SLAB_SIZE_MAX, type SlabClass, slabClassAmong } from "./slab-class.ts";

/** The classes of a heap, one bit each, and the row of each request. */
export interface ClassTable {
  readonly classes: number;
  readonly rows: Int8Array;
}

const ALIGNED_TO_8 = 8 as Alignment;
const ALIGNED_TO_16 = 16 as Alignment;
const FIRST_OF_16 = 1024;
const ROW_COUNT = 1536;

/** The table of a heap that has `classes`. */
export function classTable(classes: number): ClassTable {
  const rows = new Int8Array(ROW_COUNT).fill(NO_CLASS);
  for (let row = 0; row * 8 <= SLAB_SIZE_MAX; row++) {
    rows[row] = slabClassAmong(classes, (row * 8) as ByteCount, ALIGNED_TO_8);
  }
  for (let row = 0; FIRST_OF_16 + row < ROW_COUNT; row++) {
    const size = Math.min(row * 16, SLAB_SIZE_MAX) as ByteCount;
    rows[FIRST_OF_16 + row] = slabClassAmong(classes, size, ALIGNED_TO_16);
  }
  return { classes, rows };
}

/** The class that serves `size` bytes at `align`, or `NO_CLASS`. */
export function classIn(
  { classes, rows }: ClassTable,
  size: ByteCount,
  align: Alignment,
): SlabClass {
  if (align > 16 || size > SLAB_SIZE_MAX) return slabClassAmong(classes, size, align);
  const row = align <= 8 ? (size + 7) >> 3 : FIRST_OF_16 + ((size + 15) >> 4);
  return rows[row] as SlabClass;
}
