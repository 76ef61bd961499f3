/**
 * A trace as it is shown: every call with its answer, and what changed with it.
 *
 * A film holds what there was before its first step, and then changes only. Whoever shows it can go to
 * any step by doing changes or undoing them, so a film of a long trace of a large heap stays small: it
 * is not the heap once a step, it is the heap once.
 */

/** What may be in a heap, or in a machine, by what its change begins with. */
export const HEAP_THINGS = { block: 0, page: 1, part: 2 } as const;
export const MACHINE_THINGS = { frame: 0, page: 1, translation: 2, round: 3, core: 4 } as const;

/**
 * A thing as it is now, or gone, if nothing follows its key.
 *
 *     a block        0, name,  instance, start, size, owner
 *     a page         1, start, size, owner, blocks in it, size class or -1
 *     a part         2, index, instance, start, size              of the extent
 *     a frame        0, frame, use, cores waited for
 *     a page         1, name,  space, page, use, frame, rights, cores waited for
 *     a translation  2, entry, core, space, page, frame, rights
 *     a round        3, round, first page, last page, cores waited for
 *     a core         4, core,  space
 */
export type Change = readonly [kind: number, key: number, ...fields: (number | string)[]];

/** A call as a reader would retype it, what it was answered, and what changed with it. */
export type FilmStep = readonly [call: string, answer: string, ...changes: Change[]];

/** A block, where somebody placed it. */
export interface Placed {
  readonly name: number;
  readonly instance: number;
  readonly start: number;
  readonly size: number;
}

/** What is wrong with the last call. */
export interface Fault {
  readonly rule: string;
  readonly sentence: string;
  /** What is wrong, in sentences with numbers. */
  readonly facts: readonly string[];
  /** Where the last call placed a block that it should not have, if it did. */
  readonly placed?: Placed;
  /** Blocks that are not what their owners wrote, and the one that the call was about, by name. */
  readonly blamed: readonly number[];
}

export interface Film {
  readonly kind: "heap" | "machine";
  /** How many calls were made before the first step; they are not listed. */
  readonly before: number;
  /** What there was then. */
  readonly base: readonly Change[];
  /** How much of that is not told, for want of room. */
  readonly untold: number;
  readonly steps: readonly FilmStep[];
  /** The last step broke a rule. */
  readonly fault?: Fault;
  /** Of a machine, how many frames it has. */
  readonly frameCount?: number;
}

/** More steps than this are never filmed: those before are made and not told. */
export const FILMED_STEPS_MAX = 20_000;
