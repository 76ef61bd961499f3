/**
 * The naive allocator with the faults of an original that are no slips, but follow from its design. Those
 * that are slips are among the other mutants.
 *
 *     T-01           what is left behind a request at a place is lost       losing
 *     T-02           the end of a run of several pieces is not looked at    first-unit-only
 *     T-03           what just fits is refused                              off-by-one
 *     T-04           a request that is too large is cut down                saturating
 *     T-05           the numbers of a hole stand for other units            aliasing
 *     T-06           what is left is put back later                         deferring
 *     T-08           areas above a request are not looked at                unseeing
 *     T-10           more than two pieces are not put together              unfinished, crumbling
 *     T-11           a chunk has a kind, whatever units are in it           mistyping
 *     T-13           a split at the last unit gives the whole               missplitting
 */
import type { AreaKind, ChunkRequest } from "#spec";
import type { Holding } from "./chunk-allocator.ts";
import { lastOf, NaiveChunks } from "./naive-chunks.ts";
import { joined, type Span, shared } from "./spans.ts";

/** Takes no notice of a seam. */
export class AliasingChunks extends NaiveChunks {
  override open(kinds: readonly AreaKind[]): readonly Span[] {
    const areas = this.contract.areas.filter(({ kind }) => kinds.includes(kind));
    return joined(shared(this.free, areas), []);
  }
}

/** Puts back what is left of a free run only when it is called again and has looked. */
export class DeferringChunks extends NaiveChunks {
  #later: readonly Span[] = [];

  override acquire(request: ChunkRequest, count: number): Holding | undefined {
    const due = this.#later;
    this.#later = [];
    const chunk = super.acquire(request, count);
    for (const span of due) this.give(span);
    if (chunk === undefined) return undefined;
    const beside = ({ first, last }: Span): boolean =>
      first === lastOf(chunk) + 1 || last + 1 === chunk.first;
    this.#later = this.free.filter(beside);
    this.free = this.free.filter((span) => !beside(span));
    return chunk;
  }
}

/** Grants what begins in reserved units as if all of it were. */
export class UnseeingChunks extends NaiveChunks {
  override find(request: ChunkRequest, count: number): number | undefined {
    const first = super.find(request, count);
    if (first !== undefined || request.kind !== "at" || count < 1) return first;
    const last = this.contract.areas.at(-1)?.last ?? 0;
    const isReserved = this.open(["reserved"]).some(
      (span) => span.first <= request.first && request.first <= span.last,
    );
    return isReserved && last - request.first >= count - 1 ? request.first : undefined;
  }
}

/** Puts all of a chunk back as units of the kind that its first one has. */
export class MistypingChunks extends NaiveChunks {
  readonly #general = new Set<number>();

  override give(span: Span): void {
    super.give(span);
    const isGeneral = (unit: number): boolean =>
      this.contract.areas.some(
        ({ kind, first, last }) => kind === "general" && first <= unit && unit <= last,
      );
    if (isGeneral(span.first) && !isGeneral(span.last)) this.#general.add(span.last);
  }

  override open(kinds: readonly AreaKind[]): readonly Span[] {
    const strays = [...this.#general].map((unit) => ({ first: unit, last: unit }));
    const plain = super.open(kinds);
    return kinds.includes("reserved") ? plain : [...shared(this.free, strays), ...plain];
  }
}
