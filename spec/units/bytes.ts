/**
 * Byte counts and alignments, and the two roundings between them.
 *
 * Both roundings divide instead of masking: a byte count may exceed 32 bits, where JavaScript's bit
 * operators silently drop the upper half.
 */
import type { Branded } from "./brand.ts";

/** A number of bytes: an integer from 0 to 2^53 - 1. */
export type ByteCount = Branded<"ByteCount">;

/**
 * A power of two, in bytes.
 *
 * @range 1..2^52 powers of two
 */
export type Alignment = Branded<"Alignment">;

/** Names `count` as a number of bytes; the caller vouches that it is a safe integer of at least 0. */
export function bytes(count: number): ByteCount {
  return count as ByteCount;
}

/** Names `value` as an alignment; the caller vouches that it is a power of two. */
export function alignment(value: number): Alignment {
  return value as Alignment;
}

/** Decides whether `value` is a power of two that a double holds exactly: 1, 2, 4 … 2^52. */
export function isAlignment(value: number): value is Alignment {
  return Number.isSafeInteger(value) && value >= 1 && value === 2 ** Math.round(Math.log2(value));
}

/** Rounds `value` up to the next multiple of `step`; the result stays a safe integer or is too large to be placed. */
export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Rounds `value` down to a multiple of `step`. */
export function roundDown(value: number, step: number): number {
  return Math.floor(value / step) * step;
}

/** Decides whether `value` is a multiple of `step`. */
export function isAligned(value: number, step: number): boolean {
  return roundDown(value, step) === value;
}
