/**
 * What it is for memory to hold a list of slab pages: in the dialect, said of any two pages.
 *
 *     memory    head ──► page ──► page ──► page ──► 0          and back
 *     meaning   { page -> rank }                               highest first
 *
 * What is kept of a page lies somewhere in memory, `places` says where: in which page of 4096 bytes. Ranks say
 * the order and nothing else: a page that is put in gets one above all others, and one that is taken out
 * leaves a gap. That they go down along the links is what keeps a walk from ever coming to a page twice.
 */
import type { FiniteMap } from "#support";
import type { Address, Branded } from "#units";
import { NO_LINK, nextLink, previousLink } from "../heap/slab-page.ts";
import type { Column } from "../memory/column.ts";
import type { Memory } from "../memory/memory.ts";
import type { Rank } from "./span-list-meaning.ts";

/**
 * A slab page, by its number in the area.
 *
 * @range 0..2^31-1
 */
export type SlabNumber = Branded<"SlabNumber">;

/** The pages of a list, by their ranks. */
export type SlabList = FiniteMap<SlabNumber, Rank>;

/** Where what is kept of `page` begins. */
export function halfAt(places: Column, page: number): Address {
  return (4096 * places.read(page)) as Address;
}

/** Whether what is kept of `page` lies in memory. */
export function isPlaced(memory: Memory, places: Column, page: number): boolean {
  if (page < 0 || page >= places.length) return false;
  const half = halfAt(places, page);
  return memory.start <= half && half + 4096 <= memory.start + memory.size;
}

/**
 * Whether `one`, if it is one of `list`, has a rank of its own, and has the page next below it and the one
 * next above it in its links, as far as `other` can tell; and whether those two have it in theirs.
 */
export function isSlabListAt(
  list: SlabList,
  memory: Memory,
  places: Column,
  one: SlabNumber,
  other: SlabNumber,
): boolean {
  if (!list.has(one)) return true;
  if (!isPlaced(memory, places, one)) return false;
  const isAlone = one === other || !list.has(other) || list.get(other) !== list.get(one);
  const below = nextLink(memory, halfAt(places, one));
  const above = previousLink(memory, halfAt(places, one));
  const isLinkedBack =
    (below === NO_LINK || isPlacedBelow(memory, places, below - 1, one)) &&
    (above === NO_LINK || isPlacedAbove(memory, places, above - 1, one));
  return (
    isAlone &&
    isLinkedBack &&
    isNextBelow(list, below, one, other) &&
    isNextAbove(list, above, one, other)
  );
}

/** Whether `link`, which may be `NO_LINK`, is to the page of the highest rank, as far as `other` can tell. */
export function isFirstSlabAt(list: SlabList, link: number, other: SlabNumber): boolean {
  if (link === NO_LINK) return !list.has(other);
  const page = (link - 1) as SlabNumber;
  return list.has(page) && (!list.has(other) || list.get(other) <= list.get(page));
}

/** Whether `page` is placed, and has `one` as the page above it. */
function isPlacedBelow(memory: Memory, places: Column, page: number, one: SlabNumber): boolean {
  return isPlaced(memory, places, page) && previousLink(memory, halfAt(places, page)) === one + 1;
}

/** Whether `page` is placed, and has `one` as the page below it. */
function isPlacedAbove(memory: Memory, places: Column, page: number, one: SlabNumber): boolean {
  return isPlaced(memory, places, page) && nextLink(memory, halfAt(places, page)) === one + 1;
}

/** Whether `link` is to a page of the list below `one`, or to none, and `other` is not between them. */
function isNextBelow(list: SlabList, link: number, one: SlabNumber, other: SlabNumber): boolean {
  const rank = list.get(one);
  const isPassed = !list.has(other) || list.get(other) >= rank;
  if (link === NO_LINK) return isPassed;
  const page = (link - 1) as SlabNumber;
  const isBelow = list.has(page) && list.get(page) < rank;
  return isBelow && (isPassed || list.get(other) <= list.get(page));
}

/** Whether `link` is to a page of the list above `one`, or to none, and `other` is not between them. */
function isNextAbove(list: SlabList, link: number, one: SlabNumber, other: SlabNumber): boolean {
  const rank = list.get(one);
  const isPassed = !list.has(other) || list.get(other) <= rank;
  if (link === NO_LINK) return isPassed;
  const page = (link - 1) as SlabNumber;
  const isAbove = list.has(page) && list.get(page) > rank;
  return isAbove && (isPassed || list.get(other) >= list.get(page));
}
