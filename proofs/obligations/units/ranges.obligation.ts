/** Addresses and ranges: stepping forth and measuring back, ends, and what a range contains. */
import {
  type Address,
  address,
  advance,
  type ByteCount,
  bytes,
  contains,
  distance,
  endOf,
  type Range,
} from "#units";
import { assume } from "../assume.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * Advancing by a distance arrives where it was measured to, and the distance that was advanced is
 * the one that is measured.
 *
 * @proves advance, distance
 */
export function advancingUndoesMeasuring(low: Address, high: Address, by: ByteCount): boolean {
  assume(low <= high && low <= LARGEST - by);
  const isThere = advance(low, distance(low, high)) === high;
  return isThere && distance(low, advance(low, by)) === by;
}

/**
 * Advancing in two steps is advancing once, and never goes back.
 *
 * @proves advance
 */
export function advancingAddsUp(from: Address, by: ByteCount, more: ByteCount): boolean {
  assume(by <= LARGEST - more && from <= LARGEST - by - more);
  const there = advance(advance(from, by), more);
  return there === advance(from, bytes(by + more)) && there >= from;
}

/**
 * The end of a range is the first address behind it: its bytes are the addresses from its start on
 * that lie below its end, as many as its size says.
 *
 * @proves end-of
 */
export function endIsFirstAddressBehind(range: Range, at: Address): boolean {
  assume(range.start <= LARGEST - range.size);
  const isByte = range.start <= at && at < endOf(range);
  const offset = at - range.start;
  const isCounted = isByte === (0 <= offset && offset < range.size);
  return isCounted && distance(range.start, endOf(range)) === range.size;
}

/**
 * A range that another contains has only bytes of the other.
 *
 * @proves contains
 */
export function containedBytesAreInside(outer: Range, inner: Range, at: Address): boolean {
  assume(contains(outer, inner));
  const isInner = inner.start <= at && at - inner.start < inner.size;
  return !isInner || (outer.start <= at && at - outer.start < outer.size);
}

/**
 * A range of some bytes whose first and last byte another range has is contained in it.
 *
 * @proves contains
 */
export function firstAndLastByteContainARange(outer: Range, inner: Range): boolean {
  assume(outer.start <= LARGEST - outer.size && inner.start <= LARGEST - inner.size);
  assume(inner.size > 0);
  const last = address(inner.start + inner.size - 1);
  const hasFirst = outer.start <= inner.start && inner.start - outer.start < outer.size;
  const hasLast = outer.start <= last && last - outer.start < outer.size;
  return contains(outer, inner) === (hasFirst && hasLast);
}

/**
 * A range contains itself, and what its parts contain.
 *
 * @proves contains
 */
export function containingIsTransitive(outer: Range, middle: Range, inner: Range): boolean {
  assume(contains(outer, middle) && contains(middle, inner));
  return contains(outer, inner) && contains(outer, outer);
}

/**
 * Two ranges that contain each other have the same start, size and end.
 *
 * @proves contains
 */
export function rangesThatContainEachOtherAreOne(one: Range, other: Range): boolean {
  assume(one.start <= LARGEST - one.size && other.start <= LARGEST - other.size);
  assume(contains(one, other) && contains(other, one));
  return one.start === other.start && one.size === other.size && endOf(one) === endOf(other);
}
