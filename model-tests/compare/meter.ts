/**
 * Measures how much memory a subject has for what is live, while the harness judges it.
 *
 *     pages   the bytes of all pages that its heaps own, where it says so
 *     span    from the lowest byte to the highest that blocks have had so far, in each part of the extent
 *
 * A subject that tells nothing may keep more than its span, and cannot do with less.
 */
import { after, isPlace } from "../selftest/seat.ts";
import { boundMethods } from "../subject/instance-methods.ts";
import type { ExtentPart, PageView, SubjectInstance } from "../subject/subject.ts";

/** What was measured by one way of telling how much memory a subject has. */
export interface Footprint {
  /** The most bytes at a time. */
  readonly peak: number;
  /** The share of its bytes that no live block had asked for, on the average of all calls. */
  readonly fragmentation: number;
}

export class Meter {
  readonly instance: SubjectInstance;
  readonly #inner: SubjectInstance;
  readonly #live = new Map<number, number>();
  readonly #spans: { part: ExtentPart; low: number; high: number }[];
  readonly #pages = new Map<number, number>();
  readonly #ofSpan = new Course();
  readonly #ofPages = new Course();
  #liveBytes = 0;
  #spanBytes = 0;
  #pageBytes = 0;

  constructor(instance: SubjectInstance) {
    const inner = boundMethods(instance);
    const { allocZeroed, realloc, pages, changedPages, extent } = inner;
    this.#inner = inner;
    this.#spans = [...(extent?.() ?? []), WHEREVER].map((part) => ({ part, low: 0, high: 0 }));
    this.instance = {
      ...inner,
      alloc: (size, align, origin) =>
        after(inner.alloc(size, align, origin), (raw) => this.#placed(raw, size)),
      dealloc: (start, size, align, origin) =>
        after(inner.dealloc(start, size, align, origin), (raw) => {
          if (raw !== false) this.#gone(start);
          this.#note();
          return raw;
        }),
      ...(allocZeroed && {
        allocZeroed: (size, align, origin) =>
          after(allocZeroed(size, align, origin), (raw) => this.#placed(raw, size)),
      }),
      ...(realloc && {
        realloc: (start, size, align, newSize, origin) =>
          after(realloc(start, size, align, newSize, origin), (raw) => {
            if (isPlace(raw)) this.#gone(start);
            return this.#placed(raw, newSize);
          }),
      }),
      ...(pages && { pages: () => this.#shown(pages(), "all") }),
      ...(changedPages && { changedPages: () => this.#shown(changedPages(), "changed") }),
    };
  }

  /** By the pages that it owns, if the harness asks it for those. */
  get pages(): Footprint | undefined {
    const isTold = this.#inner.pages !== undefined && this.#inner.ownerOf !== undefined;
    return isTold ? this.#ofPages.footprint : undefined;
  }

  get span(): Footprint {
    return this.#ofSpan.footprint;
  }

  #placed(raw: unknown, size: number): unknown {
    if (isPlace(raw) && size > 0) {
      this.#live.set(raw, size);
      this.#liveBytes += size;
      this.#stretch(raw, raw + size);
    }
    this.#note();
    return raw;
  }

  #gone(start: number): void {
    this.#liveBytes -= this.#live.get(start) ?? 0;
    this.#live.delete(start);
  }

  #stretch(low: number, high: number): void {
    const span = this.#spans.find(
      ({ part: { start, size } }) => start <= low && low < start + size,
    );
    if (span === undefined) return;
    this.#spanBytes -= span.high - span.low;
    span.low = span.high === 0 ? low : Math.min(span.low, low);
    span.high = Math.max(span.high, high);
    this.#spanBytes += span.high - span.low;
  }

  /** What pages say after a call is noted with the next one: the harness asks for them in between. */
  #note(): void {
    this.#ofSpan.note(this.#spanBytes, this.#liveBytes);
    this.#ofPages.note(this.#pageBytes, Math.min(this.#liveBytes, this.#pageBytes));
  }

  #shown(views: readonly PageView[], which: "all" | "changed"): readonly PageView[] {
    if (which === "all") {
      this.#pages.clear();
      this.#pageBytes = 0;
    }
    for (const { start, size, owner } of views) {
      this.#pageBytes -= this.#pages.get(start) ?? 0;
      const owned = owner === -1 ? 0 : size;
      this.#pages.set(start, owned);
      this.#pageBytes += owned;
    }
    this.#ofPages.peak = Math.max(this.#ofPages.peak, this.#pageBytes);
    return views;
  }
}

const WHEREVER: ExtentPart = { start: 0, size: Number.MAX_SAFE_INTEGER };

class Course {
  peak = 0;
  #idle = 0;
  #notes = 0;

  note(bytes: number, live: number): void {
    this.peak = Math.max(this.peak, bytes);
    this.#idle += bytes === 0 ? 0 : 1 - live / bytes;
    this.#notes += 1;
  }

  get footprint(): Footprint {
    return { peak: this.peak, fragmentation: this.#idle / Math.max(1, this.#notes) };
  }
}
