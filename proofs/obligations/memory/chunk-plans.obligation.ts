/** What is taken out of a chunk, and what joins its neighbours: no unit is lost, none is there twice. */
import { planFit, planJoining, planTaking } from "#impl";
import type { UnitCount, UnitNumber } from "#units";
import { assume } from "../assume.ts";

/**
 * Each unit of a chunk is in exactly one of three: what is taken, what is left in front of it and what
 * is left behind; a unit outside of the chunk is in none.
 *
 * @proves plan-taking
 */
export function takingLosesNoUnits(
  chunkFirst: UnitNumber,
  chunkCount: UnitCount,
  first: UnitNumber,
  count: UnitCount,
  unit: UnitNumber,
): boolean {
  assume(chunkFirst + chunkCount <= Number.MAX_SAFE_INTEGER);
  const taking = planTaking(chunkFirst, chunkCount, first, count);
  if (taking === undefined) return true;
  const isBefore = has(chunkFirst, taking.before, unit);
  const isTaken = has(first, count, unit);
  const isAfter = has((first + count) as UnitNumber, taking.after, unit);
  const times = (isBefore ? 1 : 0) + (isTaken ? 1 : 0) + (isAfter ? 1 : 0);
  return times === (has(chunkFirst, chunkCount, unit) ? 1 : 0);
}

/**
 * Units are taken out of a chunk exactly if it has the first and the last of them.
 *
 * @proves plan-taking
 */
export function takingIsRefusedOnlyOutside(
  chunkFirst: UnitNumber,
  chunkCount: UnitCount,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  assume(chunkFirst + chunkCount <= Number.MAX_SAFE_INTEGER);
  assume(count >= 1);
  const taking = planTaking(chunkFirst, chunkCount, first, count);
  const last = (first + count - 1) as UnitNumber;
  const hasBoth = has(chunkFirst, chunkCount, first) && has(chunkFirst, chunkCount, last);
  return (taking !== undefined) === hasBoth;
}

/**
 * A unit is in what freed units become exactly if it was freed or is in a neighbour that was joined.
 *
 * @proves plan-joining
 */
export function joiningIsTheUnion(
  belowFirst: UnitNumber,
  belowCount: UnitCount,
  first: UnitNumber,
  count: UnitCount,
  aboveFirst: UnitNumber,
  aboveCount: UnitCount,
  unit: UnitNumber,
): boolean {
  assume(first + count <= Number.MAX_SAFE_INTEGER);
  assume(aboveFirst + aboveCount <= Number.MAX_SAFE_INTEGER);
  const joining = planJoining(belowFirst, belowCount, first, count, aboveFirst, aboveCount);
  if (joining === undefined) return true;
  const { joinsBelow, joinsAbove } = joining;
  const isBelow = joinsBelow && has(belowFirst, belowCount, unit);
  const isAbove = joinsAbove && has(aboveFirst, aboveCount, unit);
  const isOne = isBelow || has(first, count, unit) || isAbove;
  return has(joining.first, joining.count, unit) === isOne;
}

/**
 * Freed units do not touch a neighbour that they did not join, and nothing is joined of which some
 * unit is free already.
 *
 * @proves plan-joining
 */
export function joinedChunksDoNotTouch(
  belowFirst: UnitNumber,
  belowCount: UnitCount,
  first: UnitNumber,
  count: UnitCount,
  aboveFirst: UnitNumber,
  aboveCount: UnitCount,
): boolean {
  assume(first + count <= Number.MAX_SAFE_INTEGER);
  assume(aboveFirst + aboveCount <= Number.MAX_SAFE_INTEGER);
  const joining = planJoining(belowFirst, belowCount, first, count, aboveFirst, aboveCount);
  if (joining === undefined) return true;
  const end = joining.first + joining.count;
  const isApartBelow = belowCount === 0 || belowFirst + belowCount < joining.first;
  const isApartAbove = aboveCount === 0 || end < aboveFirst;
  return (joining.joinsBelow || isApartBelow) && (joining.joinsAbove || isApartAbove);
}

/**
 * Where units fit they lie in the chunk and in the window, from a multiple of the alignment on, and
 * they fit nowhere below; where it is said that they do not fit, they fit nowhere.
 *
 * @proves plan-fit
 * @split align 1..32
 */
export function fitIsTheLowest(
  chunkFirst: UnitNumber,
  chunkCount: UnitCount,
  low: UnitNumber,
  high: UnitNumber,
  count: UnitCount,
  align: UnitCount,
  other: UnitNumber,
): boolean {
  assume(align >= 1 && align <= 32);
  assume(chunkFirst + chunkCount <= UNITS_MAX && high <= UNITS_MAX && low <= UNITS_MAX);
  const fit = planFit(chunkFirst, chunkCount, low, high, count, align);
  const isOther = isIn(chunkFirst, chunkCount, low, high, other, count) && other % align === 0;
  if (fit === undefined) return !isOther;
  const isFit = isIn(chunkFirst, chunkCount, low, high, fit, count) && fit % align === 0;
  return isFit && (!isOther || fit <= other);
}

/** Far beyond the last unit; there is room to round up, and to add a count. */
const UNITS_MAX = 2 ** 52;

/** Whether `unit` is one of the `count` units from `first` on. */
function has(first: UnitNumber, count: UnitCount, unit: UnitNumber): boolean {
  return first <= unit && unit < first + count;
}

/** Whether `count` units from `first` on lie in the chunk and in the window. */
function isIn(
  chunkFirst: UnitNumber,
  chunkCount: UnitCount,
  low: UnitNumber,
  high: UnitNumber,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  const isInChunk = chunkFirst <= first && first + count <= chunkFirst + chunkCount;
  return isInChunk && low <= first && first + count <= high + 1;
}
