/** The fields of an address: nothing of it is lost, and its text says where it is. */
import {
  canonicalAddress,
  canonicalHigh,
  type FrameNumber,
  firstByteOf,
  firstByteOfFrame,
  frameContaining,
  highWord,
  isCanonical,
  lowWord,
  type PageNumber,
  pageContaining,
  pageOffset,
  tableIndex,
  type VirtualAddress,
  type Word32,
} from "#units";
import { assume } from "../assume.ts";

/**
 * The four indices and the offset of an address are the address: each counts as many bytes as the
 * fields below it can say.
 *
 * @proves table-index, page-offset
 * @mode bits
 */
export function fieldsAreTheAddress(address: VirtualAddress): boolean {
  const upper = tableIndex(address, 4) * 2 ** 39 + tableIndex(address, 3) * 2 ** 30;
  const lower = tableIndex(address, 2) * 2 ** 21 + tableIndex(address, 1) * 2 ** 12;
  return upper + lower + pageOffset(address) === address;
}

/**
 * An index is one of 512, and an offset one of 4096.
 *
 * @proves table-index, page-offset
 * @mode bits
 */
export function fieldsAreInRange(address: VirtualAddress): boolean {
  const isHighInRange = tableIndex(address, 4) < 512 && tableIndex(address, 3) < 512;
  const isLowInRange = tableIndex(address, 2) < 512 && tableIndex(address, 1) < 512;
  return isHighInRange && isLowInRange && pageOffset(address) < 4096;
}

/**
 * An address is the first byte of its page and its offset there.
 *
 * @proves page-containing, first-byte-of, page-offset
 * @mode bits
 */
export function pageAndOffsetAreTheAddress(address: VirtualAddress): boolean {
  return firstByteOf(pageContaining(address)) + pageOffset(address) === address;
}

/**
 * A page has its first byte.
 *
 * @proves page-containing, first-byte-of
 * @mode bits
 */
export function pageHasItsFirstByte(page: PageNumber): boolean {
  assume(page < 2 ** 36);
  return pageContaining(firstByteOf(page)) === page && firstByteOf(page) < 2 ** 48;
}

/**
 * A frame has its first byte, and that has an address of 52 bits.
 *
 * @proves frame-containing, first-byte-of-frame
 * @mode bits
 */
export function frameHasItsFirstByte(frame: FrameNumber): boolean {
  return frameContaining(firstByteOfFrame(frame)) === frame && firstByteOfFrame(frame) < 2 ** 52;
}

/**
 * The words of an address of 64 bits are canonical and give the address back.
 *
 * @proves canonical-high, canonical-address, is-canonical
 * @mode bits
 */
export function extendedAddressIsCanonical(address: VirtualAddress): boolean {
  const high = canonicalHigh(address);
  return isCanonical(high) && canonicalAddress(high, lowWord(address)) === address;
}

/**
 * A canonical address of two words is the one that its lower 48 bits are extended to.
 *
 * @proves canonical-high, canonical-address, is-canonical
 * @mode bits
 */
export function canonicalFormIsUnique(high: Word32, low: Word32): boolean {
  assume(isCanonical(high));
  const address = canonicalAddress(high, low);
  return canonicalHigh(address) === high && lowWord(address) === low;
}

/**
 * An address of 64 bits is canonical exactly if bit 47 is each of the bits above it.
 *
 * @proves is-canonical
 * @mode bits
 */
export function canonicalIsAllEqual(high: Word32): boolean {
  const upper = high >>> 15;
  return isCanonical(high) === (upper === 0 || upper === 0x1_ffff);
}

/**
 * The two words of an address are the address.
 *
 * @proves high-word, low-word
 * @mode bits
 */
export function wordsAreTheAddress(address: VirtualAddress): boolean {
  const isWhole = highWord(address) * 2 ** 32 + lowWord(address) === address;
  return isWhole && lowWord(address) < 2 ** 32 && highWord(address) < 2 ** 16;
}
