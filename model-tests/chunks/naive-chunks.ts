/**
 * An allocator of pages or frames that is correct, and short enough that one can see it: what is free is
 * a sorted array of runs, walked from its low end. Every toy is this allocator with one thing wrong.
 *
 * A run in the array goes on across the borders of areas, but not across a seam, so that free units on
 * both sides of a border are one run. What of it may be given to a request is cut out of it when the
 * request is made.
 */
import type { AreaKind, ChunkContract, ChunkRequest } from "#spec";
import { demand } from "#support";
import type { ChunkAllocator, Holding, Parts } from "./chunk-allocator.ts";
import { joined, type Span, shared, without } from "./spans.ts";

const GENERAL: readonly AreaKind[] = ["general"];
const UNRESERVED: readonly AreaKind[] = ["general", "designated"];
const ALL: readonly AreaKind[] = ["general", "designated", "reserved"];

export class NaiveChunks implements ChunkAllocator {
  readonly contract: ChunkContract;
  readonly held: Set<Holding> = new Set();
  /** What nobody holds, lowest first. */
  free: readonly Span[];

  constructor(contract: ChunkContract) {
    this.contract = contract;
    this.free = joined(contract.areas, contract.seams);
  }

  acquire(request: ChunkRequest, count: number): Holding | undefined {
    if (count < 1 || this.isFull()) return undefined;
    const first = this.find(request, count);
    return first === undefined ? undefined : this.take(first, count);
  }

  release(chunk: Holding): void {
    this.useUp(chunk);
    this.give({ first: chunk.first, last: lastOf(chunk) });
  }

  split(chunk: Holding, at: number): Parts<Holding> | undefined {
    demand(this.held.has(chunk), "a chunk that is split is held");
    const count = at - chunk.first;
    if (count < 0 || count > chunk.count || this.isFull()) return undefined;
    this.useUp(chunk);
    return {
      below: count === 0 ? undefined : this.hold(chunk.first, count),
      above: count === chunk.count ? undefined : this.hold(at, chunk.count - count),
    };
  }

  merge(chunk: Holding, other: Holding): Holding | undefined {
    demand(this.held.has(chunk) && this.held.has(other), "chunks that are merged are held");
    const isAbove = this.touches(chunk, other);
    const isBelow = this.contract.mergesBelow && this.touches(other, chunk);
    if (!isAbove && !isBelow) return undefined;
    this.useUp(chunk);
    this.useUp(other);
    return this.hold(Math.min(chunk.first, other.first), chunk.count + other.count);
  }

  /** The lowest unit from which `request` can be granted. */
  find(request: ChunkRequest, count: number): number | undefined {
    const { kind } = request;
    const end = Number.MAX_SAFE_INTEGER;
    if (kind === "at") {
      const { first } = request;
      return this.lowest(ALL, count, { first, last: Math.min(first + count - 1, end) });
    }
    if (kind === "within") return this.lowest(UNRESERVED, count, request);
    const align = kind === "aligned" ? request.align : 1;
    const general = this.lowest(GENERAL, count, { first: 0, last: end }, align);
    if (general !== undefined || !this.contract.fallsBack) return general;
    return this.lowest(UNRESERVED, count, { first: 0, last: end }, align);
  }

  /** The lowest multiple of `align` in `window` from which `count` units of these kinds are free. */
  lowest(kinds: readonly AreaKind[], count: number, window: Span, align = 1): number | undefined {
    for (const span of this.open(kinds)) {
      const first = Math.ceil(Math.max(span.first, window.first) / align) * align;
      if (this.fits(count, first, Math.min(span.last, window.last))) return first;
    }
    return undefined;
  }

  /** Whether there are `count` units from `first` to `last`. */
  fits(count: number, first: number, last: number): boolean {
    return last - first >= count - 1;
  }

  /** The free runs of units of these kinds. */
  open(kinds: readonly AreaKind[]): readonly Span[] {
    const areas = this.contract.areas.filter(({ kind }) => kinds.includes(kind));
    return joined(shared(this.free, areas), this.contract.seams);
  }

  take(first: number, count: number): Holding {
    this.free = without(this.free, { first, last: first + count - 1 });
    return this.hold(first, count);
  }

  give(span: Span): void {
    this.free = joined([...this.free, span], this.contract.seams);
  }

  hold(first: number, count: number): Holding {
    const chunk = { first, count };
    this.held.add(chunk);
    return chunk;
  }

  useUp(chunk: Holding): void {
    demand(this.held.delete(chunk), "a chunk that is used up is held");
  }

  isFull(): boolean {
    const { chunkCountMax } = this.contract;
    return chunkCountMax !== undefined && this.held.size >= chunkCountMax;
  }

  /** Whether `above` begins where `below` ends, and not at a seam. */
  touches(below: Holding, above: Holding): boolean {
    const isSeam = this.contract.seams.some((seam) => seam === above.first);
    return lastOf(below) + 1 === above.first && !isSeam;
  }
}

/** The last unit of `chunk`. */
export function lastOf({ first, count }: Holding): number {
  return first + count - 1;
}
