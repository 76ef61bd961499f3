/**
 * A memory that holds a list of holes: what every theorem about the list's words is about.
 *
 * The list has any number of holes. A theorem takes for granted that the holes which it names are
 * well-formed with each other, and shows the same of any two afterwards: so the step keeps a list
 * well-formed, whatever else is in it.
 */
import {
  addressOf,
  type Granule,
  type HoleSet,
  isFirstAt,
  isListAt,
  type Memory,
  NO_HOLE,
} from "#impl";
import type { Address, Branded } from "#units";

/**
 * Where an extent starts, in granules of 8 bytes: below 2^52, so that whatever lies in an extent of
 * 2^34 bytes has a safe integer for its address.
 *
 * @range 0..2^49-1
 */
export type Origin = Branded<"Origin">;

/** A memory, the extent in it, and the holes of the list that it holds. */
export interface ListInMemory {
  readonly memory: Memory;
  readonly origin: Origin;
  /** The size of the extent, in granules. */
  readonly count: Granule;
  readonly holes: HoleSet;
}

/** The first address of the extent. */
export function baseOf({ origin }: ListInMemory): Address {
  return (8 * origin) as Address;
}

/** The address of a hole, or what stands for none. */
export function addressOrNone(list: ListInMemory, hole: Granule | undefined): Address {
  return hole === undefined ? NO_HOLE : addressOf(baseOf(list), hole);
}

/** The address of the word that says where the hole after `hole` is. */
export function nextWordOf(list: ListInMemory, hole: Granule): Address {
  return (addressOf(baseOf(list), hole) + 4) as Address;
}

/** Whether the extent lies in memory, and each of `named` is well-formed with the others. */
export function isWellFormed(list: ListInMemory, named: readonly Granule[]): boolean {
  const { memory, count, holes } = list;
  const base = baseOf(list);
  const isInside = memory.start <= base && base + 8 * count <= memory.start + memory.size;
  return (
    isInside && named.every((x) => named.every((y) => isListAt(holes, memory, base, count, x, y)))
  );
}

/**
 * Whether the list comes to `above` right after `below`: either may be none, and then `above` is the
 * first hole, as far as `named` can tell, or `below` the last.
 */
export function isNextTo(
  list: ListInMemory,
  below: Granule | undefined,
  above: Granule | undefined,
  named: readonly Granule[],
): boolean {
  const { memory, holes } = list;
  if (below === undefined) return named.every((x) => isFirstAt(holes, above, x));
  const isNext = holes.has(below) && memory.readWord(nextWordOf(list, below)) === (above ?? 0);
  return isNext && above !== 0;
}

/** Whether the list is well-formed as far as `one` and `other` can tell, if `holes` are its holes. */
export function isListNow(
  list: ListInMemory,
  holes: HoleSet,
  one: Granule,
  other: Granule,
): boolean {
  return isListAt(holes, list.memory, baseOf(list), list.count, one, other);
}

/** Whether `kept`, an address or what stands for none, is the first of `holes`, as far as `other` can tell. */
export function isFirstNow(
  list: ListInMemory,
  holes: HoleSet,
  kept: Address,
  other: Granule,
): boolean {
  const offset = Math.floor((kept - baseOf(list)) / 8) as Granule;
  return isFirstAt(holes, kept < 0 ? undefined : offset, other);
}

/** Whether `address` is one of the two words of `hole`. */
export function isWordOf(list: ListInMemory, hole: Granule, address: Address): boolean {
  return address === addressOf(baseOf(list), hole) || address === nextWordOf(list, hole);
}

/** Whether `address` is that of a word in memory. */
export function isWord({ memory }: ListInMemory, address: Address): boolean {
  const isInside = memory.start <= address && address + 4 <= memory.start + memory.size;
  return isInside && address % 4 === 0;
}
