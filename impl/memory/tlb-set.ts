/**
 * One set of a TLB, step by step: what it is to find a page in it, to keep one, to drop one, and to drop
 * all that is kept of one.
 *
 *     slot     way 0    way 1    way 2    way 3
 *     low      the lowest 20 bits of the page's number
 *     top      ├── tag, 13 bits ──┼── the upper 16 bits of the page's number ──┤   -1 if empty
 *     cell     the frame and the rights, in one word
 *
 * A page has 36 bits and a cell of a column 32, so what tells pages and spaces apart is two numbers. Sets
 * have four ways, and nothing loops that is longer: so for every set of every bank it is proved
 * what each step does. `Tlb` does the same to banks of any number of ways, in which a hit has nothing to
 * assert; that the two agree, call by call, is tested.
 */
import { assert } from "#support";
import type { PageNumber, Word32 } from "#units";
import type { Column } from "./column.ts";
import { ANY_SPACE, NO_SLOT } from "./tlb-bank.ts";

/** What is kept in each slot. */
export interface TlbColumns {
  readonly lows: Column;
  readonly tops: Column;
  readonly cells: Column;
}

/** What stands in place of a tag and a page where nothing is kept. */
export const EMPTY_SLOT = -1;

const LOW_COUNT = 2 ** 20;
const TOP_COUNT = 2 ** 16;
const PAGE_COUNT = 2 ** 36;

/** What the highest bit of a word counts: a cell of a column has it as its sign. */
const SIGN = 2 ** 31;

/** Whether nothing is kept in `slot`. */
export function isEmptySlot({ tops }: TlbColumns, slot: number): boolean {
  return tops.read(slot) === EMPTY_SLOT;
}

/** Whether `page` is kept in `slot` under `tag`. */
export function isKeptIn(
  { lows, tops }: TlbColumns,
  slot: number,
  page: PageNumber,
  tag: number,
): boolean {
  return lows.read(slot) === page % LOW_COUNT && tops.read(slot) === topOf(page, tag);
}

/** The slot of `set` in which `page` is kept for `space`, or else for all spaces, or `NO_SLOT`. */
export function findInSet(
  columns: TlbColumns,
  set: number,
  page: PageNumber,
  space: number,
): number {
  const own = slotWith(columns, set, page, space);
  return own === NO_SLOT ? slotWith(columns, set, page, ANY_SPACE) : own;
}

/** The first empty slot of `set`, or else the one whose `turn` it is. */
export function placeInSet(columns: TlbColumns, set: number, turn: number): number {
  for (let way = 0; way < 4; way++) {
    if (isEmptySlot(columns, set * 4 + way)) return set * 4 + way;
  }
  return set * 4 + turn;
}

/** Keeps `cell` as that of `page` under `tag` in `slot`, which is empty. */
export function keepInSlot(
  columns: TlbColumns,
  slot: number,
  page: PageNumber,
  tag: number,
  cell: Word32,
): void {
  assert(isEmptySlot(columns, slot), "a translation is kept in an empty slot");
  assert(page < PAGE_COUNT && tag <= ANY_SPACE, "what is kept is a page of a space, or of all");
  columns.lows.write(slot, page % LOW_COUNT);
  columns.tops.write(slot, topOf(page, tag));
  columns.cells.write(slot, cell < SIGN ? cell : cell - 2 * SIGN);
}

/** Empties `slot`. */
export function dropFromSlot(columns: TlbColumns, slot: number): void {
  assert(!isEmptySlot(columns, slot), "only what is kept is dropped");
  columns.tops.write(slot, EMPTY_SLOT);
}

/** Keeps `cell` in `set` instead of all that was kept of `page` for `space`; answers the slot. */
export function fillSet(
  columns: TlbColumns,
  set: number,
  turn: number,
  page: PageNumber,
  space: number,
  tag: number,
  cell: Word32,
): number {
  const kept = findInSet(columns, set, page, space);
  const slot = kept === NO_SLOT ? placeInSet(columns, set, turn) : kept;
  invalidateInSet(columns, set, page, space);
  if (!isEmptySlot(columns, slot)) dropFromSlot(columns, slot);
  keepInSlot(columns, slot, page, tag, cell);
  return slot;
}

/** Drops all that is kept of `page` in `set` for `space`, and for all spaces. */
export function invalidateInSet(
  columns: TlbColumns,
  set: number,
  page: PageNumber,
  space: number,
): void {
  for (let way = 0; way < 4; way++) {
    const slot = set * 4 + way;
    const isOwn = isKeptIn(columns, slot, page, space);
    if (isOwn || isKeptIn(columns, slot, page, ANY_SPACE)) dropFromSlot(columns, slot);
  }
}

/** The slot of `set` in which `page` is kept under `tag`, or `NO_SLOT`. */
function slotWith(columns: TlbColumns, set: number, page: PageNumber, tag: number): number {
  for (let way = 0; way < 4; way++) {
    if (isKeptIn(columns, set * 4 + way, page, tag)) return set * 4 + way;
  }
  return NO_SLOT;
}

function topOf(page: PageNumber, tag: number): number {
  return tag * TOP_COUNT + Math.floor(page / LOW_COUNT);
}
