/**
 * An entry of a page table: 64 bits as two words, and never one number.
 *
 *      31  30        24  23  22     20 19                                  0
 *     ├───┼────────────┼───┼──────────┼─────────────────────────────────────┤
 *     │ N │  software  │ O │ software │ frame, bits 39..20                  │  high word
 *     └───┴────────────┴───┴──────────┴─────────────────────────────────────┘
 *      31                            12 11      9  8  7  6  5  4  3  2  1  0
 *     ├────────────────────────────────┼──────────┼──┼──┼──┼──┼──┼──┼──┼──┼──┤
 *     │ frame, bits 19..0              │ software │ G│ L│ D│ A│ C│ T│ U│ W│ P│  low word
 *     └────────────────────────────────┴──────────┴──┴──┴──┴──┴──┴──┴──┴──┴──┘
 *
 * P present, W writable, U user, T write-through, C cache disabled, A accessed, D dirty, L large,
 * G global, N no-execute, as the manuals have them; O is ours: the page owns its frame alone.
 *
 * The flags of both words are one word, `EntryFlags`, each where it is: the upper 12 bits are those of
 * the high word and the lower 12 those of the low word, and nothing of the two lies in one place.
 * A large entry shows a frame whose number is a multiple of the pages that it stands for; its lowest
 * frame bit then chooses a memory type, and is kept zero here. A page that is not large has that
 * choice in bit 7, where `L` is.
 */
import { assert } from "#support";
import type { Branded, FrameNumber, Word32 } from "#units";

/**
 * The flags of an entry, those of both words.
 *
 * @range 0..2^32-1
 */
export type EntryFlags = Branded<"EntryFlags">;

export const PRESENT = 0x1;
export const WRITABLE = 0x2;
export const USER = 0x4;
export const WRITE_THROUGH = 0x8;
export const CACHE_DISABLED = 0x10;
export const ACCESSED = 0x20;
export const DIRTY = 0x40;
export const LARGE = 0x80;
export const GLOBAL = 0x100;
export const EXCLUSIVE = 0x80_0000;
export const NO_EXECUTE = 0x8000_0000;

/** The flags of each word: twelve bits of either. */
const HIGH_FLAGS = 0xfff0_0000;
const LOW_FLAGS = 0xfff;

assert((HIGH_FLAGS & LOW_FLAGS) === 0, "the flags of both words fit in one");
assert(EXCLUSIVE === 2 ** (55 - 32), "bit 55 says that a page owns its frame");
assert(NO_EXECUTE === 2 ** (63 - 32), "bit 63 says that a page is not executed");

/** Names `bits` as flags; the caller vouches that bits 12 to 19 are zero. */
export function entryFlags(bits: number): EntryFlags {
  return (bits >>> 0) as EntryFlags;
}

/** The high word of an entry that shows `frame`. */
export function highEntryWord(frame: FrameNumber, flags: EntryFlags): Word32 {
  return (((flags & HIGH_FLAGS) >>> 0) + Math.floor(frame / 2 ** 20)) as Word32;
}

/** The low word of an entry that shows `frame`. */
export function lowEntryWord(frame: FrameNumber, flags: EntryFlags): Word32 {
  const low = frame - Math.floor(frame / 2 ** 20) * 2 ** 20;
  return (low * 4096 + (flags & LOW_FLAGS)) as Word32;
}

/** The frame that an entry shows. */
export function frameOfEntry(high: Word32, low: Word32): FrameNumber {
  return ((high & 0xf_ffff) * 2 ** 20 + (low >>> 12)) as FrameNumber;
}

/** The flags of an entry. */
export function flagsOfEntry(high: Word32, low: Word32): EntryFlags {
  return (((high & HIGH_FLAGS) | (low & LOW_FLAGS)) >>> 0) as EntryFlags;
}
