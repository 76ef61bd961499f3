/**
 * One step of a TLB, from the cells that are written to the translations that a core remembers.
 *
 *     before    page 5 of space 1    page 6 of all    —                    page 9 of space 2
 *     fill      page 5 of space 1    page 6 of all    page 7 of space 1    page 9 of space 2
 */
import {
  ANY_SPACE,
  dropFromSlot,
  fillSet,
  findInSet,
  invalidateInSet,
  isKeptFor,
  isKeptIn,
  isSlotAt,
  type KeptInSlot,
  keepInSlot,
  NO_SLOT,
  placeInSet,
  type Slot,
  type TlbColumns,
  type TlbSlots,
} from "#impl";
import type { PageNumber } from "#units";
import { assume } from "../assume.ts";

/** The columns of a bank, and what is kept in them. */
export interface TlbInColumns {
  readonly columns: TlbColumns;
  readonly slots: TlbSlots;
}

/**
 * Keeping a translation changes exactly the slot that it is kept in, which then has it, under its page
 * and its tag.
 *
 * @proves tlb-keep, tlb-slots-exact
 */
export function keepingChangesOneSlot(
  bank: TlbInColumns,
  slot: Slot,
  kept: KeptInSlot,
  other: Slot,
): boolean {
  const { columns, slots } = bank;
  assume(areHeld(columns, slots, [slot, other]));
  assume(!slots.has(slot) && isKept(kept));
  keepInSlot(columns, slot, kept.page, kept.tag, kept.cell);
  return isSlotAt(slots.with(slot, kept), columns, other);
}

/**
 * Dropping a translation empties its slot, and changes no other.
 *
 * @proves tlb-drop, tlb-slots-exact
 */
export function droppingEmptiesOneSlot(bank: TlbInColumns, slot: Slot, other: Slot): boolean {
  const { columns, slots } = bank;
  assume(areHeld(columns, slots, [slot, other]) && slots.has(slot));
  dropFromSlot(columns, slot);
  return isSlotAt(slots.without(slot), columns, other);
}

/**
 * What is found in a set is the page, kept for the space that asks or for all; and where nothing is found,
 * no slot of the set keeps it.
 *
 * @proves tlb-find
 */
export function findingIsComplete(
  bank: TlbInColumns,
  set: Slot,
  page: PageNumber,
  space: number,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(columns, slots, set) && isPageOfSpace(page, space));
  const found = findInSet(columns, set, page, space);
  if (found === NO_SLOT) return slotsOf(set).every((each) => !isKeptFor(slots, each, page, space));
  return slotsOf(set).includes(found as Slot) && isKeptFor(slots, found as Slot, page, space);
}

/**
 * A translation that is kept for a space of its own is found before one that is kept for all spaces.
 *
 * @proves tlb-find
 */
export function ownTranslationIsFoundFirst(
  bank: TlbInColumns,
  set: Slot,
  slot: Slot,
  page: PageNumber,
  space: number,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(columns, slots, set) && isPageOfSpace(page, space));
  assume(slotsOf(set).includes(slot) && isKeptFor(slots, slot, page, space));
  assume(slots.get(slot).tag === space);
  const found = findInSet(columns, set, page, space) as Slot;
  return slots.get(found).tag === space;
}

/**
 * A page gets a slot of its set, an empty one if there is one.
 *
 * @proves tlb-place
 */
export function placingTakesAnEmptySlot(
  bank: TlbInColumns,
  set: Slot,
  turn: number,
  other: Slot,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(columns, slots, set) && turn < 4);
  assume(slotsOf(set).includes(other));
  const slot = placeInSet(columns, set, turn) as Slot;
  const isEmpty = !slots.has(slot);
  return slotsOf(set).includes(slot) && (isEmpty || slots.has(other));
}

/**
 * Filling gives the translation a slot of the page's set, and empties the other slots of the set that kept
 * the page for the space or for all; it changes no other slot, of the set or of another.
 *
 * @proves tlb-fill, tlb-slots-exact
 */
