/** The page allocator as a loop wants it: it keeps the values that stand for pages. */
import { type AllocatedPages, type PageAllocator, pageAllocator } from "#impl";
import type { ChunkRequest } from "#spec";
import { type PageNumber, unitCount, unitNumber } from "#units";
import type { RawPages } from "./chunk-probe.ts";

const ANY: ChunkRequest = { kind: "any" };

export class TreePages implements RawPages {
  readonly #allocator: PageAllocator;
  readonly #held: (AllocatedPages | undefined)[];
  readonly #first: number;

  /** Gives the pages above `lowLast`, as `heldCountMax` chunks at most. */
  constructor(lowLast: number, heldCountMax: number) {
    const low = lowLast as PageNumber;
    this.#first = lowLast + 1;
    this.#held = Array.from({ length: 2 * heldCountMax }, () => undefined);
    this.#allocator = pageAllocator(low, "general-pages-only", undefined, heldCountMax);
  }

  acquire(count: number): number {
    return this.#keep(ANY, count);
  }

  acquireAt(first: number, count: number): void {
    this.#keep({ kind: "at", first: unitNumber(first) }, count);
  }

  release(first: number): void {
    this.#held[first - this.#first]?.release();
  }

  #keep(request: ChunkRequest, count: number): number {
    const answer = this.#allocator.acquire(request, unitCount(count));
    if (!answer.ok) throw new Error(answer.failure.kind);
    this.#held[answer.value.first - this.#first] = answer.value;
    return answer.value.first;
  }
}
