/**
 * Walks whole address spaces and compares every table with what is counted of it. Called by tests, never
 * by page tables themselves.
 *
 * Of several address spaces: every table is reached once and from one place, every frame that is counted as
 * a table is reached or waits, and no leaf shows a table, unless it is the recursive window that does.
 */
import { assert } from "#support";
import { address, type FrameNumber, type TableLevel, type Word32, word } from "#units";
import { flagsOfEntry, frameOfEntry, LARGE, PRESENT } from "../memory/page-table-entry.ts";
import {
  hasReservedBits,
  type ProcessorSetup,
  reservedHighBits,
  reservedLargeBits,
} from "../memory/paging-controls.ts";
import { RECURSIVE_INDEX } from "../memory/recursive-window.ts";
import type { TableFrames } from "../memory/table-frames.ts";

/**
 * Asserts it of the address spaces of `roots`; `waiting` are tables that a flush has yet to release, and
 * `kernel` is the root whose upper half all others lead to.
 */
export function auditPageTables(
  frames: TableFrames,
  roots: readonly FrameNumber[],
  setup: ProcessorSetup,
  waiting: readonly FrameNumber[] = [],
  kernel?: FrameNumber,
): void {
  const reached = new Set<FrameNumber>(waiting);
  assert(reached.size === waiting.length, "a table waits once");
  for (const table of waiting) assert(frames.count(table) === 0, "a table that waits is empty");
  for (const root of roots) auditTable(frames, root, 4, setup, reached, kernel ?? root);

  const tables = frames.tables();
  assert(tables.length === reached.size, "every table is reached, or waits");
  for (const table of tables) assert(reached.has(table), "what is counted as a table is one");
}

function auditTable(
  frames: TableFrames,
  table: FrameNumber,
  level: TableLevel,
  setup: ProcessorSetup,
  reached: Set<FrameNumber>,
  kernel: FrameNumber,
): void {
  assert(!reached.has(table), "a table is reached once");
  reached.add(table);
  const reservedHigh = reservedHighBits(setup);
  const reservedLarge = reservedLargeBits(level, setup.hasLargestPages);
  let used = 0;
  for (let index = 0; index < 512; index++) {
    const [high, low] = wordsOf(frames, table, index);
    if ((low & PRESENT) === 0) {
      assert(low === 0 && high === 0, "an unused entry is zero as a whole");
      continue;
    }
    used++;
    assert(!hasReservedBits(high, low, reservedHigh, reservedLarge), "reserved bits are zero");
    const frame = frameOfEntry(high, low);
    if (level === 4 && index === RECURSIVE_INDEX) {
      assert(frame === table, "the recursive entry shows the root");
    } else if (level === 4 && index >= 256 && table !== kernel) {
      const shared = frameOfEntry(...wordsOf(frames, kernel, index));
      assert(frame === shared, "the upper half is that of the kernel");
    } else if (level === 1 || (flagsOfEntry(high, low) & LARGE) !== 0) {
      auditLeaf(frames, frame, level);
    } else {
      assert(frames.isTable(frame), "what an entry leads to is a table");
      auditTable(frames, frame, (level - 1) as TableLevel, setup, reached, kernel);
    }
  }
  assert(frames.count(table) === used, "the used entries of a table are counted");
  assert(used > 0 || level === 4, "a table without entries is given back");
}

/** Asserts that no frame of a leaf is a table. */
function auditLeaf(frames: TableFrames, first: FrameNumber, level: TableLevel): void {
  const size = 512 ** (level - 1);
  assert(first % size === 0, "a large page shows frames from a multiple of its size");
  const last = Math.min(first + size, frames.memory.frameCount);
  for (let frame: number = first; frame < last; frame++) {
    assert(!frames.isTable(frame as FrameNumber), "no page shows a table");
  }
}

function wordsOf(
  frames: TableFrames,
  table: FrameNumber,
  index: number,
): readonly [Word32, Word32] {
  const at = table * 4096 + index * 8;
  const { memory } = frames;
  return [word(memory.readWord(address(at + 4))), word(memory.readWord(address(at)))];
}
