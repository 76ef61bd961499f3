/**
 * One path of page tables, laid out in memory by hand: entries as texts, one letter a bit.
 *
 *     frame    0          1          2          3          4
 *              root       level 3    level 2    level 1    what a page shows
 *
 * Letters: P W U A D L G as in the drawing of an entry, N no-execute, `m` the bit of a large leaf that
 * chooses a memory type, `r` a reserved bit of its address, `b` an address beyond what the processor has.
 */
import {
  ACCESSED,
  DIRTY,
  entryFlags,
  GLOBAL,
  highEntryWord,
  LARGE,
  lowEntryWord,
  NO_EXECUTE,
  PhysicalMemory,
  PRESENT,
  type ProcessorSetup,
  USER,
  WRITABLE,
} from "#impl";
import {
  type FrameNumber,
  firstByteOf,
  frameNumber,
  type PageNumber,
  type TableLevel,
  tableIndex,
} from "#units";

const BITS: Readonly<Record<string, number>> = {
  P: PRESENT,
  W: WRITABLE,
  U: USER,
  A: ACCESSED,
  D: DIRTY,
  L: LARGE,
  G: GLOBAL,
  N: NO_EXECUTE,
};

/** Where the large leaves of each level lie, and the small one. */
const LEAF_FRAMES: Readonly<Record<TableLevel, number>> = { 4: 0, 3: 2 ** 18, 2: 2 ** 9, 1: 4 };

export const ROOT: FrameNumber = frameNumber(0);

/** Memory for five frames. */
export function smallMemory(): PhysicalMemory {
  return new PhysicalMemory(5 * 4096);
}

/** Writes the entries for `page`, from level 4 down; those that are left out are not present. */
export function layOut(
  memory: PhysicalMemory,
  page: PageNumber,
  entries: readonly string[],
  setup: ProcessorSetup,
): void {
  entries.forEach((letters, depth) => {
    const level = (4 - depth) as TableLevel;
    const isLarge = letters.includes("L") && level > 1;
    const plain = level === 1 || isLarge ? LEAF_FRAMES[level] : depth + 1;
    const beyond = letters.includes("b") ? 2 ** (setup.physicalBits - 12) : 0;
    const frame =
      plain + (letters.includes("m") ? 1 : 0) + (letters.includes("r") ? 2 : 0) + beyond;
    const flags = [...letters].reduce((sum, letter) => sum + (BITS[letter] ?? 0), 0);
    writeEntry(memory, frameNumber(depth), page, level, frameNumber(frame), flags);
  });
}

/** Writes one entry for `page` into a table of `level`. */
export function writeEntry(
  memory: PhysicalMemory,
  table: FrameNumber,
  page: PageNumber,
  level: TableLevel,
  frame: FrameNumber,
  flags: number,
): void {
  const slot = memory.slot(table, tableIndex(firstByteOf(page), level));
  const bits = entryFlags(flags);
  memory.setEntry(slot, highEntryWord(frame, bits), lowEntryWord(frame, bits));
}
