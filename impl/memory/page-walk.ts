/**
 * The walk: from the root through up to four tables to the bytes that an address means.
 *
 *     root ──┐ level 4      ┌─────┐ level 3     ┌─────┐ level 2     ┌─────┐ level 1
 *            └─ [index 4] ──┘     └─ [index 3] ─┘     └─ [index 2] ─┘     └─ [index 1] ── page
 *
 * 1. An entry that is not present ends it, and so does one with a reserved bit: both are faults.
 * 2. Else the entry is used, which its accessed bit says, and the rights are cut down to what it allows.
 * 3. A leaf, large or of level 1, is used only if the rights are enough for the access; a write
 *    makes it dirty.
 *
 * No object is made: the answer is a number, and what else is known of the leaf stays in the walk until
 * the next one. An address goes down as two words, which the engine passes without boxing them. A fault
 * leaves the accessed bits of the entries above, as processors do.
 */
import {
  type FrameNumber,
  highWord,
  type LeafLevel,
  lowWord,
  type TableLevel,
  tableIndexOf,
  type VirtualAddress,
  type Word32,
  word,
} from "#units";
import {
  AS_USER,
  allows,
  FAULT_PRESENT,
  FAULT_RESERVED,
  FETCH,
  faultCode,
  faulted,
  neededMarks,
  neededRights,
  type PageAccess,
  type PageRights,
  WRITE,
} from "./page-rights.ts";
import {
  ACCESSED,
  DIRTY,
  frameOfEntry,
  GLOBAL,
  LARGE,
  NO_EXECUTE,
  PRESENT,
} from "./page-table-entry.ts";
import { type ProcessorSetup, reservedHighBits, reservedLargeBits } from "./paging-controls.ts";
import type { EntrySlot, PhysicalMemory } from "./physical-memory.ts";

export class PageWalk {
  /** The level of the leaf that was found last. */
  level: LeafLevel = 1;
  /** What the entries to that leaf allow together, with its own dirty and global bits. */
  rights: PageRights = 0 as PageRights;
  readonly #memory: PhysicalMemory;
  readonly #setup: ProcessorSetup;
  readonly #reservedHigh: Word32;
  readonly #reservedLarge: readonly Word32[];

  constructor(memory: PhysicalMemory, setup: ProcessorSetup) {
    this.#memory = memory;
    this.#setup = setup;
    this.#reservedHigh = reservedHighBits(setup);
    this.#reservedLarge = [0, 1, 2, 3, 4].map((level) =>
      level === 0 ? word(0) : reservedLargeBits(level as TableLevel, setup.hasLargestPages),
    );
  }

  /** The first frame of the leaf that `address` lies in, or a fault. */
  run(root: FrameNumber, address: VirtualAddress, access: PageAccess): number {
    return this.descend(root, highWord(address), lowWord(address) | 0, access);
  }

  /** The same of an address that is taken apart already; its low word may have a sign. */
  descend(root: FrameNumber, high: number, low: number, access: PageAccess): number {
    const memory = this.#memory;
    let table = root;
    let common = WRITE | AS_USER;
    let forbidden = 0;
    for (let level = 4; level >= 1; level--) {
      const index = tableIndexOf(high as Word32, low as Word32, level as TableLevel);
      const slot = memory.slot(table, index);
      const entryLow = memory.lowAt(slot);
      if ((entryLow & PRESENT) === 0) return this.#fault(access, 0);
      const entryHigh = memory.highAt(slot);
      const isLarge = level > 1 && (entryLow & LARGE) !== 0;
      if ((entryHigh & this.#reservedHigh) !== 0 || (isLarge && this.#isWrong(entryLow, level))) {
        return this.#fault(access, FAULT_PRESENT | FAULT_RESERVED);
      }
      common &= entryLow;
      forbidden |= entryHigh;
      if (isLarge || level === 1) {
        const rights = common | ((forbidden & NO_EXECUTE) === 0 ? FETCH : 0);
        return this.#leaf(slot, level as LeafLevel, rights, access);
      }
      if ((entryLow & ACCESSED) === 0) memory.setLow(slot, word((entryLow | ACCESSED) >>> 0));
      table = frameOfEntry(entryHigh, entryLow);
    }
    return this.#fault(access, 0);
  }

  /** Uses a leaf, if the rights are enough. */
  #leaf(slot: EntrySlot, level: LeafLevel, path: number, access: PageAccess): number {
    const needed = neededRights(access, this.#setup.isWriteProtected);
    if (!allows(path as PageRights, needed)) return this.#fault(access, FAULT_PRESENT);
    const low = this.#memory.lowAt(slot);
    const marks = ACCESSED | neededMarks(access);
    const marked = (low | marks) >>> 0;
    if (marked !== low) this.#memory.setLow(slot, marked as Word32);

    const global = this.#setup.isGlobalEnabled ? GLOBAL : 0;
    this.level = level;
    this.rights = (path | (marked & (DIRTY | global))) as PageRights;
    const frame = frameOfEntry(this.#memory.highAt(slot), low);
    return level > 1 ? frame - ((low >>> 12) % 2) : frame;
  }

  /** Whether a large entry of `level` has a bit that it may not have. */
  #isWrong(low: number, level: number): boolean {
    return (low & (this.#reservedLarge[level] as number)) !== 0;
  }

  #fault(access: PageAccess, why: number): number {
    return faulted(faultCode(access, why, this.#setup.isNoExecuteEnabled));
  }
}
