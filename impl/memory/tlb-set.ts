/**
 * One set of a TLB, step by step: what it is to find a page in it, to keep one, to drop one, and to drop
 * all that is kept of one.
 *
 *     slot     way 0    way 1    …                        a set is a row of `ways` slots
 *     low      the lowest 20 bits of the page's number
 *     top      ├── tag, 13 bits ──┼── the upper 16 bits of the page's number ──┤   -1 if empty
 *     cell     ├── frame, 20 bits ──┼── rights, 12 bits ──┤
 *     set
 *     turn     the way that is replaced next, if none is empty
 *
 * A page has 36 bits and comes as two numbers, its lowest 20 bits and its upper 16, which is what the words of
 * an address have of it: so everything is an integer that the engine does not box. A cell is laid out as the
 * low word of an entry is: memory of at most 4 GiB has frames of 20 bits, and what is left to do in a hit
 * is to put the offset where the rights are.
 *
 * These are the lines that run, on the arrays of `TlbBank`. They are proved for sets of one to four ways, by
 * reading the loop over the ways once for each.
 */
import { assert } from "#support";
import type { Column } from "./column.ts";
import { GLOBAL } from "./page-table-entry.ts";

/** What is kept in each slot, and whose turn it is in each set. */
export interface TlbColumns {
  readonly ways: number;
  readonly lows: Column;
  readonly tops: Column;
  readonly cells: Column;
  readonly turns: Column;
}

/** The tag of a page that every address space has. */
export const ANY_SPACE = 4096;

/** No translation is kept. */
export const NO_SLOT = -1;

/** What stands in place of a tag and a page where nothing is kept. */
const EMPTY = -1;

/** How many numbers the lowest 20 bits of a page's number can be, and the upper 16. */
const LOW_COUNT = 2 ** 20;
const HIGH_COUNT = 2 ** 16;

/** Memory of 4 GiB. */
const FRAME_COUNT = 2 ** 20;
const RIGHTS_COUNT = 2 ** 12;

/** Where among its rights a page says that it is global. */
const GLOBAL_BIT = 8;

assert(2 ** GLOBAL_BIT === GLOBAL, "rights have the bits of an entry");

/** What the highest bit of a word counts: a cell of a column has it as its sign. */
const SIGN = 2 ** 31;

/** Whether nothing is kept in `slot`. */
export function isEmptySlot({ tops }: TlbColumns, slot: number): boolean {
  return tops.read(slot) === EMPTY;
}

/** Whether the page of `high` and `low` is kept in `slot` under `tag`. */
export function isKeptIn(
  { lows, tops }: TlbColumns,
  slot: number,
  high: number,
  low: number,
  tag: number,
): boolean {
  return lows.read(slot) === low && tops.read(slot) === tag * HIGH_COUNT + high;
}

/** The slot of `set` in which a page is kept for `space`, or else for all spaces, or `NO_SLOT`. */
export function findInSet(
  columns: TlbColumns,
  set: number,
  high: number,
  low: number,
  space: number,
): number {
  const own = slotWith(columns, set, high, low, space);
  return own === NO_SLOT ? slotWith(columns, set, high, low, ANY_SPACE) : own;
}

/** The slot of `set` in which a page is kept under `tag`, or `NO_SLOT`. */
export function slotWith(
  columns: TlbColumns,
  set: number,
  high: number,
  low: number,
  tag: number,
): number {
  const { ways } = columns;
  for (let way = 0; way < ways; way++) {
    if (isKeptIn(columns, set * ways + way, high, low, tag)) return set * ways + way;
  }
  return NO_SLOT;
}

/** The first empty slot of `set`, or else the one whose turn it is, and then it is that of the next. */
export function placeInSet(columns: TlbColumns, set: number): number {
  const { ways, turns } = columns;
  for (let way = 0; way < ways; way++) {
    if (isEmptySlot(columns, set * ways + way)) return set * ways + way;
  }
  const turn = turns.read(set);
  turns.write(set, turn + 1 === ways ? 0 : turn + 1);
  return set * ways + turn;
}

/** Keeps `frame` and `rights` as those of a page under `tag` in `slot`, which is empty. */
export function keepInSlot(
  columns: TlbColumns,
  slot: number,
  high: number,
  low: number,
  tag: number,
  frame: number,
  rights: number,
): void {
  assert(isEmptySlot(columns, slot), "a translation is kept in an empty slot");
  assert(0 <= low && low < LOW_COUNT, "the lower part of a page's number has 20 bits");
  assert(0 <= high && high < HIGH_COUNT, "the upper part of a page's number has 16 bits");
  assert(0 <= tag && tag <= ANY_SPACE, "a page is kept for a space, or for all");
  assert(
    0 <= frame && frame < FRAME_COUNT,
    "a core keeps frames of memory, which has 4 GiB at most",
  );
  assert(0 <= rights && rights < RIGHTS_COUNT, "rights have 12 bits");

  const cell = frame * RIGHTS_COUNT + rights;
  columns.lows.write(slot, low);
  columns.tops.write(slot, tag * HIGH_COUNT + high);
  columns.cells.write(slot, cell < SIGN ? cell : cell - 2 * SIGN);
}

/** Empties `slot`. */
export function dropFromSlot(columns: TlbColumns, slot: number): void {
  assert(!isEmptySlot(columns, slot), "only what is kept is dropped");
  columns.tops.write(slot, EMPTY);
}

/**
 * Keeps `frame` and `rights` in `set` instead of all that was kept of a page for `space`, and answers the
 * slot; `dropping` hears of each slot before it is emptied.
 */
export function fillSet(
  columns: TlbColumns,
  set: number,
  high: number,
  low: number,
  space: number,
  frame: number,
  rights: number,
  dropping: (slot: number) => void,
): number {
  const kept = findInSet(columns, set, high, low, space);
  const slot = kept === NO_SLOT ? placeInSet(columns, set) : kept;
  // A page may be kept twice, for its space and, from before it was changed, for all of them.
  invalidateInSet(columns, set, high, low, space, dropping);
  if (!isEmptySlot(columns, slot)) {
    dropping(slot);
    dropFromSlot(columns, slot);
  }
  const tag = ((rights >>> GLOBAL_BIT) & 1) === 1 ? ANY_SPACE : space;
  keepInSlot(columns, slot, high, low, tag, frame, rights);
  return slot;
}

/** Drops all that is kept of a page in `set` for `space`, and for all spaces. */
export function invalidateInSet(
  columns: TlbColumns,
  set: number,
  high: number,
  low: number,
  space: number,
  dropping: (slot: number) => void,
): void {
  const { ways } = columns;
  for (let way = 0; way < ways; way++) {
    const slot = set * ways + way;
    const isOwn = isKeptIn(columns, slot, high, low, space);
    if (isOwn || isKeptIn(columns, slot, high, low, ANY_SPACE)) {
      dropping(slot);
      dropFromSlot(columns, slot);
    }
  }
}
