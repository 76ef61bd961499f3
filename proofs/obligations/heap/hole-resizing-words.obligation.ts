/**
 * Resizing a block in place, from the words that are written to the set of holes that they mean.
 *
 *     before    ├ below ┤    ├──── block ────┤├──── above ────┤      above may be apart, or none
 *     after     ├ below ┤    ├── block ──┤├────── tail ───────┤      tail may be none
 */
import {
  addressOf,
  type Granule,
  type HoleSet,
  isFirstAt,
  isFree,
  resizeHole,
  withTail,
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
  nextWordOf,
} from "./list-in-memory.ts";
import { aboveOf, areHoles, areNearest, belowOf, type ListNeighbours } from "./list-neighbours.ts";

/** A block that ends at `end`, and is to end at `newEnd`, between two holes of the list. */
interface ResizedBlock extends ListNeighbours {
  readonly lower: "none" | "apart";
  readonly tail: "none" | "hole";
  readonly start: Granule;
  readonly end: Granule;
  readonly newEnd: Granule;
}

/**
 * After a block was resized, memory holds a well-formed list of the holes of before, without the one
 * that the block touched and with what follows the block now.
 *
 * @proves hole-resizing, hole-list-well-formed
 * @split resized.lower, resized.upper, resized.tail
 */
export function resizingKeepsTheList(
  list: ListInMemory,
  resized: ResizedBlock,
  one: Granule,
  other: Granule,
): boolean {
  const named = [belowOf(resized) ?? one, aboveOf(resized) ?? one, one, other];
  assume(isWellFormed(list, named) && isResized(list, resized, named));
  const left = tailedOf(list.holes, resized);
  resize(list, resized, aboveOf(resized));
  return isListNow(list, left, one, other);
}

/**
 * After a block was resized, what is kept as the first hole is the first one, and it is none if none
 * is left.
 *
 * @proves hole-resizing, hole-list-well-formed
 * @split resized.lower, resized.upper, resized.tail
 */
export function resizingKeepsTheFirst(
  list: ListInMemory,
  resized: ResizedBlock,
  first: Granule,
  other: Granule,
): boolean {
  const before = resized.lower === "none" ? aboveOf(resized) : first;
  const named = [belowOf(resized) ?? other, aboveOf(resized) ?? other, other];
  assume(isWellFormed(list, named) && isResized(list, resized, named));
  assume(named.every((x) => isFirstAt(list.holes, before, x)));
  const left = tailedOf(list.holes, resized);
  const now = resize(list, resized, before);
  return isFirstNow(list, left, now, other);
}

/**
 * Resizing writes the two words of the hole below and of the hole that follows the block now, and no
 * other word of memory.
 *
 * @proves hole-resizing, only-free-memory-written
 * @split resized.lower, resized.upper, resized.tail
 */
export function resizingWritesHeadersOnly(
  list: ListInMemory,
  resized: ResizedBlock,
  at: Address,
): boolean {
  const { lower, below, tail, newEnd } = resized;
  const named = [belowOf(resized) ?? newEnd, aboveOf(resized) ?? newEnd];
  assume(isWellFormed(list, named) && isResized(list, resized, named) && isWord(list, at));
  const before = list.memory.readWord(at);
  resize(list, resized, aboveOf(resized));
  const isOfBelow = lower === "apart" && isWordOf(list, below, at);
  const isOfTail = tail === "hole" && isWordOf(list, newEnd, at);
  return list.memory.readWord(at) === before || isOfBelow || isOfTail;
}

/**
 * A resizing makes free what the block no longer has, and what it has now not: what it gains was free
 * before, and every other granule is free after it if it was before.
 *
 * @proves hole-resizing, bytes-conserved, free-set-changes-by-the-block
 * @split resized.lower, resized.upper, resized.tail
 */
export function resizingMovesTheEndOnly(
  holes: HoleSet,
  resized: ResizedBlock,
  granule: Granule,
): boolean {
  const { start, end, newEnd } = resized;
  assume(areNeighbours(holes, resized));
  assume(areNearest(holes, resized, start));
  const isLost = newEnd <= granule && granule < end;
  const isGained = end <= granule && granule < newEnd;
  const wasFree = isFree(holes, granule);
  const isFreeNow = isFree(tailedOf(holes, resized), granule);
  const isExact = isFreeNow === ((wasFree || isLost) && !isGained);
  return isExact && (!isGained || wasFree) && !(isLost && wasFree);
}

/** How far the block can go: to the end of a hole that it touches, else only to where it ends. */
function roomOf(holes: HoleSet, { upper, above, end }: ResizedBlock): number {
  return upper === "joined" ? above + holes.get(above) : end;
}

/** Whether the block lies between the holes, and what follows it now can be a hole. */
function areNeighbours(holes: HoleSet, resized: ResizedBlock): boolean {
  const { lower, upper, tail, below, above, start, end, newEnd } = resized;
  if (!areHoles(holes, resized) || start >= newEnd || start >= end) return false;
  const isAbove = lower === "none" || (below < start && below + holes.get(below) <= start);
  const isUnder = upper === "none" || (upper === "joined" ? end === above : end < above);
  const room = roomOf(holes, resized);
  return isAbove && isUnder && (tail === "none" ? newEnd === room : newEnd + 2 <= room);
}

/** Whether the search has come to the place between the two holes. */
function isResized(list: ListInMemory, resized: ResizedBlock, named: readonly Granule[]): boolean {
  const isReached = isNextTo(list, belowOf(resized), aboveOf(resized), named);
  return isReached && areNeighbours(list.holes, resized) && resized.end <= list.count;
}

/** The holes of the list with what follows the block now. */
function tailedOf(holes: HoleSet, resized: ResizedBlock): HoleSet {
  const { upper, above, newEnd } = resized;
  const tail = (roomOf(holes, resized) - newEnd) as Granule;
  return withTail(holes, upper === "joined" ? above : undefined, newEnd, tail);
}

/** Resizes the block as the list does; answers the address of the first hole. */
function resize(list: ListInMemory, resized: ResizedBlock, first: Granule | undefined): Address {
  const { memory, holes } = list;
  const { upper, above, newEnd } = resized;
  const base = baseOf(list);
  const word = upper === "joined" ? memory.readWord(nextWordOf(list, above)) : 0;
  const joined = word === 0 ? undefined : (word as Granule);
  const next = upper === "joined" ? joined : aboveOf(resized);
  return resizeHole(
    memory,
    base,
    addressOrNone(list, first),
    addressOrNone(list, belowOf(resized)),
    addressOrNone(list, next),
    addressOf(base, newEnd),
    (8 * (roomOf(holes, resized) - newEnd)) as ByteCount,
  );
}
