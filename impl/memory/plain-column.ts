/**
 * A column that is one typed array.
 *
 * The assertions are those of the door: an index beside the array would read nothing and write
 * nothing, and a number of more than 32 bits would lose those above, both without a word.
 */
import { assert } from "#support";
import type { Column } from "./column.ts";

export class PlainColumn implements Column {
  readonly length: number;
  readonly #cells: Int32Array;

  /** Makes `cells`, which its owner may go on to use, a column. */
  constructor(cells: Int32Array) {
    this.length = cells.length;
    this.#cells = cells;
  }

  read(row: number): number {
    const value = this.#cells[row];
    assert(value !== undefined, "only a row that exists is read");
    return value;
  }

  write(row: number, value: number): void {
    assert(this.#cells[row] !== undefined, "only a row that exists is written");
    assert((value | 0) === value, "a cell holds 32 bits");
    this.#cells[row] = value;
  }
}
