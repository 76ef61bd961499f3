/**
 * Merging freed bytes into the list, from the words that are written to the set of holes that they
 * mean.
 *
 *     before    ├ below ┤├── freed ──┤├ above ┤        either may be none, or apart
 *     after     ├──────────── merged ─────────┤
 */
import {
  addressOf,
  type Granule,
  type HoleSet,
  isFirstAt,
  isFree,
  mergeHole,
  withMerged,
} from "#impl";
import type { Address, ByteCount } from "#units";
import { assume } from "../assume.ts";
import {
  addressOrNone,
  baseOf,
  isFirstNow,
  isListNow,
  isNextTo,
  isWellFormed,
  isWord,
  isWordOf,
  type ListInMemory,
} from "./list-in-memory.ts";
import { aboveOf, areHoles, areNearest, belowOf, type ListNeighbours } from "./list-neighbours.ts";

/** Freed bytes between two holes of the list, each of which may be none or touch them. */
interface FreedBytes extends ListNeighbours {
  readonly start: Granule;
  readonly size: Granule;
}

/**
 * After merging, memory holds a well-formed list of the holes of before, with the freed bytes as a
 * hole of their own or as part of those that they touch.
 *
 * @proves hole-merging, hole-list-well-formed
 * @split freed.lower, freed.upper
 */
export function mergingKeepsTheList(
  list: ListInMemory,
  freed: FreedBytes,
  one: Granule,
  other: Granule,
): boolean {
  const named = [belowOf(freed) ?? one, aboveOf(freed) ?? one, one, other];
  assume(isWellFormed(list, named) && isFreed(list, freed, named));
  const left = mergedOf(list.holes, freed);
  merge(list, freed, aboveOf(freed));
  return isListNow(list, left, one, other);
}

/**
 * After merging, what is kept as the first hole is the first one.
 *
 * @proves hole-merging, hole-list-well-formed
 * @split freed.lower, freed.upper
 */
export function mergingKeepsTheFirst(
  list: ListInMemory,
  freed: FreedBytes,
  first: Granule,
  other: Granule,
): boolean {
  const { lower } = freed;
  const before = lower === "none" ? aboveOf(freed) : first;
  const named = [belowOf(freed) ?? other, aboveOf(freed) ?? other, other];
  assume(isWellFormed(list, named) && isFreed(list, freed, named));
  assume(named.every((x) => isFirstAt(list.holes, before, x)));
  const left = mergedOf(list.holes, freed);
  const now = merge(list, freed, before);
  return isFirstNow(list, left, now, other);
}

/**
 * Merging writes the two words of the merged hole and of a hole below that it does not join, and no
 * other word of memory.
 *
 * @proves hole-merging, only-free-memory-written
 * @split freed.lower, freed.upper
 */
export function mergingWritesHeadersOnly(
  list: ListInMemory,
  freed: FreedBytes,
  at: Address,
): boolean {
  const { lower, below, start } = freed;
  const named = [belowOf(freed) ?? start, aboveOf(freed) ?? start];
  assume(isWellFormed(list, named) && isFreed(list, freed, named) && isWord(list, at));
  const before = list.memory.readWord(at);
  merge(list, freed, aboveOf(freed));
  const isOfMerged = isWordOf(list, lower === "joined" ? below : start, at);
  const isOfBelow = lower === "apart" && isWordOf(list, below, at);
  return list.memory.readWord(at) === before || isOfMerged || isOfBelow;
}

/**
 * A merging makes exactly the freed granules free: none of them was free before, and every other
 * granule is free after it if it was before.
 *
 * @proves hole-merging, bytes-conserved, free-set-changes-by-the-block
 * @split freed.lower, freed.upper
 */
export function mergingFreesTheBlockOnly(
  holes: HoleSet,
  freed: FreedBytes,
  granule: Granule,
): boolean {
  const { start, size } = freed;
  assume(size > 0 && areNeighbours(holes, freed));
  assume(areNearest(holes, freed, start));
  const isBlock = start <= granule && granule < start + size;
  const wasFree = isFree(holes, granule);
  const isFreeNow = isFree(mergedOf(holes, freed), granule);
  return isFreeNow === (wasFree || isBlock) && !(isBlock && wasFree);
}

/** Whether the holes below and above, where there are some, touch the freed bytes or are apart. */
function areNeighbours(holes: HoleSet, freed: FreedBytes): boolean {
  const { lower, upper, below, above, start, size } = freed;
  if (!areHoles(holes, freed)) return false;
  const end = lower === "none" ? 0 : below + holes.get(below);
  const isAbove = lower === "joined" ? end === start : lower === "none" || end < start;
  const isUnder = upper === "joined" ? start + size === above : start + size < above;
  return isAbove && (upper === "none" || isUnder);
}

/** Whether the search has come to the place between the two holes. */
function isFreed(list: ListInMemory, freed: FreedBytes, named: readonly Granule[]): boolean {
  const { start, size } = freed;
  const isBlock = size >= 2 && start + size <= list.count;
  const isReached = isNextTo(list, belowOf(freed), aboveOf(freed), named);
  return isBlock && areNeighbours(list.holes, freed) && isReached;
}

/** The holes of the list with the freed bytes. */
function mergedOf(holes: HoleSet, freed: FreedBytes): HoleSet {
  const { lower, upper, below, above, start, size } = freed;
  return withMerged(
    holes,
    lower === "joined" ? below : undefined,
    upper === "joined" ? above : undefined,
    start,
    size,
  );
}

/** Merges the freed bytes as the list does; answers the address of the first hole. */
function merge(list: ListInMemory, freed: FreedBytes, first: Granule | undefined): Address {
  const { holes, memory } = list;
  const { lower, upper, below, above, start, size } = freed;
  const base = baseOf(list);
  const gained =
    (lower === "joined" ? holes.get(below) : 0) + (upper === "joined" ? holes.get(above) : 0);
  return mergeHole(
    memory,
    base,
    addressOrNone(list, first),
    addressOrNone(list, belowOf(freed)),
    addressOrNone(list, aboveOf(freed)),
    addressOf(base, lower === "joined" ? below : start),
    (8 * (size + gained)) as ByteCount,
    lower === "joined",
    upper === "joined",
  );
}
