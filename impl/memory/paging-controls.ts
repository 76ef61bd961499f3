/** How a processor is set up, as far as translation goes, and which bits of an entry that reserves. */
import type { Branded, TableLevel, Word32 } from "#units";
import { LARGE, NO_EXECUTE, PRESENT } from "./page-table-entry.ts";

/**
 * How many bits a physical address has.
 *
 * @range 32..52
 */
export type PhysicalBits = Branded<"PhysicalBits">;

export interface ProcessorSetup {
  /** CR0.WP: a supervisor keeps to the right to write. */
  readonly isWriteProtected: boolean;
  /** EFER.NXE: pages can forbid to be executed; else the bit that does so is reserved. */
  readonly isNoExecuteEnabled: boolean;
  /** CR4.PGE: entries can be global; else the bit that says so is ignored. */
  readonly isGlobalEnabled: boolean;
  /** Whether an entry of level 3 can show 1 GiB; else its bit 7 is reserved. */
  readonly hasLargestPages: boolean;
  /** MAXPHYADDR. */
  readonly physicalBits: PhysicalBits;
}

/** What every kernel of today sets. */
export const USUAL_SETUP: ProcessorSetup = {
  isWriteProtected: true,
  isNoExecuteEnabled: true,
  isGlobalEnabled: true,
  hasLargestPages: true,
  physicalBits: 40 as PhysicalBits,
};

/** The bits of the high word that no entry may have. */
export function reservedHighBits(setup: ProcessorSetup): Word32 {
  const beyond = 2 ** 20 - (1 << (setup.physicalBits - 32));
  return (beyond + (setup.isNoExecuteEnabled ? 0 : NO_EXECUTE)) as Word32;
}

/** The bits of the low word that a large entry of `level` may not have, its size bit included. */
export function reservedLargeBits(level: TableLevel, hasLargestPages: boolean): Word32 {
  switch (level) {
    case 4:
      return LARGE as Word32;
    case 3:
      return (hasLargestPages ? 0x3fff_e000 : LARGE) as Word32;
    case 2:
      return 0x1f_e000 as Word32;
    case 1:
      return 0 as Word32;
  }
}

/** Whether an entry that is present has a bit that it may not have. */
export function hasReservedBits(
  high: Word32,
  low: Word32,
  reservedHigh: Word32,
  reservedLarge: Word32,
): boolean {
  if ((low & PRESENT) === 0) return false;
  return (high & reservedHigh) !== 0 || ((low & LARGE) !== 0 && (low & reservedLarge) !== 0);
}
