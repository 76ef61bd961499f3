/**
 * A column that is one typed array, as `PlainColumn` is, and asserts nothing.
 *
 * It is for whoever is proved to read and write only rows that there are and numbers of 32 bits, as a walk is: a
 * theorem owes both of every column. An assertion would be compiled into a walk once for each of its words, and
 * there is a limit to how much the engine puts into one piece.
 */
import type { Column } from "./column.ts";

export class WordColumn implements Column {
  readonly length: number;
  readonly #cells: Int32Array;

  /** Makes `cells`, which its owner may go on to use, a column. */
  constructor(cells: Int32Array) {
    this.length = cells.length;
    this.#cells = cells;
  }

  read(row: number): number {
    return this.#cells[row] as number;
  }

  write(row: number, value: number): void {
    this.#cells[row] = value;
  }
}
