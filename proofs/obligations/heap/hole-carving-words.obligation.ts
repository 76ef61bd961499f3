/**
 * Carving a hole, from the words that are written to the set of holes that they mean.
 *
 *     before    ├ below ┤    ├───────────── hole ─────────────┤
 *     after     ├ below ┤    ├ front ┤├── block ──┤├── back ──┤
 */
import {
  addressOf,
  carveHole,
  type Granule,
  type HoleSet,
  isFirstAt,
  isFree,
  withoutBlock,
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

/** A hole that is carved, which may be the first of its list, and what is left of it. */
interface CarvedHole {
  readonly rank: "first" | "later";
  readonly left: "nothing" | "front" | "back" | "both";
  readonly below: Granule;
  readonly hole: Granule;
  readonly front: Granule;
  readonly block: Granule;
  readonly back: Granule;
}

/**
 * After carving, memory holds a well-formed list of the holes of before without the block, each with
 * its size and its successor in its words.
 *
 * @proves hole-carving, hole-list-well-formed
 * @split carved.rank, carved.left
 */
export function carvingKeepsTheList(
  list: ListInMemory,
  carved: CarvedHole,
  one: Granule,
  other: Granule,
): boolean {
  const { hole } = carved;
  const named = [hole, belowOf(carved) ?? hole, one, other];
  assume(isWellFormed(list, named) && isCarved(list, carved, named));
  const left = leftOf(list, carved);
  carve(list, carved, hole);
  return isListNow(list, left, one, other);
}

/**
 * After carving, what is kept as the first hole is the first one, and it is none if none is left.
 *
 * @proves hole-carving, hole-list-well-formed
 * @split carved.rank, carved.left
 */
export function carvingKeepsTheFirst(
  list: ListInMemory,
  carved: CarvedHole,
  first: Granule,
  other: Granule,
): boolean {
  const { hole, rank } = carved;
  const named = [hole, belowOf(carved) ?? hole, other];
  assume(isWellFormed(list, named) && isCarved(list, carved, named));
  assume(
    named.every((x) => isFirstAt(list.holes, first, x)) && (rank === "later" || first === hole),
  );
  const left = leftOf(list, carved);
  const now = carve(list, carved, first);
  return isFirstNow(list, left, now, other);
}

/**
 * Carving writes the two words of the hole below and of what is left of the hole, and no other word
 * of memory.
 *
 * @proves hole-carving, only-free-memory-written
 * @split carved.rank, carved.left
 */
export function carvingWritesHeadersOnly(
  list: ListInMemory,
  carved: CarvedHole,
  at: Address,
): boolean {
  const { hole, front, block, left } = carved;
  const below = belowOf(carved);
  const named = [hole, below ?? hole];
  assume(isWellFormed(list, named) && isCarved(list, carved, named) && isWord(list, at));
  const before = list.memory.readWord(at);
  const rest = (hole + (hasFront(carved) ? front : 0) + block) as Granule;
  carve(list, carved, hole);
  const isOfFront = hasFront(carved) && isWordOf(list, hole, at);
  const isOfBack = (left === "back" || left === "both") && isWordOf(list, rest, at);
  const isOfBelow = below !== undefined && isWordOf(list, below, at);
  return list.memory.readWord(at) === before || isOfFront || isOfBack || isOfBelow;
}

/**
 * A carving makes exactly the granules of the block not free: each of them was free before, and every
 * other granule is free after it if it was before.
 *
 * @proves hole-carving, bytes-conserved, free-set-changes-by-the-block
 */
export function carvingTakesTheBlockOnly(
  holes: HoleSet,
  hole: Granule,
  before: Granule,
  block: Granule,
  after: Granule,
  granule: Granule,
): boolean {
  assume(holes.has(hole) && before + block + after === holes.get(hole));
  assume(
    holes.every((size, start) =>
      start <= hole ? start === hole || start + size < hole : hole + holes.get(hole) < start,
    ),
  );
  const start = hole + before;
  const isBlock = start <= granule && granule < start + block;
  const wasFree = isFree(holes, granule);
  const isFreeNow = isFree(withoutBlock(holes, hole, before, after), granule);
  return isFreeNow === (wasFree && !isBlock) && (!isBlock || wasFree);
}

function belowOf({ rank, below }: CarvedHole): Granule | undefined {
  return rank === "first" ? undefined : below;
}

function hasFront({ left }: CarvedHole): boolean {
  return left === "front" || left === "both";
}

function frontOf(carved: CarvedHole): Granule {
  return hasFront(carved) ? carved.front : (0 as Granule);
}

function backOf({ left, back }: CarvedHole): Granule {
  return left === "back" || left === "both" ? back : (0 as Granule);
}

/** Whether the parts are those of a plan for `hole`, and the search has come to it from below. */
function isCarved(list: ListInMemory, carved: CarvedHole, named: readonly Granule[]): boolean {
  const { hole, front, block, back } = carved;
  const isPlanned = front >= 2 && block >= 2 && back >= 2 && list.holes.has(hole);
  const isReached = isNextTo(list, belowOf(carved), hole, named);
  return (
    isPlanned && isReached && frontOf(carved) + block + backOf(carved) === list.holes.get(hole)
  );
}

/** The holes of the list without the block. */
function leftOf({ holes }: ListInMemory, carved: CarvedHole): HoleSet {
  return withoutBlock(holes, carved.hole, frontOf(carved), backOf(carved));
}

/** Carves the hole as the list does; answers the address of the first hole. */
function carve(list: ListInMemory, carved: CarvedHole, first: Granule): Address {
  const base = baseOf(list);
  return carveHole(
    list.memory,
    base,
    addressOf(base, first),
    addressOrNone(list, belowOf(carved)),
    addressOf(base, carved.hole),
    (8 * frontOf(carved)) as ByteCount,
    (8 * carved.block) as ByteCount,
    (8 * backOf(carved)) as ByteCount,
  );
}
