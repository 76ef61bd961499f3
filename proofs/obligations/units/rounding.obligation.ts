/**
 * The two roundings are the nearest multiples, from above and from below.
 *
 * Each law says what a rounding is for, a multiple that no other multiple is nearer than, and never
 * how it is computed.
 */
import { type Alignment, type ByteCount, isAligned, roundDown, roundUp } from "#units";
import { assume } from "../assume.ts";
import { isPowerOfTwo } from "./power-of-two.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * Rounding up gives a multiple that is not below the value, and any other such multiple is not
 * below it.
 *
 * @proves round-up
 * @split step 2^0..2^52
 */
export function roundUpIsLeast(value: ByteCount, step: Alignment, other: ByteCount): boolean {
  assume(isPowerOfTwo(step));
  assume(value <= LARGEST - step);
  const rounded = roundUp(value, step);
  const isMultiple = rounded % step === 0;
  const isNotBelow = rounded >= value;
  const isLeast = other < value || other % step !== 0 || rounded <= other;
  return isMultiple && isNotBelow && isLeast;
}

/**
 * Rounding up never wraps: the result is not below the value, not even where no multiple is left
 * below 2^53. There it is too large to be an address.
 *
 * @proves round-up
 * @split step 2^0..2^52
 */
export function roundUpNeverWraps(value: ByteCount, step: Alignment): boolean {
  assume(isPowerOfTwo(step));
  return roundUp(value, step) >= value;
}

/**
 * Rounding down gives a multiple that is not above the value, and any other such multiple is not
 * above it.
 *
 * @proves round-down
 * @split step 2^0..2^52
 */
export function roundDownIsGreatest(value: ByteCount, step: Alignment, other: ByteCount): boolean {
  assume(isPowerOfTwo(step));
  const rounded = roundDown(value, step);
  const isMultiple = rounded % step === 0;
  const isNotAbove = rounded <= value;
  const isGreatest = other > value || other % step !== 0 || rounded >= other;
  return isMultiple && isNotAbove && isGreatest;
}

/**
 * What is rounded stays as it is when it is rounded again, either way.
 *
 * @proves round-up, round-down
 * @split step 2^0..2^52
 */
export function roundingTwiceIsRoundingOnce(value: ByteCount, step: Alignment): boolean {
  assume(isPowerOfTwo(step));
  assume(value <= LARGEST - step);
  const up = roundUp(value, step);
  const down = roundDown(value, step);
  const isUpFixed = roundUp(up, step) === up && roundDown(up, step) === up;
  return isUpFixed && roundUp(down, step) === down && roundDown(down, step) === down;
}

/**
 * A value is aligned exactly if it leaves no remainder, and exactly if neither rounding moves it.
 *
 * @proves is-aligned
 * @split step 2^0..2^52
 */
export function alignedIsWithoutRemainder(value: ByteCount, step: Alignment): boolean {
  assume(isPowerOfTwo(step));
  const isMultiple = isAligned(value, step);
  const isWithoutRemainder = isMultiple === (value % step === 0);
  const isUnmoved = isMultiple === (roundUp(value, step) === value);
  return isWithoutRemainder && isUnmoved;
}
