/**
 * What the free chunks of an allocator mean: a set of chunks, in which no tree and no node is.
 *
 *     tree      one node for each chunk
 *     meaning   { first -> count, first -> count }
 *
 * What taking and giving do to the tree is said here of the set, in the same three words: a chunk is
 * removed, changed or inserted.
 */
import type { FiniteMap } from "#support";
import type { UnitCount, UnitNumber } from "#units";
import { planJoining, planTaking } from "../memory/chunk-plans.ts";

/** How many units chunks have, by their first ones. */
export type ChunkSet = FiniteMap<UnitNumber, UnitCount>;

/** Whether `unit` lies in one of `chunks`. */
export function isFreeUnit(chunks: ChunkSet, unit: UnitNumber): boolean {
  return chunks.some((count, first) => first <= unit && unit < first + count);
}

/** Whether each of `chunks` has a unit, and ends before the next one begins. */
export function areChunksApart(chunks: ChunkSet): boolean {
  return chunks.every(
    (count, first) =>
      count >= 1 && chunks.every((_, other) => other <= first || first + count <= other),
  );
}

/** Whether no two of `chunks` touch: each is as many free units in a row as there are. */
export function areChunksWhole(chunks: ChunkSet): boolean {
  return chunks.every((count, first) =>
    chunks.every((_, other) => other <= first || first + count < other),
  );
}

/** `chunks` without `count` units from `first` on, which the chunk at `chunk` has; else as they are. */
export function withoutUnits(
  chunks: ChunkSet,
  chunk: UnitNumber,
  first: UnitNumber,
  count: UnitCount,
): ChunkSet {
  const taking = planTaking(chunk, chunks.get(chunk), first, count);
  if (taking === undefined) return chunks;
  const { before, after } = taking;
  const end = (first + count) as UnitNumber;
  if (before === 0 && after === 0) return chunks.without(chunk);
  if (before === 0) return chunks.without(chunk).with(end, after);
  const front = chunks.with(chunk, before);
  return after > 0 ? front.with(end, after) : front;
}

/**
 * `chunks` with `count` units from `first` on, in one with the chunks `below` and `above` where they
 * touch these; as they are, if one of the two has some of the units.
 */
export function withUnits(
  chunks: ChunkSet,
  below: UnitNumber | undefined,
  above: UnitNumber | undefined,
  first: UnitNumber,
  count: UnitCount,
): ChunkSet {
  const belowCount = below === undefined ? NO_UNITS : chunks.get(below);
  const aboveCount = above === undefined ? NO_UNITS : chunks.get(above);
  const joining = planJoining(below ?? first, belowCount, first, count, above ?? first, aboveCount);
  if (joining === undefined) return chunks;
  const others = joining.joinsAbove ? chunks.without(above ?? first) : chunks;
  return others.with(joining.first, joining.count);
}

const NO_UNITS = 0 as UnitCount;