export function fillingReplacesThePage(
  bank: TlbInColumns,
  set: Slot,
  turn: number,
  space: number,
  kept: KeptInSlot,
  other: Slot,
): boolean {
  const { columns, slots } = bank;
  const { page, tag, cell } = kept;
  assume(isSetHeld(columns, slots, set) && areHeld(columns, slots, [other]));
  assume(turn < 4 && isKept(kept) && isPageOfSpace(page, space));
  const slot = fillSet(columns, set, turn, page, space, tag, cell) as Slot;
  const isOfSet = slotsOf(set).includes(other);
  const isGone = other !== slot && isOfSet && isKeptFor(slots, other, page, space);
  const after = isGone ? slots.without(other) : slots.with(slot, kept);
  return slotsOf(set).includes(slot) && isSlotAt(after, columns, other);
}

/**
 * A translation that was filled is found, and is the one that is found, also if the set kept the page
 * twice: for the space, and from before it was changed, for all.
 *
 * @proves tlb-fill, tlb-find
 */
export function filledTranslationIsFound(
  bank: TlbInColumns,
  set: Slot,
  turn: number,
  space: number,
  kept: KeptInSlot,
): boolean {
  const { columns, slots } = bank;
  const { page, tag, cell } = kept;
  assume(isSetHeld(columns, slots, set) && turn < 4);
  assume(isKept(kept) && isPageOfSpace(page, space) && (tag === space || tag === ANY_SPACE));
  const slot = fillSet(columns, set, turn, page, space, tag, cell);
  return findInSet(columns, set, page, space) === slot;
}

/**
 * A set that was filled keeps the page once for whoever is in the space, however often it did before.
 *
 * @proves tlb-fill
 */
export function fillingKeepsAPageOnce(
  bank: TlbInColumns,
  set: Slot,
  turn: number,
  space: number,
  kept: KeptInSlot,
  other: Slot,
): boolean {
  const { columns, slots } = bank;
  const { page, tag, cell } = kept;
  assume(isSetHeld(columns, slots, set) && turn < 4 && slotsOf(set).includes(other));
  assume(isKept(kept) && isPageOfSpace(page, space));
  const slot = fillSet(columns, set, turn, page, space, tag, cell);
  const isOwn = isKeptIn(columns, other, page, space);
  return slot === other || !(isOwn || isKeptIn(columns, other, page, ANY_SPACE));
}

/**
 * After a page was invalidated in a space, no slot of its set keeps it for that space or for all, however
 * often it was kept: it is not found.
 *
 * @proves tlb-invalidate, invalidation-forgets
 */
export function invalidatedPageIsNotFound(
  bank: TlbInColumns,
  set: Slot,
  page: PageNumber,
  space: number,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(columns, slots, set) && isPageOfSpace(page, space));
  invalidateInSet(columns, set, page, space);
  return findInSet(columns, set, page, space) === NO_SLOT;
}

/**
 * Invalidating a page empties the slots of its set that keep it for the space or for all, and changes no
 * other slot, of the set or of another.
 *
 * @proves tlb-invalidate, tlb-slots-exact
 */
export function invalidatingChangesThePageOnly(
  bank: TlbInColumns,
  set: Slot,
  page: PageNumber,
  space: number,
  other: Slot,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(columns, slots, set) && areHeld(columns, slots, [other]));
  assume(isPageOfSpace(page, space));
  invalidateInSet(columns, set, page, space);
  const isGone = slotsOf(set).includes(other) && isKeptFor(slots, other, page, space);
  return isSlotAt(isGone ? slots.without(other) : slots, columns, other);
}

/** The four slots of `set`. */
function slotsOf(set: Slot): readonly Slot[] {
  const first = set * 4;
  return [first as Slot, (first + 1) as Slot, (first + 2) as Slot, (first + 3) as Slot];
}

/** Whether the columns hold in each of `named` what is kept there. */
function areHeld(columns: TlbColumns, slots: TlbSlots, named: readonly Slot[]): boolean {
  return named.every((each) => isSlotAt(slots, columns, each));
}

function isSetHeld(columns: TlbColumns, slots: TlbSlots, set: Slot): boolean {
  return areHeld(columns, slots, slotsOf(set));
}

/** Whether `kept` is a page of 36 bits under a tag. */
function isKept({ page, tag }: KeptInSlot): boolean {
  return page < 2 ** 36 && tag <= ANY_SPACE;
}

/** Whether `page` is one of an address space, and `space` the tag of one. */
function isPageOfSpace(page: PageNumber, space: number): boolean {
  return page < 2 ** 36 && space < ANY_SPACE;
}
