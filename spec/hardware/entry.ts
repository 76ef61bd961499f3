/**
 * An entry of a page table, as far as a processor looks at it, and the bits that it may not have.
 *
 * Sources: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 3A, chapter 4, sections
 * 4.5 (the entries of four levels) and 4.7 (reserved bits); AMD64 Architecture Programmer's Manual, volume
 * 2, section 5.3. Where the two differ, in how memory types are chosen and which bits of level 4 are
 * reserved for what, nothing is said here beyond what both say.
 */
import type { FrameNumber, TableLevel } from "../units/index.ts";

/** What one of the 512 entries of a table says. Bits that a processor ignores are not in it. */
export interface TableEntry {
  readonly isPresent: boolean; // P, bit 0; of an entry that is not, nothing else counts
  readonly isWritable: boolean; // R/W, bit 1
  readonly isUser: boolean; // U/S, bit 2
  readonly isAccessed: boolean; // A, bit 5
  readonly isDirty: boolean; // D, bit 6; counts in a leaf
  readonly isLarge: boolean; // PS, bit 7; of level 1 it is part of the memory type
  readonly isGlobal: boolean; // G, bit 8; counts in a leaf
  readonly frame: FrameNumber; // bits 51..12
  readonly isNoExecute: boolean; // XD or NX, bit 63
}

/** How a processor is set up. */
export interface PagingControls {
  readonly isWriteProtected: boolean; // CR0.WP
  readonly isNoExecuteEnabled: boolean; // EFER.NXE
  readonly isGlobalEnabled: boolean; // CR4.PGE
  readonly hasLargestPages: boolean; // CPUID: an entry of level 3 can show 1 GiB
  readonly frameLimit: number; // 2^(MAXPHYADDR - 12), so many frames have an address
}

/** Whether an entry of `level` shows bytes and no other table, if it is present and well-formed. */
export function isLeaf(entry: TableEntry, level: TableLevel): boolean {
  return level === 1 || entry.isLarge;
}

/**
 * Whether an entry of `level` that is present has a bit set that has to be zero. A walk that meets it
 * ends with a fault.
 */
export function hasReservedBits(
  entry: TableEntry,
  level: TableLevel,
  controls: PagingControls,
): boolean {
  if (!entry.isPresent) return false;
  if (entry.isNoExecute && !controls.isNoExecuteEnabled) return true;
  if (entry.frame >= controls.frameLimit) return true;
  if (!entry.isLarge || level === 1) return false;
  if (level === 4) return true;
  if (level === 3) return !controls.hasLargestPages || !isLargeFrame(entry.frame, 2 ** 18);
  return !isLargeFrame(entry.frame, 2 ** 9);
}

/** The first frame that a leaf of `level` shows: bit 12 of a large one chooses a memory type. */
export function frameOfLeaf(entry: TableEntry, level: TableLevel): FrameNumber {
  return level === 1 ? entry.frame : ((entry.frame - (entry.frame % 2)) as FrameNumber);
}

/** Whether `frame` and the bit for a memory type are all that the address of a large leaf has. */
function isLargeFrame(frame: FrameNumber, pages: number): boolean {
  return frame % pages <= 1;
}
