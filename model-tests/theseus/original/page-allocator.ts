/**
 * Who hands out virtual pages, as far as heaps ask it: any run of pages, or the run at a page.
 *
 *     page   1              general area                 heap area
 *            ├───── any run comes from here ─────┤  ├─ initial ─┼─ end … growth ─┤
 *
 * 1. Any run: the highest chunk of the general area that serves, from its low end. What just fits
 *    is refused, by an error of one. If none serves, the other areas are asked, highest chunk first: so
 *    a large object may get the very pages at which the heaps would grow next.
 * 2. At a page: the chunk that holds it. One that is too short swallows the free chunks that follow it
 *    without a gap, and is granted without asking whether they reach far enough; what is left of the
 *    last one is lost.
 *
 * What is left of a chunk is in no list until the caller lets go of it with `finish`.
 */
import { type Boxes, type Chunk, FreeChunks, type Span } from "./free-chunks.ts";
import { Lock } from "./lock.ts";

const BOX_SIZE = 40;

/** Pages that were granted, and what was left of their chunk. */
export interface GrantedPages extends Span {
  readonly rest: readonly Span[];
}

export class PageAllocator {
  readonly #free: FreeChunks;
  readonly #general: Span;

  /** All of `spans` is free; the first is the general area. */
  constructor(spans: readonly [Span, ...Span[]], boxes: Boxes) {
    this.#free = new FreeChunks(new Lock("FREE_PAGE_LIST"), BOX_SIZE, boxes);
    this.#general = spans[0];
    for (const span of spans) this.#free.insert(span);
  }

  allocateAny(count: number): GrantedPages | undefined {
    this.#free.lock.acquire();
    const highest = [...this.#free.chunks].reverse();
    const fits = ({ first, last }: Span): boolean => first + count <= last;
    const isGeneral = ({ first }: Span): boolean => first <= this.#general.last;
    const chunk =
      highest.find((each) => isGeneral(each) && fits(each)) ??
      highest.find((each) => !isGeneral(each) && fits(each));
    const granted = chunk && this.#take(chunk, chunk.first, chunk.first + count - 1);
    this.#free.lock.release();
    return granted;
  }

  allocateAt(first: number, count: number): GrantedPages | undefined {
    this.#free.lock.acquire();
    const granted = this.#takeAt(first, first + count - 1);
    this.#free.lock.release();
    return granted;
  }

  /** Lists what was left of a chunk. */
  finish({ rest }: GrantedPages): void {
    if (rest.length === 0) return;
    this.#free.lock.acquire();
    for (const span of rest) this.#free.insert(span);
    this.#free.lock.release();
  }

  /** Takes pages back; they are joined with one neighbour at most. */
  drop({ first, last }: Span): void {
    this.#free.lock.acquire();
    const next = this.#free.firstFrom(first);
    const previous = this.#free.lastUpTo(first);
    if (next?.first === last + 1) this.#replace(next, { first, last: next.last });
    else if (previous?.last === first - 1) this.#replace(previous, { first: previous.first, last });
    else this.#free.insert({ first, last });
    this.#free.lock.release();
  }

  fingerprint(): string {
    return this.#free.fingerprint();
  }

  #takeAt(first: number, last: number): GrantedPages | undefined {
    const chunk = this.#free.lastUpTo(first);
    if (chunk === undefined || first > chunk.last) return undefined;
    if (last <= chunk.last) return this.#take(chunk, first, last);

    const swallowed: Chunk[] = [];
    let end = chunk.last;
    for (let next = this.#free.firstFrom(end + 1); next?.first === end + 1 && end < last; ) {
      swallowed.push(next);
      end = next.last;
      next = this.#free.firstFrom(end + 1);
    }
    if (swallowed.length === 0) return undefined;
    for (const next of swallowed) this.#free.remove(next);
    return this.#take(chunk, first, last);
  }

  #take(chunk: Chunk, first: number, last: number): GrantedPages {
    this.#free.remove(chunk);
    const before = first > chunk.first ? [{ first: chunk.first, last: first - 1 }] : [];
    const behind = last < chunk.last ? [{ first: last + 1, last: chunk.last }] : [];
    return { first, last, rest: [...before, ...behind] };
  }

  /** The new box is allocated before the old one is freed. */
  #replace(chunk: Chunk, span: Span): void {
    this.#free.insert(span);
    this.#free.remove(chunk);
  }
}
