/**
 * A column of which only some cells are kept, so that a theorem can be run on one of any length.
 *
 * It is what a formula takes a column to be: a number in each row, 0 where nothing else is said, and
 * what a real column would throw is thrown.
 */
import type { Column } from "#impl";
import { assert } from "#support";
import { CELL_LEAST, CELL_MOST } from "../translate/column.ts";

export class SparseColumn implements Column {
  readonly length: number;
  readonly #cells: Map<number, number>;

  constructor(length: number, cells: Iterable<readonly [number, number]>) {
    this.length = length;
    this.#cells = new Map(cells);
  }

  read(row: number): number {
    this.#assertRow(row);
    return this.#cells.get(row) ?? 0;
  }

  write(row: number, value: number): void {
    this.#assertRow(row);
    assert(CELL_LEAST <= value && value <= CELL_MOST, "a cell holds 32 bits");
    this.#cells.set(row, value);
  }

  #assertRow(row: number): void {
    assert(0 <= row && row < this.length, "only a row that exists is used");
  }
}
