/** Free pages as two sorted arrays, walked from their low end: what a tree of chunks is beside. */
import type { RawPages } from "./chunk-probe.ts";

export class NaivePages implements RawPages {
  readonly #firsts: number[];
  readonly #counts: number[];

  constructor(first: number, count: number) {
    this.#firsts = [first];
    this.#counts = [count];
  }

  acquire(count: number): number {
    const place = this.#counts.findIndex((each) => each >= count);
    const first = this.#firsts[place];
    if (first === undefined) return 0;
    this.#take(place, first, count);
    return first;
  }

  acquireAt(first: number, count: number): void {
    this.#take(this.#placeBelow(first), first, count);
  }

  release(first: number, count: number): void {
    const below = this.#placeBelow(first);
    const belowFirst = this.#firsts[below] ?? 0;
    const joinsBelow = below >= 0 && belowFirst + (this.#counts[below] ?? 0) === first;
    const joinsAbove = this.#firsts[below + 1] === first + count;
    const start = joinsBelow ? belowFirst : first;
    const end = joinsAbove ? first + count + (this.#counts[below + 1] ?? 0) : first + count;
    const place = joinsBelow ? below : below + 1;
    const gone = (joinsBelow ? 1 : 0) + (joinsAbove ? 1 : 0);
    this.#firsts.splice(place, gone, start);
    this.#counts.splice(place, gone, end - start);
  }

  /** Takes units out of the chunk at `place`, which has them. */
  #take(place: number, first: number, count: number): void {
    const chunkFirst = this.#firsts[place] ?? 0;
    const before = first - chunkFirst;
    const after = (this.#counts[place] ?? 0) - before - count;
    const left = [
      { unit: chunkFirst, units: before },
      { unit: first + count, units: after },
    ].filter(({ units }) => units > 0);
    this.#firsts.splice(place, 1, ...left.map(({ unit }) => unit));
    this.#counts.splice(place, 1, ...left.map(({ units }) => units));
  }

  /** The place of the last chunk that does not begin above `first`, or -1. */
  #placeBelow(first: number): number {
    let low = 0;
    let high = this.#firsts.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#firsts[middle] ?? 0) <= first) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
