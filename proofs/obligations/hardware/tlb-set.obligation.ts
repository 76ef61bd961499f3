/**
 * One step of a TLB, from the cells that are written to the translations that a core remembers, for sets of
 * one way, two, three and four.
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
  isSlotAt,
  type KeptInSlot,
  keepInSlot,
  NO_SLOT,
  placeInSet,
  type Slot,
  slotWith,
  type TlbColumns,
  type TlbSlots,
} from "#impl";
import type { FrameNumber, PageNumber } from "#units";
import { assume } from "../assume.ts";

/** The columns of a bank, and what is kept in them. */
export interface TlbInColumns {
  readonly columns: TlbColumns;
  readonly slots: TlbSlots;
}

/** A page, for whom, and what a walk found of it. */
export interface Found {
  readonly page: PageNumber;
  readonly space: number;
  readonly frame: FrameNumber;
  readonly rights: number;
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
  const { page, tag, frame, rights } = kept;
  assume(areHeld(columns, slots, [slot, other]) && !slots.has(slot));
  assume(page < 2 ** 36 && tag <= ANY_SPACE && frame < 2 ** 20 && rights < 4096);
  keepInSlot(columns, slot, highOf(page), lowOf(page), tag, frame, rights);
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
 * @split bank.columns.ways 1..4
 */
export function findingIsComplete(
  bank: TlbInColumns,
  set: Slot,
  page: PageNumber,
  space: number,
  other: Slot,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(bank, set) && isPageOfSpace(page, space));
  const found = findInSet(columns, set, highOf(page), lowOf(page), space);
  if (found === NO_SLOT)
    return !isOfSet(columns, set, other) || !isKeptFor(slots, other, page, space);
  return isOfSet(columns, set, found as Slot) && isKeptFor(slots, found as Slot, page, space);
}

/**
 * A translation that is kept for a space of its own is found before one that is kept for all spaces: looking
 * for its tag alone finds it, and finds it first.
 *
 * @proves tlb-find
 * @split bank.columns.ways 1..4
 */
export function ownTranslationIsFoundFirst(
  bank: TlbInColumns,
  set: Slot,
  slot: Slot,
  page: PageNumber,
  space: number,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(bank, set) && isPageOfSpace(page, space));
  assume(isOfSet(columns, set, slot) && isKeptFor(slots, slot, page, space));
  assume(slots.get(slot).tag === space);
  const found = findInSet(columns, set, highOf(page), lowOf(page), space) as Slot;
  return slots.get(found).tag === space && isFoundUnder(bank, set, page, space, found);
}

/**
 * A page gets a slot of its set, an empty one if there is one. Only in a full set does the turn go on: from
 * each way to the next, and from the last to the first.
 *
 * @proves tlb-place
 * @split bank.columns.ways 1..4
 */
export function placingTakesAnEmptySlot(bank: TlbInColumns, set: Slot, other: Slot): boolean {
  const { columns, slots } = bank;
  const { ways, turns } = columns;
  assume(isSetHeld(bank, set) && isTurnOf(columns, set) && isOfSet(columns, set, other));
  const turn = turns.read(set);
  const slot = placeInSet(columns, set) as Slot;
  const now = turns.read(set);
  if (!isOfSet(columns, set, slot)) return false;
  if (!slots.has(slot)) return now === turn;
  const isNext = now === turn + 1 || (now === 0 && turn === ways - 1);
  return slots.has(other) && slot === set * ways + turn && now < ways && isNext;
}

/**
 * Filling gives the translation a slot of the page's set. A global page is kept for all spaces, another
 * for the one that asked.
 *
 * @proves tlb-fill, tlb-slots-exact
 * @split bank.columns.ways 1..4
 */
export function fillingKeepsWhatWasFound(bank: TlbInColumns, set: Slot, found: Found): boolean {
  const { columns, slots } = bank;
  const { page, space, frame, rights } = found;
  assume(isSetHeld(bank, set) && isTurnOf(columns, set) && isSound(found));
  const slot = filled(columns, set, found) as Slot;
  const tag = isGlobal(rights) ? ANY_SPACE : space;
  const now = slots.with(slot, { page, tag, frame, rights });
  return isOfSet(columns, set, slot) && isSlotAt(now, columns, slot);
}

/**
 * Filling empties the other slots of the set that kept the page for the space or for all, and changes no
 * other slot, of the set or of another.
 *
 * @proves tlb-fill, tlb-slots-exact
 * @split bank.columns.ways 1..4
 */
export function fillingReplacesThePageOnly(
  bank: TlbInColumns,
  set: Slot,
  found: Found,
  other: Slot,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(bank, set) && areHeld(columns, slots, [other]) && isTurnOf(columns, set));
  assume(isSound(found));
  const slot = filled(columns, set, found);
  const isGone = isOfSet(columns, set, other) && isKeptFor(slots, other, found.page, found.space);
  return other === slot || isSlotAt(isGone ? slots.without(other) : slots, columns, other);
}

/**
 * A translation that was filled is found, and is the one that is found, also if the set kept the page
 * twice: for the space, and from before it was changed, for all.
 *
 * @proves tlb-fill, tlb-find
 * @split bank.columns.ways 1..4
 */
