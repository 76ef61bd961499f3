/**
 * The naive allocator with one thing wrong each, so that each breaks one rule. The behaviours of an
 * original that has been studied are in a file of their own.
 */
import type { ChunkRequest } from "#spec";
import type { Holding, Parts } from "./chunk-allocator.ts";
import { lastOf, NaiveChunks } from "./naive-chunks.ts";
import type { Span } from "./spans.ts";

/** Cannot put three free pieces together, and says so by throwing. */
export class UnfinishedChunks extends NaiveChunks {
  readonly #borders: Set<number> = new Set();

  override give(span: Span): void {
    super.give(span);
    this.#borders.add(span.first).add(span.last + 1);
  }

  override find(request: ChunkRequest, count: number): number | undefined {
    const first = super.find(request, count);
    if (first === undefined || request.kind !== "at") return first;
    const inside = [...this.#borders].filter((unit) => first < unit && unit < first + count);
    if (inside.length > 1) throw new RangeError("more than two pieces are not put together yet");
    return first;
  }
}

/** Begins in the middle of a unit. */
export class FractionalChunks extends NaiveChunks {
  override take(first: number, count: number): Holding {
    return this.hold(super.take(first, count).first + (count === 3 ? 0.5 : 0), count);
  }
}

/** Grants a request for nothing. */
export class GenerousChunks extends NaiveChunks {
  override acquire(request: ChunkRequest, count: number): Holding | undefined {
    if (count > 0) return super.acquire(request, count);
    const first = this.find(request, 1);
    return first === undefined ? undefined : this.hold(first, 0);
  }
}

/** Cuts a request down to what is left of its chunk. */
export class SaturatingChunks extends NaiveChunks {
  override acquire(request: ChunkRequest, count: number): Holding | undefined {
    const last = this.free.at(-1);
    if (count < 2 ** 36 || last === undefined) return super.acquire(request, count);
    return super.acquire(request, last.last - last.first + 1);
  }
}

/** Rounds the start of a window down. */
export class RoundingDownChunks extends NaiveChunks {
  override lowest(
    kinds: Parameters<NaiveChunks["lowest"]>[0],
    count: number,
    window: Span,
    align = 1,
  ): number | undefined {
    const first = super.lowest(kinds, count, window);
    return first === undefined ? undefined : Math.floor(first / align) * align;
  }
}

/** Gives any free units to whoever asks for any, reserved ones too. */
export class IndiscriminateChunks extends NaiveChunks {
  override open(): ReturnType<NaiveChunks["open"]> {
    return this.free;
  }
}

/** Looks whether the first unit of a request is free, and no further. */
export class FirstUnitOnlyChunks extends NaiveChunks {
  override find(request: ChunkRequest, count: number): number | undefined {
    if (request.kind !== "at") return super.find(request, count);
    const last = this.contract.areas.find(({ kind, first, last }) => {
      const isIn = first <= request.first && request.first + count - 1 <= last;
      return isIn && kind === "general";
    });
    return super.find(request, last === undefined ? count : 1);
  }
}

/** Takes designated units as readily as general ones. */
export class UnprejudicedChunks extends NaiveChunks {
  override find(request: ChunkRequest, count: number): number | undefined {
    if (request.kind === "at" || request.kind === "within") return super.find(request, count);
    const align = request.kind === "aligned" ? request.align : 1;
    const window = { first: 0, last: Number.MAX_SAFE_INTEGER };
    return this.lowest(["general", "designated"], count, window, align);
  }
}

/** Does not count the last unit of a free run. */
export class OffByOneChunks extends NaiveChunks {
  override fits(count: number, first: number, last: number): boolean {
    return last - first >= count;
  }
}

/** Does not put free runs together again. */
export class CrumblingChunks extends NaiveChunks {
  override give(span: Span): void {
    this.free = [...this.free, span].sort((one, other) => one.first - other.first);
  }

  override open(kinds: Parameters<NaiveChunks["open"]>[0]): ReturnType<NaiveChunks["open"]> {
    const isOf = ({ first }: Span): boolean =>
      this.contract.areas.some(
        (area) => kinds.includes(area.kind) && area.first <= first && first <= area.last,
      );
    return this.free.filter(isOf);
  }
}

/** Loses what is left behind a request at a place. */
export class LosingChunks extends NaiveChunks {
  override acquire(request: ChunkRequest, count: number): Holding | undefined {
    const chunk = super.acquire(request, count);
    if (chunk === undefined || request.kind !== "at") return chunk;
    this.free = this.free.filter(({ first }) => first !== lastOf(chunk) + 1);
    return chunk;
  }
}

/** Keeps track of fewer chunks than it promised. */
export class ForgetfulChunks extends NaiveChunks {
  override acquire(request: ChunkRequest, count: number): Holding | undefined {
    return this.held.size >= 3 ? undefined : super.acquire(request, count);
  }
}

/** Puts the unit at which a chunk is split into the lower part. */
export class MissplittingChunks extends NaiveChunks {
  override split(chunk: Holding, at: number): Parts<Holding> | undefined {
    return super.split(chunk, at === lastOf(chunk) ? at + 1 : at);
  }
}

/** Merges what has a unit in between. */
export class BridgingChunks extends NaiveChunks {
  override touches(below: Holding, above: Holding): boolean {
    const gap = above.first - lastOf(below) - 1;
    return super.touches(below, above) || gap === 1;
  }
}

/** Merges across a seam. */
export class SeamlessChunks extends NaiveChunks {
  override touches(below: Holding, above: Holding): boolean {
    return lastOf(below) + 1 === above.first;
  }
}

/** Takes back what is used up already. */
export class TrustingChunks extends NaiveChunks {
  override useUp(chunk: Holding): void {
    this.held.delete(chunk);
  }

  override give(span: Span): void {
    const isFree = this.free.some(({ first, last }) => first <= span.first && span.first <= last);
    if (!isFree) super.give(span);
  }
}

/** Takes back one unit more than was held, if somebody else holds it. */
export class OverreturningChunks extends NaiveChunks {
  override give(span: Span): void {
    super.give(span);
    const isNext = [...this.held].some(({ first }) => first === span.last + 1);
    if (isNext) super.give({ first: span.last + 1, last: span.last + 1 });
  }
}

/** Gives the last unit of every chunk of more than one to the next as well. */
export class DuplicatingChunks extends NaiveChunks {
  override take(first: number, count: number): Holding {
    const chunk = super.take(first, count);
    if (count > 1) this.give({ first: lastOf(chunk), last: lastOf(chunk) });
    return chunk;
  }
}

/** Joins what is released to what is free behind it, and keeps only that. */
export class MisjoiningChunks extends NaiveChunks {
  override give(span: Span): void {
    const isJoined = this.free.some(({ first }) => first === span.last + 1);
    if (!isJoined) super.give(span);
  }
}
