/**
 * Pages that somebody holds, mapped or not: virtual addresses that nobody else will be given.
 *
 * An address is the low 48 bits, like every virtual address here.
 */
import { demand } from "#support";
import { type Address, type ByteCount, firstByteOf, type PageNumber } from "#units";
import type { HeldChunk } from "./held-chunk.ts";

export type AllocatedPages = HeldChunk<"page">;

export function firstPageOf(pages: AllocatedPages): PageNumber {
  return pages.first as number as PageNumber;
}

/** @throws ContractViolation unless `offset` is that of a byte of `pages`. */
export function addressIn(pages: AllocatedPages, offset: ByteCount): Address {
  demand(offset >= 0 && offset < pages.size, "an offset lies in the pages");
  return (firstByteOf(firstPageOf(pages)) + offset) as Address;
}

/** @throws ContractViolation unless `address` is that of a byte of `pages`. */
export function offsetIn(pages: AllocatedPages, address: Address): ByteCount {
  const offset = address - firstByteOf(firstPageOf(pages));
  demand(offset >= 0 && offset < pages.size, "an address lies in the pages");
  return offset as ByteCount;
}
