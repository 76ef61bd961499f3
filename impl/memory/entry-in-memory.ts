/**
 * One entry of a page table in memory: the two words that are read, written and cleared.
 *
 *     address   table * 4096             + 8             + 16
 *               ├── low ──┼── high ──┤   ├── low ──┼── high ──┤   …          512 entries
 *                   entry 0                  entry 1
 *
 * An entry is unused if both of its words are zero. Nothing loops here, so for every memory it is proved
 * what each of these does; a processor that walks meanwhile is no matter of theirs.
 */
import { assert } from "#support";
import { type Address, address, type FrameNumber, type TableIndex, type Word32 } from "#units";
import type { Memory } from "./memory.ts";

/** Where the low word of entry `index` of the table in `table` lies. */
export function entryAddress(table: FrameNumber, index: TableIndex): Address {
  return address(table * 4096 + index * 8);
}

/** The low word of the entry at `entry`. */
export function lowWordAt(memory: Memory, entry: Address): Word32 {
  return memory.readWord(entry) as Word32;
}

/** The high word of the entry at `entry`. */
export function highWordAt(memory: Memory, entry: Address): Word32 {
  return memory.readWord((entry + 4) as Address) as Word32;
}

/** Whether the entry at `entry` is unused. */
export function isUnusedEntry(memory: Memory, entry: Address): boolean {
  return lowWordAt(memory, entry) === 0 && highWordAt(memory, entry) === 0;
}

/** Makes an entry, used or not, have the words `high` and `low`, which are not both zero. */
export function writeEntry(memory: Memory, entry: Address, high: Word32, low: Word32): void {
  setWords(memory, entry, high, low);
  assert(!isUnusedEntry(memory, entry), "an entry that is used has a word");
}

/** Makes an entry that is used unused. */
export function clearEntry(memory: Memory, entry: Address): void {
  assert(!isUnusedEntry(memory, entry), "only a used entry is cleared");
  setWords(memory, entry, 0 as Word32, 0 as Word32);
}

function setWords(memory: Memory, entry: Address, high: Word32, low: Word32): void {
  memory.writeWord(entry, low);
  memory.writeWord((entry + 4) as Address, high);
}
