/** What the words of a leaf say that is mapped, remapped and unmapped, and which pages have which entry. */
import {
  areLeafFlags,
  areOtherFlags,
  type EntryFlags,
  EXCLUSIVE,
  entryMeaning,
  flagsOfEntry,
  frameOfEntry,
  GLOBAL,
  highEntryWord,
  lowEntryWord,
  mappedFlags,
  NO_EXECUTE,
  remappedFlags,
  USER,
  WRITABLE,
} from "#impl";
import type { TableEntry } from "#spec";
import {
  type FrameNumber,
  firstByteOf,
  type LeafLevel,
  type PageNumber,
  pagesUnder,
  type TableLevel,
  tableIndex,
  type Word32,
} from "#units";
import { assume } from "../assume.ts";

/**
 * What may be asked of a page is seven bits and no other: 1 to 4 and 8 of the low word, and 55 and 63 of
 * the entry. Of a page that is mapped it is the same without bit 55, which says who owns the frame.
 *
 * @proves leaf-flags
 * @mode bits
 */
export function askedFlagsAreOfSevenBits(flags: EntryFlags): boolean {
  const asked =
    bitOf(flags, 2) + bitOf(flags, 4) + bitOf(flags, 8) + bitOf(flags, 16) + bitOf(flags, 256);
  const owner = bitOf(flags, 2 ** 23);
  const isAsked = flags === asked + owner + bitOf(flags, 2 ** 31);
  return areLeafFlags(flags) === isAsked && areOtherFlags(flags) === (isAsked && owner === 0);
}

/**
 * A leaf that is mapped is present, shows its frame, allows what was asked for and nothing more, and has
 * no mark of a processor.
 *
 * @proves page-map, mapped-flags
 * @mode bits
 * @split level 1..3
 */
export function mappedLeafIsAsAsked(
  frame: FrameNumber,
  flags: EntryFlags,
  level: LeafLevel,
): boolean {
  assume(areLeafFlags(flags));
  const whole = mappedFlags(flags, level);
  const entry = entryMeaning(highEntryWord(frame, whole), lowEntryWord(frame, whole));
  const isLeaf = entry.isPresent && entry.frame === frame && entry.isLarge === level > 1;
  const isMarked = entry.isAccessed || entry.isDirty;
  return isLeaf && !isMarked && isAllowing(entry, flags);
}

/**
 * A leaf that is remapped allows what was asked for and nothing more; its frame, who owns that, its size
 * and the marks of processors stay as they were.
 *
 * @proves page-remap, remapped-flags
 * @mode bits
 */
export function remappedLeafKeepsItsFrame(high: Word32, low: Word32, flags: EntryFlags): boolean {
  assume(areOtherFlags(flags));
  const before = entryMeaning(high, low);
  const frame = frameOfEntry(high, low);
  const owned = flagsOfEntry(high, low) & EXCLUSIVE;
  const whole = remappedFlags(flagsOfEntry(high, low), flags);
  const now = entryMeaning(highEntryWord(frame, whole), lowEntryWord(frame, whole));
  const isSameLeaf = now.frame === before.frame && now.isLarge === before.isLarge;
  const isSameMark = now.isAccessed === before.isAccessed && now.isDirty === before.isDirty;
  const isKept = isSameLeaf && isSameMark && now.isPresent === before.isPresent;
  return isKept && (whole & EXCLUSIVE) === owned && isAllowing(now, flags);
}

/**
 * An entry that is present is not unused: no page is lost by mapping it, and an entry that was cleared
 * shows nothing.
 *
 * @proves page-unmap, page-map
 * @mode bits
 */
export function presentEntryIsUsed(high: Word32, low: Word32): boolean {
  assume(entryMeaning(high, low).isPresent);
  return high !== 0 || low !== 0;
}

/**
 * The entry that a page has in its table of each level is that of its place among the pages below it.
 *
 * @proves table-index
 * @mode bits
 * @split level 1..4
 */
export function entryIsThatOfItsPages(page: PageNumber, level: TableLevel): boolean {
  assume(page < 2 ** 36);
  return tableIndex(firstByteOf(page), level) === Math.floor(page / pagesUnder(level)) % 512;
}

/**
 * Two pages below one table that have the same entry there lie below that entry both: a leaf of any size is
 * the leaf of its own pages alone.
 *
 * @proves table-index
 * @mode bits
 * @split level 1..4
 */
export function entriesAreOfTheirOwnPages(
  page: PageNumber,
  other: PageNumber,
  level: TableLevel,
): boolean {
  assume(page < 2 ** 36 && other < 2 ** 36);
  const under = pagesUnder(level);
  assume(Math.floor(page / (512 * under)) === Math.floor(other / (512 * under)));
  const isSame = tableIndex(firstByteOf(page), level) === tableIndex(firstByteOf(other), level);
  return isSame === (Math.floor(page / under) === Math.floor(other / under));
}

/** Whether the entry allows what `flags` say. */
function isAllowing(
  { isWritable, isUser, isGlobal, isNoExecute }: TableEntry,
  flags: EntryFlags,
): boolean {
  const isRight = isWritable === ((flags & WRITABLE) !== 0) && isUser === ((flags & USER) !== 0);
  const isData = isNoExecute === ((flags & NO_EXECUTE) !== 0);
  return isRight && isData && isGlobal === ((flags & GLOBAL) !== 0);
}

/** What the bit of `flags` that counts `weight` counts there: all of it or nothing. */
function bitOf(flags: EntryFlags, weight: number): number {
  return (Math.floor(flags / weight) % 2) * weight;
}
