/**
 * What a list of holes is, said without the predicates of `impl/interpretation`, and that they say the same.
 *
 * A step takes `isListAt` and `isFirstAt` for granted and shows them again. If one of them said too little, or
 * what can never be, every step would still keep it. So each is tied here, in both directions, to the bytes
 * of the holes, to the words at their addresses, and to what is free.
 */
import {
  type Granule,
  type HoleSet,
  isFirstAt,
  isFree,
  isListAt,
  type Memory,
  mergeHole,
  NO_HOLE,
} from "#impl";
import { finiteMap } from "#support";
import type { Address, ByteCount } from "#units";
import { assume } from "../assume.ts";
import { isListNow, isWellFormed, type ListInMemory, type Origin } from "./list-in-memory.ts";

/**
 * Two holes of a list have no granule in common, and no granule of the one follows the other: at least
 * one granule that is not free lies between them.
 *
 * @proves hole-list-well-formed, bytes-conserved
 */
export function holesAreApart(
  list: ListInMemory,
  one: Granule,
  other: Granule,
  granule: Granule,
): boolean {
  const { holes } = list;
  assume(isWellFormed(list, [one, other]) && one !== other);
  const isOfOne = holes.has(one) && one <= granule && granule < one + holes.get(one);
  const isAtOther = holes.has(other) && other <= granule && granule <= other + holes.get(other);
  return !(isOfOne && isAtOther);
}

/**
 * Every byte of a hole lies in the extent, and so in memory. There are at least 16, and the first four of
 * them say how many times 8 there are.
 *
 * @proves hole-list-well-formed, block-in-extent
 */
export function holesLieInTheExtent(list: ListInMemory, hole: Granule, at: Address): boolean {
  const { memory, origin, count, holes } = list;
  assume(isWellFormed(list, [hole]) && holes.has(hole));
  const start = startOf(origin, hole);
  const bytes = 8 * memory.readWord(start);
  const isOfHole = start <= at && at < start + bytes;
  const isOfExtent = 8 * origin <= at && at < 8 * (origin + count);
  const isOfMemory = memory.start <= at && at < memory.start + memory.size;
  return bytes >= 16 && bytes === 8 * holes.get(hole) && (!isOfHole || (isOfExtent && isOfMemory));
}

/**
 * The second word of a hole is 0 if no hole lies above it. Otherwise it is the distance, from where the extent
 * starts, to a hole above it which begins in the extent, and between the two there is no other.
 *
 * @proves hole-list-well-formed
 */
export function secondWordLeadsToTheNextHole(
  list: ListInMemory,
  hole: Granule,
  other: Granule,
): boolean {
  const { memory, origin, count, holes } = list;
  assume(isWellFormed(list, [hole, other]) && holes.has(hole));
  const distance = memory.readWord((startOf(origin, hole) + 4) as Address) as Granule;
  const isOtherAbove = holes.has(other) && other > hole;
  if (distance === 0) return !isOtherAbove;
  const isHoleAbove = holes.has(distance) && hole < distance && distance < count;
  return isHoleAbove && !(isOtherAbove && other < distance);
}

/**
 * Holes that are apart and in the extent, each with its size in its first word and in its second the least
 * of those above it, or 0 if there is none, are a list.
 *
 * @proves hole-list-well-formed
 */
export function holesWithTheirWordsAreAList(
  list: ListInMemory,
  hole: Granule,
  other: Granule,
): boolean {
  const { memory, origin, count, holes } = list;
  assume(memory.start <= 8 * origin && 8 * (origin + count) <= memory.start + memory.size);
  assume(holes.every((size, start) => size >= 2 && start + size <= count));
  assume(!holes.has(hole) || areApartFrom(holes, hole));
  assume(!holes.has(hole) || memory.readWord(startOf(origin, hole)) === holes.get(hole));
  assume(
    !holes.has(hole) ||
      isLeastAbove(holes, hole, memory.readWord((startOf(origin, hole) + 4) as Address) as Granule),
  );
  return isListNow(list, holes, hole, other);
}

/**
 * An extent that is written as one hole, as a new list is, holds the list of this one hole, and it is the
 * first.
 *
 * @proves hole-list-well-formed
 */
export function newListHasOneHole(
  memory: Memory,
  origin: Origin,
  count: Granule,
  one: Granule,
  other: Granule,
): boolean {
  assume(memory.start <= 8 * origin && 8 * (origin + count) <= memory.start + memory.size);
  assume(count >= 2);
  const base = startOf(origin, 0 as Granule);
  const size = (8 * count) as ByteCount;
  const none = NO_HOLE;
  const first = mergeHole(memory, base, none, none, none, base, size, false, false);
  const holes = finiteMap<Granule, Granule>().with(0 as Granule, count);
  const isList = isListAt(holes, memory, base, count, one, other);
  return first === base && isList && isFirstAt(holes, 0 as Granule, one);
}

/**
 * A list without holes has no first hole.
 *
 * @proves hole-list-well-formed
 */
export function emptyListHasNoFirst(holes: HoleSet, first: Granule, other: Granule): boolean {
  assume(!holes.some(() => true));
  return isFirstAt(holes, undefined, other) && !isFirstAt(holes, first, other);
}

/**
 * Below the first hole nothing is free; if there is no first hole, nothing is free at all.
 *
 * @proves hole-list-well-formed
 */
export function nothingIsFreeBelowTheFirst(
  holes: HoleSet,
  first: Granule | undefined,
  granule: Granule,
): boolean {
  assume(holes.every((_, hole) => isFirstAt(holes, first, hole)));
  return (first !== undefined && first <= granule) || !isFree(holes, granule);
}

/**
 * If the granules of a hole are the lowest that are free, then it is the first hole, and there is one.
 *
 * @proves hole-list-well-formed
 */
export function lowestHoleIsTheFirst(holes: HoleSet, lowest: Granule, other: Granule): boolean {
  assume(holes.has(lowest));
  assume(holes.every((_, hole) => hole >= lowest));
  return isFirstAt(holes, lowest, other) && !isFirstAt(holes, undefined, lowest);
}

/**
 * A first hole is a hole, and there is one at most: two that are each the first as far as the other can tell
 * are the same.
 *
 * @proves hole-list-well-formed
 */
export function firstHoleIsOne(holes: HoleSet, first: Granule, second: Granule): boolean {
  assume(isFirstAt(holes, first, second));
  assume(isFirstAt(holes, second, first));
  return first === second && holes.has(first);
}

/** The address of `granule` in an extent that starts `origin` granules from the first address. */
function startOf(origin: Origin, granule: Granule): Address {
  return (8 * (origin + granule)) as Address;
}

/** Whether every other hole ends below `hole` or begins above its end, and none touches it. */
function areApartFrom(holes: HoleSet, hole: Granule): boolean {
  const end = hole + holes.get(hole);
  return holes.every((size, start) => start === hole || start + size < hole || end < start);
}

/** Whether `next` is the least of `holes` above `hole`, or 0 if there is none. */
function isLeastAbove(holes: HoleSet, hole: Granule, next: Granule): boolean {
  if (next === 0) return holes.every((_, start) => start <= hole);
  const isAbove = holes.has(next) && hole < next;
  return isAbove && holes.every((_, start) => start <= hole || next <= start);
}
