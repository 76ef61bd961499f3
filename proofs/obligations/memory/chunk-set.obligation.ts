/** What taking and giving do to the set of free chunks: just these units change, and chunks stay apart. */
import {
  areChunksApart,
  areChunksWhole,
  type ChunkSet,
  isFreeUnit,
  withoutUnits,
  withUnits,
} from "#impl";
import type { UnitCount, UnitNumber } from "#units";
import { assume } from "../assume.ts";

/** Far beyond the last unit. */
const UNITS_MAX = 2 ** 50;

/**
 * Units that are taken are free no more, and every other unit is what it was.
 *
 * @proves free-chunks-exact
 */
export function takingChangesJustTheseUnits(
  chunks: ChunkSet,
  chunk: UnitNumber,
  first: UnitNumber,
  count: UnitCount,
  unit: UnitNumber,
): boolean {
  assume(isWellFormed(chunks) && isTakenFrom(chunks, chunk, first, count));
  const isTaken = first <= unit && unit < first + count;
  const after = withoutUnits(chunks, chunk, first, count);
  return isFreeUnit(after, unit) === (isFreeUnit(chunks, unit) && !isTaken);
}

/**
 * What is left of a chunk is apart from all others.
 *
 * @proves free-chunks-exact
 */
export function takingKeepsChunksApart(
  chunks: ChunkSet,
  chunk: UnitNumber,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  assume(isWellFormed(chunks) && isTakenFrom(chunks, chunk, first, count));
  return areChunksApart(withoutUnits(chunks, chunk, first, count));
}

/**
 * Units that are given are free, and every other unit is what it was.
 *
 * @proves free-chunks-exact
 */
export function givingChangesJustTheseUnits(
  chunks: ChunkSet,
  below: UnitNumber | undefined,
  above: UnitNumber | undefined,
  first: UnitNumber,
  count: UnitCount,
  unit: UnitNumber,
): boolean {
  assume(isWellFormed(chunks) && areNeighbours(chunks, below, above, first, count));
  const isGiven = first <= unit && unit < first + count;
  const after = withUnits(chunks, below, above, first, count);
  return isFreeUnit(after, unit) === (isFreeUnit(chunks, unit) || isGiven);
}

/**
 * A chunk that is given, or that it becomes part of, is apart from all others.
 *
 * @proves free-chunks-exact
 */
export function givingKeepsChunksApart(
  chunks: ChunkSet,
  below: UnitNumber | undefined,
  above: UnitNumber | undefined,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  assume(isWellFormed(chunks) && areNeighbours(chunks, below, above, first, count));
  return areChunksApart(withUnits(chunks, below, above, first, count));
}

/**
 * Where no two chunks touch, none of those that are left touch either.
 *
 * @proves free-chunks-whole
 */
export function takingKeepsChunksWhole(
  chunks: ChunkSet,
  chunk: UnitNumber,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  assume(isWellFormed(chunks) && isTakenFrom(chunks, chunk, first, count));
  assume(areChunksWhole(chunks));
  return areChunksWhole(withoutUnits(chunks, chunk, first, count));
}

/**
 * Where no two chunks touch, none do after units were given, if those that they touch are known.
 *
 * @proves free-chunks-whole
 */
export function givingKeepsChunksWhole(
  chunks: ChunkSet,
  below: UnitNumber | undefined,
  above: UnitNumber | undefined,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  assume(isWellFormed(chunks) && areNeighbours(chunks, below, above, first, count));
  assume(areChunksWhole(chunks));
  assume(chunks.every((size, other) => other + size !== first || other === below));
  assume(chunks.every((_, other) => other !== first + count || other === above));
  return areChunksWhole(withUnits(chunks, below, above, first, count));
}

/** Whether chunks are apart, and their units are numbers that a unit can have. */
function isWellFormed(chunks: ChunkSet): boolean {
  return (
    areChunksApart(chunks) &&
    chunks.every((count, first) => first <= UNITS_MAX && count <= UNITS_MAX)
  );
}

/** Whether the chunk at `chunk` has `count` units from `first` on, at least one. */
function isTakenFrom(
  chunks: ChunkSet,
  chunk: UnitNumber,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  if (!chunks.has(chunk) || count === 0 || first > UNITS_MAX || count > UNITS_MAX) return false;
  return chunk <= first && first + count <= chunk + chunks.get(chunk);
}

/**
 * Whether none of `count` units from `first` on is free, at least one, and `below` and `above` are the
 * chunks on either side, or undefined where there is none that the units touch.
 */
function areNeighbours(
  chunks: ChunkSet,
  below: UnitNumber | undefined,
  above: UnitNumber | undefined,
  first: UnitNumber,
  count: UnitCount,
): boolean {
  if (count === 0 || first > UNITS_MAX || count > UNITS_MAX) return false;
  const isBelow = below === undefined || (chunks.has(below) && below < first);
  const isAbove = above === undefined || (chunks.has(above) && above > first);
  const isApart = chunks.every(
    (otherCount, other) => other + otherCount <= first || first + count <= other,
  );
  return isBelow && isAbove && isApart;
}
