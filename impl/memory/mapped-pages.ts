/**
 * Pages that show frames, as their holder has them: a value that can be used once.
 *
 *     pages     ├──────────── one chunk ────────────┤
 *     frames    ├── chunk ──┼── chunk ──┼── chunk ──┤      owned, in the order of the pages
 *               ├────────── or borrowed ────────────┤      somebody else's: none are kept here
 *
 * To unmap, remap, split or merge uses it up, and what comes of it are new values. A page table
 * entry says the same of each page, with its `EXCLUSIVE` bit; this is the handle to it. Splitting
 * and merging change no entry.
 */
import type { Rights } from "#spec";
import { demand, failure, type Result, success } from "#support";
import type { PageNumber, SpaceId, UnitCount, UnitNumber } from "#units";
import type { AllocatedFrames } from "./allocated-frames.ts";
import { type AllocatedPages, firstPageOf } from "./allocated-pages.ts";
import type { MergeRefusal, SplitRefusal } from "./chunk-refusal.ts";

/** What mapped pages are made of. */
export interface MappedParts {
  readonly space: SpaceId;
  readonly pages: AllocatedPages;
  /** The frames that the pages own, run by run; none if they are borrowed. */
  readonly frames: readonly AllocatedFrames[];
  readonly isExclusive: boolean;
  readonly rights: Rights;
}

/** What pages become that are cut: neither part is empty. */
export interface MappedHalves {
  readonly below: MappedPages;
  readonly above: MappedPages;
}

/** Why two mappings are not made one: they are not neighbours, or differ in what they allow. */
export type MappedMergeRefusal = MergeRefusal | { readonly kind: "not-alike" };

export class MappedPages {
  #parts: MappedParts;
  #isUsed: boolean;

  constructor(parts: MappedParts) {
    this.#parts = parts;
    this.#isUsed = false;
  }

  get space(): SpaceId {
    return this.#parts.space;
  }

  get first(): PageNumber {
    return firstPageOf(this.#parts.pages);
  }

  get count(): UnitCount {
    return this.#parts.pages.count;
  }

  get rights(): Rights {
    return this.#parts.rights;
  }

  /** Whether the pages own what they show. */
  get isExclusive(): boolean {
    return this.#parts.isExclusive;
  }

  /** Whether this value has not been used. */
  get isHeld(): boolean {
    return !this.#isUsed;
  }

  /**
   * What the pages are made of; this value is used up.
   *
   * @throws ContractViolation if the value was used before.
   */
  take(): MappedParts {
    demand(!this.#isUsed, "mapped pages are used once");
    this.#isUsed = true;
    return this.#parts;
  }

  /**
   * The pages below `at`, and those from `at` on, or why they are not cut; then nothing has changed.
   *
   * @throws ContractViolation if the value was used before.
   */
  split(at: PageNumber): Result<MappedHalves, SplitRefusal> {
    demand(!this.#isUsed, "mapped pages are used once");
    const { pages, frames } = this.#parts;
    if (at <= this.first || at > pages.last) return failure({ kind: "not-inside" });

    const halves = pages.split(at as number as UnitNumber);
    if (!halves.ok) return halves;
    const { below, above } = halves.value;
    demand(below !== undefined && above !== undefined, "a cut inside leaves two parts");
    const cut = cutFrames(frames, below.count);
    if (!cut.ok) {
      const whole = below.merge(above);
      demand(whole.ok, "what was cut fits together");
      this.#parts = partsWith(this.#parts, whole.value, frames);
      return cut;
    }
    this.#isUsed = true;
    return success({
      below: this.#with(below, cut.value.below),
      above: this.#with(above, cut.value.above),
    });
  }

  /**
   * These pages and `other`, which begins right behind them, in one, or why not; then nothing has changed.
   *
   * @throws ContractViolation if either was used before, or both are the same.
   */
  merge(other: MappedPages): Result<MappedPages, MappedMergeRefusal> {
    demand(!this.#isUsed && !other.#isUsed, "mapped pages are used once");
    demand(other !== this, "mapped pages are merged with others");
    const mine = this.#parts;
    const theirs = other.#parts;
    const isAlike =
      mine.space === theirs.space &&
      mine.isExclusive === theirs.isExclusive &&
      mine.rights.isWritable === theirs.rights.isWritable &&
      mine.rights.isExecutable === theirs.rights.isExecutable;
    if (!isAlike) return failure({ kind: "not-alike" });
    if (mine.pages.last + 1 !== theirs.pages.first) return failure({ kind: "not-adjacent" });

    const pages = mine.pages.merge(theirs.pages);
    if (!pages.ok) return pages;
    this.#isUsed = true;
    other.#isUsed = true;
    const frames = [...mine.frames, ...theirs.frames];
    return success(this.#with(pages.value, frames));
  }

  /** Pages like these that are mapped to `frames`. */
  #with(pages: AllocatedPages, frames: readonly AllocatedFrames[]): MappedPages {
    return new MappedPages(partsWith(this.#parts, pages, frames));
  }
}

/** `parts` with other pages and frames; written out, since an engine is slow with what is spread. */
function partsWith(
  { space, isExclusive, rights }: MappedParts,
  pages: AllocatedPages,
  frames: readonly AllocatedFrames[],
): MappedParts {
  return { space, pages, frames, isExclusive, rights };
}

interface CutFrames {
  readonly below: readonly AllocatedFrames[];
  readonly above: readonly AllocatedFrames[];
}

/** The frames of the first `count` pages, and the others; at most one run is cut. */
function cutFrames(
  frames: readonly AllocatedFrames[],
  count: UnitCount,
): Result<CutFrames, SplitRefusal> {
  const [only] = frames;
  if (frames.length === 1 && only !== undefined) return cutRun(only, count);
  let before = 0;
  for (const [index, run] of frames.entries()) {
    const left = count - before;
    const below = frames.slice(0, index);
    if (left === 0) return success({ below, above: frames.slice(index) });
    before += run.count;
    if (before <= count) continue;
    const parts = run.split((run.first + left) as UnitNumber);
    if (!parts.ok) return parts;
    const above = frames.slice(index + 1);
    return success({
      below: [...below, ...runs(parts.value.below)],
      above: [...runs(parts.value.above), ...above],
    });
  }
  return success({ below: frames, above: [] });
}

/** The same of frames that are one run, as those of most pages are: nothing is copied then. */
function cutRun(run: AllocatedFrames, count: UnitCount): Result<CutFrames, SplitRefusal> {
  const parts = run.split((run.first + count) as UnitNumber);
  if (!parts.ok) return parts;
  return success({ below: runs(parts.value.below), above: runs(parts.value.above) });
}

function runs(run: AllocatedFrames | undefined): readonly AllocatedFrames[] {
  return run === undefined ? [] : [run];
}
