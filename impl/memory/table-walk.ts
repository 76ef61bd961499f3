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
 * A fault leaves the accessed bits of the entries above, as processors do. The four levels are written out, one
 * below the other: there is no loop whose rounds would have to be trusted, and what is proved of this
 * function is proved of the lines that run, for every memory, address, access and processor.
 *
 * No object is made. Memory is a column of words, which have a sign here; the low word of an address may have
 * one too. So everything but a frame is a small integer, which the engine passes without boxing it. The
 * indices of `tableIndexOf` are written out, and so are the marks: when each level called one function more, the
 * engine did not compile all of them into this one, and a walk of 41 ns took 55 then.
 */
import { assert } from "#support";
import type { FrameNumber, Word32 } from "#units";
import type { Column } from "./column.ts";
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

/** What a walk goes by: how the processor is set up, and the bits that entries may not have. */
export interface WalkRules {
  readonly isWriteProtected: boolean;
  readonly isNoExecuteEnabled: boolean;
  readonly isGlobalEnabled: boolean;
  /** Of the high word of any entry. */
  readonly reservedHigh: number;
  /** Of the low word of a large entry, its size bit included where no entry of the level is large. */
  readonly reserved4: number;
  readonly reserved3: number;
  readonly reserved2: number;
}

/** Where a walk that was no fault leaves what it knows of its leaf: rows of one column. */
export const FOUND_LEVEL = 0;
export const FOUND_RIGHTS = 1;
export const FOUND_ROWS = 2;

/** What a processor that is set up like this goes by. */
export function walkRules(setup: ProcessorSetup): WalkRules {
  const { isWriteProtected, isNoExecuteEnabled, isGlobalEnabled, hasLargestPages } = setup;
  return {
    isWriteProtected,
    isNoExecuteEnabled,
    isGlobalEnabled,
    reservedHigh: reservedHighBits(setup),
    reserved4: reservedLargeBits(4, hasLargestPages),
    reserved3: reservedLargeBits(3, hasLargestPages),
    reserved2: reservedLargeBits(2, hasLargestPages),
  };
}

/**
 * The first frame of the leaf that the address of two words lies in, or a fault. `words` are those of
 * physical memory; what else is known of the leaf is left in `found`.
 */
export function walkTables(
  words: Column,
  found: Column,
  rules: WalkRules,
  root: FrameNumber,
  high: number,
  low: number,
  access: PageAccess,
): number {
  const { reservedHigh } = rules;
  const slot4 = slotInRoot(words, root, (high >>> 7) & 511);
  const low4 = words.read(slot4);
  const high4 = words.read(slot4 + 1);
  if (!isTable(low4, high4, reservedHigh)) {
    return endAt(words, found, rules, slot4, 4, rules.reserved4, low4, high4, access);
  }
  if ((low4 & ACCESSED) === 0) words.write(slot4, low4 | ACCESSED);

  const slot3 = slotIn(words, low4, high4, ((high << 2) | (low >>> 30)) & 511);
  const low3 = words.read(slot3);
  const high3 = words.read(slot3 + 1);
  const common3 = low4 & low3;
  const forbidden3 = high4 | high3;
  if (!isTable(low3, high3, reservedHigh)) {
    return endAt(words, found, rules, slot3, 3, rules.reserved3, common3, forbidden3, access);
  }
  if ((low3 & ACCESSED) === 0) words.write(slot3, low3 | ACCESSED);

  const slot2 = slotIn(words, low3, high3, (low >>> 21) & 511);
  const low2 = words.read(slot2);
  const high2 = words.read(slot2 + 1);
  const common2 = common3 & low2;
  const forbidden2 = forbidden3 | high2;
  if (!isTable(low2, high2, reservedHigh)) {
    return endAt(words, found, rules, slot2, 2, rules.reserved2, common2, forbidden2, access);
  }
  if ((low2 & ACCESSED) === 0) words.write(slot2, low2 | ACCESSED);

  const slot1 = slotIn(words, low2, high2, (low >>> 12) & 511);
  const common1 = common2 & words.read(slot1);
  const forbidden1 = forbidden2 | words.read(slot1 + 1);
  return endAt(words, found, rules, slot1, 1, 0, common1, forbidden1, access);
}

/** Whether an entry that may be large leads to another table. */
function isTable(low: number, high: number, reservedHigh: number): boolean {
  return (low & (PRESENT | LARGE)) === PRESENT && (high & reservedHigh) === 0;
}

/** The row of the low word of entry `index` of the table in `root`; the high word is the next one. */
function slotInRoot(words: Column, root: FrameNumber, index: number): number {
  assert(root < words.length >>> 10, "a root lies in memory");
  return root * 1024 + index * 2;
}

/** The same of the table that an entry of these words leads to. */
function slotIn(words: Column, low: number, high: number, index: number): number {
  assert(
    (high & 0xf_ffff) === 0 && low >>> 12 < words.length >>> 10,
    "a table lies in memory, which has 4 GiB at most",
  );
  return ((low >>> 12) << 10) | (index << 1);
}

/** Ends a walk at the entry of `level` in `slot`, which leads to no table. */
function endAt(
  words: Column,
  found: Column,
  rules: WalkRules,
  slot: number,
  level: number,
  reservedLarge: number,
  common: number,
  forbidden: number,
  access: PageAccess,
): number {
  const { isWriteProtected, isNoExecuteEnabled, isGlobalEnabled, reservedHigh } = rules;
  const low = words.read(slot);
  const high = words.read(slot + 1);
  if ((low & PRESENT) === 0) return faulted(faultCode(access, 0, isNoExecuteEnabled));
  if ((high & reservedHigh) !== 0 || ((low & LARGE) !== 0 && (low & reservedLarge) !== 0)) {
    return faulted(faultCode(access, FAULT_PRESENT | FAULT_RESERVED, isNoExecuteEnabled));
  }
  const path = (common & (WRITE | AS_USER)) | ((forbidden & NO_EXECUTE) === 0 ? FETCH : 0);
  if (!allows(path as PageRights, neededRights(access, isWriteProtected))) {
    return faulted(faultCode(access, FAULT_PRESENT, isNoExecuteEnabled));
  }
  const marked = low | ACCESSED | neededMarks(access);
  if (marked !== low) words.write(slot, marked);
  found.write(FOUND_LEVEL, level);
  found.write(FOUND_RIGHTS, path | (marked & (isGlobalEnabled ? DIRTY | GLOBAL : DIRTY)));
  const frame = frameOfEntry(high as Word32, low as Word32);
  return level > 1 ? frame - ((low >>> 12) & 1) : frame;
}
