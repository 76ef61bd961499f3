/**
 * The held chunks of a long trace: the questions of `HeldChunks`, answered by walking what is free.
 *
 * The specification gives those questions their meaning unit by unit, and address spaces have 2^36
 * units. Here chunks are kept sorted by their first unit. An update changes the index in place and
 * answers the index itself: whoever judges a trace never looks back at an older state. Held chunks are
 * disjoint, or the judge would have stopped.
 */
import type { Areas, Chunk, HeldChunks, Kinds, Run, Window } from "#spec";
import { assert } from "#support";
import type { ChunkName, UnitCount } from "#units";
import { joined, type Span } from "./spans.ts";

export class HeldIndex implements HeldChunks {
  readonly #byName = new Map<ChunkName, Chunk>();
  readonly #sorted: Chunk[] = [];

  get size(): number {
    return this.#sorted.length;
  }

  /** All held chunks, lowest first. */
  get chunks(): readonly Chunk[] {
    return this.#sorted;
  }

  has(name: ChunkName): boolean {
    return this.#byName.has(name);
  }

  at(name: ChunkName): Chunk {
    const chunk = this.#byName.get(name);
    assert(chunk !== undefined, "only a chunk that is held is asked for");
    return chunk;
  }

  every(claim: (chunk: Chunk, name: ChunkName) => boolean): boolean {
    return [...this.#byName].every(([name, chunk]) => claim(chunk, name));
  }

  /** The first unit is of these kinds, and so is each that comes after the end of an area. */
  covers({ areas, seams }: Areas, kinds: Kinds, { first, count }: Run): boolean {
    const isOfKind = (unit: number): boolean =>
      areas.some((each) => isAmongst(kinds, each.kind) && each.first <= unit && unit <= each.last);
    const isLast = (unit: number): boolean => unit < first || count - 1 <= unit - first;
    return (
      count === 0 ||
      (isOfKind(first) &&
        areas.every(({ last }) => isLast(last) || isOfKind(last + 1)) &&
        !seams.some((seam) => first < seam && seam - first < count))
    );
  }

  overlapping({ first, count }: Run): boolean {
    const below = this.#sorted[this.#countBelow(first + count) - 1];
    return below !== undefined && below.first + below.count > first;
  }

  hasRoom(areas: Areas, kinds: Kinds, window: Window, count: UnitCount): boolean {
    return this.freeSpans(areas, kinds).some(({ first, last }) => {
      const lowest = Math.max(first, window.first);
      const start = Math.ceil(lowest / window.align) * window.align;
      return Math.min(last, window.last) - start >= count - 1;
    });
  }

  with(chunk: Chunk): this {
    if (this.has(chunk.name)) this.without(chunk.name);
    this.#byName.set(chunk.name, chunk);
    this.#sorted.splice(this.#countBelow(chunk.first), 0, chunk);
    return this;
  }

  without(name: ChunkName): this {
    const chunk = this.at(name);
    this.#byName.delete(name);
    this.#sorted.splice(this.#sorted.indexOf(chunk), 1);
    return this;
  }

  /** What nobody holds of units of these kinds, as long runs as there are, lowest first. */
  freeSpans({ areas, seams }: Areas, kinds: Kinds): readonly Span[] {
    const spans = joined(
      areas.filter(({ kind }) => isAmongst(kinds, kind)),
      seams,
    );
    return spans.flatMap((span) => this.#freeIn(span));
  }

  #freeIn(span: Span): readonly Span[] {
    const free: Span[] = [];
    let { first } = span;
    // The chunk before the first that begins in the span may reach into it.
    const start = Math.max(0, this.#countBelow(first) - 1);
    for (let index = start; index < this.#sorted.length; index++) {
      const chunk = this.#sorted[index] as Chunk;
      if (chunk.first > span.last) break;
      if (chunk.first > first) free.push({ first, last: chunk.first - 1 });
      first = Math.max(first, chunk.first + chunk.count);
    }
    return first <= span.last ? [...free, { first, last: span.last }] : free;
  }

  /** How many chunks begin below `bound`. */
  #countBelow(bound: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#sorted[middle] as Chunk).first < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isAmongst(kinds: Kinds, kind: "general" | "designated" | "reserved"): boolean {
  if (kind === "general") return true;
  return kind === "designated" ? kinds !== "general" : kinds === "all";
}
