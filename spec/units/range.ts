/**
 * Half-open ranges of bytes, as a start and a size.
 *
 *     ├───────── size ─────────┤
 *     start                    end, not included
 *
 * Start and size rather than start and end: an empty range then has one form, and no range can be
 * inverted.
 */
import type { Address } from "./address.ts";
import { advance } from "./address.ts";
import type { ByteCount } from "./bytes.ts";

/** The bytes `start` up to `start + size`, the last not included. */
export interface Range {
  readonly start: Address;
  readonly size: ByteCount;
}

/** The first address behind `range`. */
export function endOf(range: Range): Address {
  return advance(range.start, range.size);
}

/** Decides whether every byte of `inner` is one of `outer`. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && endOf(inner) <= endOf(outer);
}
