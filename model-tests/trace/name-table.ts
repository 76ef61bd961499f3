/**
 * Turns the ids of a file into names: 0, 1, 2 … in the order in which they are first mentioned.
 *
 * A long trace has far more blocks than are ever alive together, so ids are forgotten. Live ones are
 * kept, and of the others the last `pastMax`: a double free refers to a block that is dead, most
 * often to one that died lately. An id that was forgotten and comes back is a name that nobody has.
 *
 *     unknown ──ask──> live ──release──> past ──(pastMax others)──> forgotten
 *        └──refer──> past                 └──restore──> live
 *
 * What is known of an id lies in columns of numbers, at a row of its own.
 */
import { assert } from "#support";
import { type BlockName, blockName } from "#units";
import type { BlockId } from "./block-id.ts";
import { NumberTable } from "./number-table.ts";

/** `PAST` is dead; `UNASKED` was referred to, and no call has asked for it. */
const [LIVE, PAST, UNASKED] = [0, 1, 2] as const;
const COLUMNS = 3;
/** `TURN` is when an id last stopped being live, or was first referred to. */
const [NAME, STATE, TURN] = [0, 1, 2] as const;
const ROWS_MIN = 256;
const NO_ROW = -1;
const NO_TURN = Number.NEGATIVE_INFINITY;

export class NameTable {
  readonly #rowsOfNumbers = new NumberTable();
  readonly #rowsOfTexts = new Map<string, number>();
  #cells: Float64Array = new Float64Array(COLUMNS * ROWS_MIN);
  /** The id at each row. */
  readonly #ids: BlockId[] = [];
  readonly #freeRows: number[] = [];
  /** The rows of the last turns, each at its turn modulo the length. */
  readonly #turns: number[] = [];
  readonly #pastMax: number;
  /** The id that was asked for last, and its row: a call asks for its block twice. */
  #knownId: BlockId | undefined;
  #knownRow = NO_ROW;
  #turn = 0;
  #next = 0;

  constructor(pastMax: number) {
    assert(pastMax >= 1, "at least the id in hand is remembered");
    this.#pastMax = pastMax;
  }

  /** How many ids are remembered. */
  get size(): number {
    return this.#rowsOfNumbers.size + this.#rowsOfTexts.size;
  }

  /** Names the block that is asked for under `id`, or returns undefined if another has that id. */
  ask(id: BlockId): BlockName | undefined {
    const row = this.#rowOf(id);
    if (row === NO_ROW) return this.#nameAt(this.#add(id, LIVE));
    if (this.#cell(row, STATE) !== UNASKED) return undefined;

    this.#setState(row, LIVE);
    return this.#nameAt(row);
  }

  /** The name of the block that `id` refers to. */
  refer(id: BlockId): BlockName {
    const known = this.#rowOf(id);
    if (known !== NO_ROW) return this.#nameAt(known);

    const row = this.#add(id, UNASKED);
    this.#takeTurn(row);
    return this.#nameAt(row);
  }

  /** Lets go of `id`, if it is live: its block is freed, or was never granted. */
  release(id: BlockId): void {
    const row = this.#rowOf(id);
    if (row === NO_ROW || this.#cell(row, STATE) !== LIVE) return;

    this.#setState(row, PAST);
    this.#takeTurn(row);
  }

  /** Takes back that `id` was let go of: its block was not freed after all. */
  restore(id: BlockId): void {
    const row = this.#rowOf(id);
    if (row !== NO_ROW && this.#cell(row, STATE) === PAST) this.#setState(row, LIVE);
  }

  #rowOf(id: BlockId): number {
    if (id === this.#knownId) return this.#knownRow;
    const row =
      typeof id === "number" ? this.#rowsOfNumbers.get(id) : (this.#rowsOfTexts.get(id) ?? NO_ROW);
    this.#knownId = id;
    this.#knownRow = row;
    return row;
  }

  #cell(row: number, column: number): number {
    return this.#cells[COLUMNS * row + column] as number;
  }

  #nameAt(row: number): BlockName {
    return blockName(this.#cell(row, NAME));
  }

  #setState(row: number, state: number): void {
    this.#cells[COLUMNS * row + STATE] = state;
  }

  #add(id: BlockId, state: number): number {
    const row = this.#freeRows.pop() ?? this.#ids.length;
    if (COLUMNS * row >= this.#cells.length) {
      const cells = new Float64Array(2 * this.#cells.length);
      cells.set(this.#cells);
      this.#cells = cells;
    }
    this.#ids[row] = id;
    this.#cells[COLUMNS * row + NAME] = this.#next;
    this.#cells[COLUMNS * row + TURN] = NO_TURN;
    this.#setState(row, state);
    if (typeof id === "number") this.#rowsOfNumbers.set(id, row);
    else this.#rowsOfTexts.set(id, row);
    this.#next += 1;
    this.#knownId = id;
    this.#knownRow = row;
    return row;
  }

  /** Remembers the id at `row` as the latest that is not live, and forgets the one that was `pastMax` before. */
  #takeTurn(row: number): void {
    if (this.#pastMax === Number.POSITIVE_INFINITY) return;

    const place = this.#turn % this.#pastMax;
    const oldest = this.#turns[place];
    const isOver = oldest !== undefined && this.#cell(oldest, TURN) === this.#turn - this.#pastMax;
    if (isOver && this.#cell(oldest, STATE) !== LIVE) this.#forget(oldest);

    this.#turns[place] = row;
    this.#cells[COLUMNS * row + TURN] = this.#turn;
    this.#turn += 1;
  }

  #forget(row: number): void {
    const id = this.#ids[row] as BlockId;
    if (typeof id === "number") this.#rowsOfNumbers.delete(id);
    else this.#rowsOfTexts.delete(id);
    this.#ids[row] = 0;
    this.#cells[COLUMNS * row + TURN] = NO_TURN;
    this.#freeRows.push(row);
    this.#knownId = undefined;
  }
}
