/**
 * What the columns of a TLB mean: which page of which space each slot keeps, and with what.
 *
 *     columns   low, top, cell     row by row
 *     meaning   { slot -> page, tag, frame, rights }
 *
 * A core remembers a page for a space exactly if some slot of the page's set has it under the tag of the
 * space or of all spaces. How these are packed into three numbers says nothing.
 */
import type { FiniteMap } from "#support";
import type { Branded, FrameNumber, PageNumber } from "#units";
import { ANY_SPACE, isEmptySlot, type TlbColumns } from "../memory/tlb-set.ts";

/**
 * A place for a translation, by its number in the bank.
 *
 * @range 0..2^20-1
 */
export type Slot = Branded<"Slot">;

/** A translation that is kept: of which page, under which tag, and what it says. */
export interface KeptInSlot {
  readonly page: PageNumber;
  readonly tag: number;
  readonly frame: FrameNumber;
  readonly rights: number;
}

/** The translations of a bank, by their slots. */
export type TlbSlots = FiniteMap<Slot, KeptInSlot>;

/** Whether the columns hold in `slot` what `slots` says, no less and no more. */
export function isSlotAt(slots: TlbSlots, columns: TlbColumns, slot: Slot): boolean {
  const { lows, tops, cells } = columns;
  if (slot >= lows.length || slot >= tops.length || slot >= cells.length) return false;
  if (isEmptySlot(columns, slot)) return !slots.has(slot);
  if (!slots.has(slot)) return false;
  const { page, tag, frame, rights } = slots.get(slot);
  const top = tops.read(slot);
  const low = lows.read(slot);
  const isPacked = 0 <= top && 0 <= low && low < 2 ** 20;
  const isPage = page === (top % 2 ** 16) * 2 ** 20 + low && tag === Math.floor(top / 2 ** 16);
  const cell = frame * 4096 + rights;
  const isCell = cells.read(slot) === cell || cells.read(slot) + 2 ** 32 === cell;
  return isPacked && isPage && isCell && frame < 2 ** 20 && rights < 4096;
}

/** Whether `slot` keeps `page` for whoever is in `space`. */
export function isKeptFor(slots: TlbSlots, slot: Slot, page: PageNumber, space: number): boolean {
  if (!slots.has(slot)) return false;
  const kept = slots.get(slot);
  return kept.page === page && (kept.tag === space || kept.tag === ANY_SPACE);
}
