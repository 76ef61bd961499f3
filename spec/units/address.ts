/**
 * An address names one byte of the memory that one allocator works in.
 *
 * The numbering is the allocator's own: an index into a buffer, a WASM address, the low 48 bits of a
 * virtual address. Nothing here assumes where memory begins, only that an address is a safe integer.
 */
import type { Branded } from "./brand.ts";
import type { ByteCount } from "./bytes.ts";

/** The number of one byte: an integer from 0 to 2^53 - 1. */
export type Address = Branded<"Address">;

/** Names `value` as an address; the caller vouches that it is a safe integer of at least 0. */
export function address(value: number): Address {
  return value as Address;
}

/** The address `count` bytes above `from`. */
export function advance(from: Address, count: ByteCount): Address {
  return (from + count) as Address;
}

/** The bytes from `low` up to, not including, `high`, which is not below it. */
export function distance(low: Address, high: Address): ByteCount {
  return (high - low) as ByteCount;
}
