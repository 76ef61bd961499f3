/** The two words of an entry: what is written is read, and means what the drawing says. */
import {
  controlsMeaning,
  type EntryFlags,
  entryMeaning,
  flagsOfEntry,
  frameOfEntry,
  GLOBAL,
  hasReservedBits as hasReservedWords,
  highEntryWord,
  lowEntryWord,
  NO_EXECUTE,
  PRESENT,
  type ProcessorSetup,
  reservedHighBits,
  reservedLargeBits,
  USER,
  WRITABLE,
} from "#impl";
import { hasReservedBits } from "#spec";
import type { FrameNumber, TableLevel, Word32 } from "#units";
import { assume } from "../assume.ts";

/**
 * What an entry is written with is read again, the frame and every flag.
 *
 * @proves high-entry-word, low-entry-word, frame-of-entry, flags-of-entry
 * @mode bits
 */
export function writtenEntryIsRead(frame: FrameNumber, flags: EntryFlags): boolean {
  assume((flags & 0xf_f000) === 0);
  const high = highEntryWord(frame, flags);
  const low = lowEntryWord(frame, flags);
  return frameOfEntry(high, low) === frame && flagsOfEntry(high, low) === flags;
}

/**
 * Two words are what their frame and their flags are written as: no bit of them is anything else.
 *
 * @proves high-entry-word, low-entry-word, frame-of-entry, flags-of-entry
 * @mode bits
 */
export function readEntryIsWritten(high: Word32, low: Word32): boolean {
  const frame = frameOfEntry(high, low);
  const flags = flagsOfEntry(high, low);
  return highEntryWord(frame, flags) === high && lowEntryWord(frame, flags) === low;
}

/**
 * The flags of an entry are what its bits mean, and its frame is the frame that they mean.
 *
 * @proves flags-of-entry, frame-of-entry, entry-meaning
 * @mode bits
 */
export function flagsMeanWhatTheySay(high: Word32, low: Word32): boolean {
  const flags = flagsOfEntry(high, low);
  const entry = entryMeaning(high, low);
  const isPlace = entry.isPresent === ((flags & PRESENT) !== 0);
  const isRight = entry.isWritable === ((flags & WRITABLE) !== 0);
  const isUsers = entry.isUser === ((flags & USER) !== 0);
  const isEverywhere = entry.isGlobal === ((flags & GLOBAL) !== 0);
  const isData = entry.isNoExecute === ((flags & NO_EXECUTE) !== 0);
  const isFrame = entry.frame === frameOfEntry(high, low);
  return isPlace && isRight && isUsers && isEverywhere && isData && isFrame;
}

/**
 * The masks for reserved bits find exactly the entries that the specification says have one.
 *
 * @proves has-reserved-bits, reserved-high-bits, reserved-large-bits
 * @mode bits
 * @split level 1..4
 */
export function masksFindReservedBits(
  high: Word32,
  low: Word32,
  level: TableLevel,
  setup: ProcessorSetup,
): boolean {
  const reservedHigh = reservedHighBits(setup);
  const reservedLarge = reservedLargeBits(level, setup.hasLargestPages);
  const found = hasReservedWords(high, low, reservedHigh, reservedLarge);
  return found === hasReservedBits(entryMeaning(high, low), level, controlsMeaning(setup));
}
