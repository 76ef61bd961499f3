/**
 * A finite map that an update changes, for whoever never looks back at an older state.
 *
 * The specification gives `FiniteMap` its meaning by copies, which would cost each block that a system
 * places as much as there are blocks. Here an update changes the map and answers the map itself.
 */
import { assert, type FiniteMap } from "#support";

export class InPlaceMap<Key, Value> implements FiniteMap<Key, Value> {
  readonly #map = new Map<Key, Value>();

  get size(): number {
    return this.#map.size;
  }

  has(key: Key): boolean {
    return this.#map.has(key);
  }

  get(key: Key): Value {
    const value = this.#map.get(key);
    assert(value !== undefined, "only a key that has a value is read");
    return value;
  }

  with(key: Key, value: Value): this {
    this.#map.set(key, value);
    return this;
  }

  without(key: Key): this {
    this.#map.delete(key);
    return this;
  }

  every(claim: (value: Value, key: Key) => boolean): boolean {
    for (const [key, value] of this.#map) if (!claim(value, key)) return false;
    return true;
  }

  some(claim: (value: Value, key: Key) => boolean): boolean {
    return !this.every((value, key) => !claim(value, key));
  }
}
