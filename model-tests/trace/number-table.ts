/**
 * A number for each of many numbers, such as which block starts at an address: a table for programs that place
 * and free at the same addresses over and over.
 *
 * The `Map` of JavaScript keeps what was deleted in its chains until it grows. An address that is freed and
 * taken again a hundred thousand times makes a chain of so many, and each look-up walks along it: a log of
 * five million calls took ten minutes. Here a key that goes leaves nothing behind.
 *
 * Open addressing with linear probing, at most half full. What follows a deleted key is moved up, so that
 * no search ends too early. A key lies beside its value: a look-up touches one line of a cache.
 *
 *     cells   ├ key value │ key value │ free … │ …
 */

const FREE = -1;
const BITS_MIN = 10;
/** The golden ratio of 2^32: neighbours are spread over the whole table. */
const SPREAD = 0x9e3779b1;

export class NumberTable {
  #cells: Float64Array = new Float64Array(2 << BITS_MIN).fill(FREE);
  /** How far the 32 bits of a hash are shifted to be the number of a slot. */
  #shift: number = 32 - BITS_MIN;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** What is kept for `key`, which is an integer of at least 0, or -1. */
  get(key: number): number {
    const cell = this.#cellOf(key);
    return this.#cells[cell] === key ? (this.#cells[cell + 1] as number) : FREE;
  }

  set(key: number, value: number): void {
    const cell = this.#cellOf(key);
    this.#cells[cell + 1] = value;
    if (this.#cells[cell] === key) return;
    this.#cells[cell] = key;
    this.#size += 1;
    if (4 * this.#size > this.#cells.length) this.#grow();
  }

  delete(key: number): void {
    const cells = this.#cells;
    let gap = this.#cellOf(key);
    if (cells[gap] !== key) return;
    this.#size -= 1;
    const mask = cells.length - 1;
    for (let cell = (gap + 2) & mask; cells[cell] !== FREE; cell = (cell + 2) & mask) {
      const other = cells[cell] as number;
      // A key may move up to the gap if its own search would begin there or before.
      if (((cell - this.#homeOf(other)) & mask) < ((cell - gap) & mask)) continue;
      cells[gap] = other;
      cells[gap + 1] = cells[cell + 1] as number;
      gap = cell;
    }
    cells[gap] = FREE;
  }

  /** Where `key` is, or the free place that it would have. */
  #cellOf(key: number): number {
    const cells = this.#cells;
    const mask = cells.length - 1;
    let cell = this.#homeOf(key);
    while (cells[cell] !== key && cells[cell] !== FREE) cell = (cell + 2) & mask;
    return cell;
  }

  #homeOf(key: number): number {
    return 2 * (Math.imul(key, SPREAD) >>> this.#shift);
  }

  #grow(): void {
    const cells = this.#cells;
    this.#cells = new Float64Array(2 * cells.length).fill(FREE);
    this.#shift -= 1;
    for (let cell = 0; cell < cells.length; cell += 2) {
      const key = cells[cell] as number;
      if (key === FREE) continue;
      const target = this.#cellOf(key);
      this.#cells[target] = key;
      this.#cells[target + 1] = cells[cell + 1] as number;
    }
  }
}
