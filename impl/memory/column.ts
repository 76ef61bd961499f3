/**
 * The door to one column of a table: an integer of 32 bits, with its sign, in each row.
 *
 * A table beside the managed memory is no memory: it has rows, not addresses, and an index without
 * arithmetic. A function of columns reads and writes nothing else, so what it does is proved for
 * all columns there are, as what a function of a memory does is proved for every memory.
 */

export interface Column {
  /** How many rows there are, the first of which is row 0. */
  readonly length: number;
  /** The number in `row`, from -2^31 to 2^31 - 1. */
  read(row: number): number;
  /** Makes `value`, from -2^31 to 2^31 - 1, the number in `row`. */
  write(row: number, value: number): void;
}
