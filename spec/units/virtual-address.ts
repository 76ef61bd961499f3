/**
 * Virtual addresses, as the processor has them: 64 bits, of which the upper 17 are equal.
 *
 *      63            48 47 46                                    0
 *     ├── copies of 47 ─┼──┼──────────────────────────────────────┤
 *                       ├──────── a virtual address here ─────────┤
 *
 * An address is kept as its lower 48 bits, since a number cannot hold 64: up there the numbers of
 * JavaScript are 2,048 apart. An address of 64 bits whose upper 17 are not equal is not canonical;
 * it is no address, no page has it, and a processor that is given it reports a general protection
 * fault. The two canonical halves touch at 2^47 in this form, and no range may cross that seam.
 */
import type { Branded } from "./brand.ts";
import type { Word32 } from "./word.ts";

/**
 * The lower 48 bits of a canonical address.
 *
 * @range 0..2^48-1
 */
export type VirtualAddress = Branded<"VirtualAddress">;

/** The first address of the upper half, in 48 bits. */
export const UPPER_HALF: VirtualAddress = 0x8000_0000_0000 as VirtualAddress;

/** Names `value` as a virtual address; the caller vouches that it is an integer below 2^48. */
export function virtualAddress(value: number): VirtualAddress {
  return value as VirtualAddress;
}

/** Whether an address whose upper 32 bits are `high` is canonical: its upper 17 bits are equal. */
export function isCanonical(high: Word32): boolean {
  return high < 2 ** 15 || high >= 2 ** 32 - 2 ** 15;
}

/** The address of two words, of which the upper one is canonical. */
export function canonicalAddress(high: Word32, low: Word32): VirtualAddress {
  return ((high % 2 ** 16) * 2 ** 32 + low) as VirtualAddress;
}

/** The upper 32 bits of `address` as the processor has it, with bit 47 copied upwards. */
export function canonicalHigh(address: VirtualAddress): Word32 {
  const high = Math.floor(address / 2 ** 32);
  return (high < 2 ** 15 ? high : high + 2 ** 32 - 2 ** 16) as Word32;
}
