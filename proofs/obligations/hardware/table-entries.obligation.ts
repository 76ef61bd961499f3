/** One step of a page table, from the two words that are written to the pages that it shows. */
import {
  clearEntry,
  type EntryWords,
  entryAddress,
  highWordAt,
  isEntryAt,
  isLeafAt,
  isUnusedEntry,
  type LeafEntries,
  lowWordAt,
  type Memory,
  type TableEntries,
  writeEntry,
} from "#impl";
import type { Address, FrameNumber, PageNumber, TableIndex } from "#units";
import { assume } from "../assume.ts";

/** A page table in memory, with the entries that are used. */
export interface TableInMemory {
  readonly memory: Memory;
  readonly table: FrameNumber;
  readonly entries: TableEntries;
}

/** A table of level 1 in memory, with what the pages show whose entries it has, from `first` on. */
export interface LeavesInMemory {
  readonly memory: Memory;
  readonly table: FrameNumber;
  readonly first: PageNumber;
  readonly leaves: LeafEntries;
}

/** What is done to an entry. */
export interface EntryStep {
  readonly kind: "use" | "change" | "clear";
  readonly words: EntryWords;
}

/**
 * An entry is used, changed or cleared, and no other entry of its table is.
 *
 * @proves entry-write, entry-clear, table-entries-exact
 * @split step.kind
 */
export function stepChangesOneEntry(
  held: TableInMemory,
  step: EntryStep,
  index: TableIndex,
  other: TableIndex,
): boolean {
  const { memory, table, entries } = held;
  assume(isInMemory(memory, table) && isStep(step, entries.has(index)));
  assume(isEntryAt(entries, memory, table, index) && isEntryAt(entries, memory, table, other));
  apply(memory, entryAddress(table, index), step);
  const isCleared = step.kind === "clear";
  const now = isCleared ? entries.without(index) : entries.with(index, step.words);
  return isEntryAt(now, memory, table, other);
}

/**
 * A step writes the two words of its entry, and no other word of memory: no other table changes, and
 * nothing else that memory holds.
 *
 * @proves entry-write, entry-clear
 * @split step.kind
 */
export function stepWritesTwoWords(
  held: TableInMemory,
  step: EntryStep,
  index: TableIndex,
  word: Address,
): boolean {
  const { memory, table, entries } = held;
  assume(isInMemory(memory, table) && isStep(step, entries.has(index)));
  assume(isEntryAt(entries, memory, table, index) && isWord(memory, word));
  const before = memory.readWord(word);
  const entry = entryAddress(table, index);
  apply(memory, entry, step);
  return memory.readWord(word) === before || word === entry || word === entry + 4;
}

/**
 * What an entry was written with is read again; an entry that was cleared reads as zero.
 *
 * @proves entry-write, entry-clear
 * @split step.kind
 */
export function writtenWordsAreRead(
  held: TableInMemory,
  step: EntryStep,
  index: TableIndex,
): boolean {
  const { memory, table, entries } = held;
  assume(isInMemory(memory, table) && isStep(step, entries.has(index)));
  assume(isEntryAt(entries, memory, table, index));
  const entry = entryAddress(table, index);
  apply(memory, entry, step);
  const high = highWordAt(memory, entry);
  const low = lowWordAt(memory, entry);
  if (step.kind === "clear") return isUnusedEntry(memory, entry) && high === 0 && low === 0;
  return high === step.words.high && low === step.words.low && !isUnusedEntry(memory, entry);
}

/**
 * Mapping, unmapping and remapping one page of 4 KiB changes what that page shows, and what no other of
 * the 512 pages below its table shows.
 *
 * The entry of a page is the one of its place among these, by `entryIsThatOfItsPages`, which is of bits.
 *
 * @proves page-map, page-unmap, page-remap, table-entries-exact
 * @split step.kind
 */
export function stepChangesOnePage(
  held: LeavesInMemory,
  step: EntryStep,
  page: PageNumber,
  other: PageNumber,
): boolean {
  const { memory, table, leaves } = held;
  assume(isInMemory(memory, table) && isStep(step, leaves.has(page)));
  assume(isBelow(held, page) && isBelow(held, other));
  assume(isLeafAt(leaves, memory, table, page) && isLeafAt(leaves, memory, table, other));
  apply(memory, entryAddress(table, (page % 512) as TableIndex), step);
  const isCleared = step.kind === "clear";
  const now = isCleared ? leaves.without(page) : leaves.with(page, step.words);
  return isLeafAt(now, memory, table, other);
}

function apply(memory: Memory, entry: Address, { kind, words }: EntryStep): void {
  if (kind === "clear") clearEntry(memory, entry);
  else writeEntry(memory, entry, words.high, words.low);
}

/** Whether `step` may be made: an entry is used once, and has a word then. */
function isStep({ kind, words }: EntryStep, isUsed: boolean): boolean {
  if (kind === "clear") return isUsed;
  return isUsed === (kind === "change") && (words.high > 0 || words.low > 0);
}

/** Whether the table in `table` is a frame of `memory`. */
function isInMemory(memory: Memory, table: FrameNumber): boolean {
  const start = table * 4096;
  return memory.start <= start && start + 4096 <= memory.start + memory.size;
}

/** Whether `word` is the address of a word of `memory`. */
function isWord(memory: Memory, word: Address): boolean {
  const isInside = memory.start <= word && word + 4 <= memory.start + memory.size;
  return isInside && word % 4 === 0;
}

/** Whether `page` is one of the 512 whose entries the table has. */
function isBelow({ first }: LeavesInMemory, page: PageNumber): boolean {
  return first % 512 === 0 && first <= page && page < first + 512 && page < 2 ** 36;
}
