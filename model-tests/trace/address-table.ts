/**
 * Which block starts at an address: a table for programs that place and free at the same addresses over and
 * over.
 *
 * The `Map` of JavaScript keeps what was deleted in its chains until it grows. An address that is freed and
 * taken again a hundred thousand times makes a chain of so many, and each look-up walks along it: a log of
 * five million calls took ten minutes. Here a key that goes leaves nothing behind.
 *
 * Open addressing with linear probing, at most half full. What follows a deleted key is moved up, so that
 * no search ends too early.
 */

const FREE = -1;
const CAPACITY_MIN = 1024;
/** The golden ratio of 2^32: neighbours are spread over the whole table. */
const SPREAD = 0x9e3779b1;

export class AddressTable {
  #keys: Float64Array = new Float64Array(CAPACITY_MIN).fill(FREE);
  #values: Float64Array = new Float64Array(CAPACITY_MIN);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** What is kept for `address`, which is at least 0, or -1. */
  get(address: number): number {
    const slot = this.#slotOf(address);
    return this.#keys[slot] === address ? (this.#values[slot] as number) : FREE;
  }

  set(address: number, value: number): void {
    const slot = this.#slotOf(address);
    this.#values[slot] = value;
    if (this.#keys[slot] === address) return;
    this.#keys[slot] = address;
    this.#size += 1;
    if (2 * this.#size > this.#keys.length) this.#grow();
  }

  delete(address: number): void {
    const keys = this.#keys;
    let gap = this.#slotOf(address);
    if (keys[gap] !== address) return;
    this.#size -= 1;
    const mask = keys.length - 1;
    for (let slot = (gap + 1) & mask; keys[slot] !== FREE; slot = (slot + 1) & mask) {
      const key = keys[slot] as number;
      // A key may move up to the gap if its own search would begin there or before.
      const home = this.#homeOf(key);
      if (((slot - home) & mask) < ((slot - gap) & mask)) continue;
      keys[gap] = key;
      this.#values[gap] = this.#values[slot] as number;
      gap = slot;
    }
    keys[gap] = FREE;
  }

  /** Where `address` is, or the free place that it would have. */
  #slotOf(address: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let slot = this.#homeOf(address);
    while (keys[slot] !== address && keys[slot] !== FREE) slot = (slot + 1) & mask;
    return slot;
  }

  #homeOf(address: number): number {
    // Most addresses are multiples of 16, and differ in what is left.
    return (Math.imul(address / 16, SPREAD) >>> 7) & (this.#keys.length - 1);
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#keys = new Float64Array(2 * keys.length).fill(FREE);
    this.#values = new Float64Array(2 * keys.length);
    for (let slot = 0; slot < keys.length; slot++) {
      const key = keys[slot] as number;
      if (key === FREE) continue;
      const target = this.#slotOf(key);
      this.#keys[target] = key;
      this.#values[target] = values[slot] as number;
    }
  }
}