export function filledTranslationIsFound(bank: TlbInColumns, set: Slot, found: Found): boolean {
  const { columns } = bank;
  const { page, space } = found;
  assume(isSetHeld(bank, set) && isTurnOf(columns, set) && isSound(found));
  const slot = filled(columns, set, found);
  return findInSet(columns, set, highOf(page), lowOf(page), space) === slot;
}

/**
 * A set that was filled keeps the page once for whoever is in the space, however often it did before.
 *
 * @proves tlb-fill
 * @split bank.columns.ways 1..4
 */
export function fillingKeepsAPageOnce(bank: TlbInColumns, set: Slot, found: Found): boolean {
  const { columns } = bank;
  const { page, space } = found;
  assume(isSetHeld(bank, set) && isTurnOf(columns, set) && isSound(found));
  const slot = filled(columns, set, found);
  dropFromSlot(columns, slot);
  return findInSet(columns, set, highOf(page), lowOf(page), space) === NO_SLOT;
}

/**
 * After a page was invalidated in a space, no slot of its set keeps it for that space or for all, however
 * often it was kept: it is not found.
 *
 * @proves tlb-invalidate, invalidation-forgets
 * @split bank.columns.ways 1..4
 */
export function invalidatedPageIsNotFound(
  bank: TlbInColumns,
  set: Slot,
  page: PageNumber,
  space: number,
): boolean {
  const { columns } = bank;
  assume(isSetHeld(bank, set) && isPageOfSpace(page, space));
  invalidateInSet(columns, set, highOf(page), lowOf(page), space, () => {});
  return findInSet(columns, set, highOf(page), lowOf(page), space) === NO_SLOT;
}

/**
 * Invalidating a page empties the slots of its set that keep it for the space or for all, and changes no
 * other slot, of the set or of another.
 *
 * @proves tlb-invalidate, tlb-slots-exact
 * @split bank.columns.ways 1..4
 */
export function invalidatingChangesThePageOnly(
  bank: TlbInColumns,
  set: Slot,
  page: PageNumber,
  space: number,
  other: Slot,
): boolean {
  const { columns, slots } = bank;
  assume(isSetHeld(bank, set) && areHeld(columns, slots, [other]));
  assume(isPageOfSpace(page, space));
  invalidateInSet(columns, set, highOf(page), lowOf(page), space, () => {});
  const isGone = isOfSet(columns, set, other) && isKeptFor(slots, other, page, space);
  return isSlotAt(isGone ? slots.without(other) : slots, columns, other);
}

/** Fills `set` with what was found, while nobody hears what is dropped. */
function filled(columns: TlbColumns, set: Slot, { page, space, frame, rights }: Found): number {
  return fillSet(columns, set, highOf(page), lowOf(page), space, frame, rights, () => {});
}

/** Whether looking in `set` for `page` under the one tag leads to `slot`. */
function isFoundUnder(
  { columns }: TlbInColumns,
  set: Slot,
  page: PageNumber,
  tag: number,
  slot: Slot,
): boolean {
  return slotWith(columns, set, highOf(page), lowOf(page), tag) === slot;
}

/** The upper 16 bits of the number of a page, and the lowest 20. */
function highOf(page: PageNumber): number {
  return Math.floor(page / 2 ** 20);
}

function lowOf(page: PageNumber): number {
  return page % 2 ** 20;
}

function isOfSet({ ways }: TlbColumns, set: Slot, slot: Slot): boolean {
  return set * ways <= slot && slot < set * ways + ways;
}

/** Whether the columns hold in each of `named` what is kept there. */
function areHeld(columns: TlbColumns, slots: TlbSlots, named: readonly Slot[]): boolean {
  return named.every((each) => isSlotAt(slots, columns, each));
}

/** The same of all slots of `set`, of which there are four at most. */
function isSetHeld({ columns, slots }: TlbInColumns, set: Slot): boolean {
  const { ways } = columns;
  const first = set * ways;
  return (
    1 <= ways &&
    ways <= 4 &&
    isSlotAt(slots, columns, first as Slot) &&
    (ways < 2 || isSlotAt(slots, columns, (first + 1) as Slot)) &&
    (ways < 3 || isSlotAt(slots, columns, (first + 2) as Slot)) &&
    (ways < 4 || isSlotAt(slots, columns, (first + 3) as Slot))
  );
}

/** Whether it is the turn of a way that there is. */
function isTurnOf({ ways, turns }: TlbColumns, set: Slot): boolean {
  return set < turns.length && 0 <= turns.read(set) && turns.read(set) < ways;
}

/** Whether `page` is one of an address space, and `space` the tag of one. */
function isPageOfSpace(page: PageNumber, space: number): boolean {
  return page < 2 ** 36 && space < ANY_SPACE;
}

/** Whether a walk can have found this. */
function isSound({ page, space, frame, rights }: Found): boolean {
  return isPageOfSpace(page, space) && frame < 2 ** 20 && rights < 4096;
}

/** Whether bit 8 of `rights` is set. */
function isGlobal(rights: number): boolean {
  return rights % 512 >= 256;
}
