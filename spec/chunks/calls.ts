/**
 * What a caller may ask of an allocator of pages or frames, and what it may answer. A *unit* is a page
 * or a frame, a *chunk* a run of them that somebody holds. Calls name chunks, never units: so a
 * sequence of calls means the same to every allocator.
 *
 * Counts and numbers up to 2^53 - 1 may be asked for. None of them wraps and none is cut down to what
 * there is: a request that is too large is refused.
 */
import type { ChunkName, UnitCount, UnitNumber } from "../units/index.ts";

export type ChunkRequest =
  | { readonly kind: "any" }
  /** From `first` on, whatever the kind of the units. */
  | { readonly kind: "at"; readonly first: UnitNumber }
  /** From a multiple of `align` on, which is at least 1 and need not be a power of two. */
  | { readonly kind: "aligned"; readonly align: UnitCount }
  /** From `first` to `last`, both included. */
  | { readonly kind: "within"; readonly first: UnitNumber; readonly last: UnitNumber };

export type ChunkCall = { readonly name: ChunkName } & (
  | { readonly kind: "acquire"; readonly request: ChunkRequest; readonly count: UnitCount }
  | { readonly kind: "release" }
  /** The units below `at` become the chunk `below`, those from `at` on the chunk `above`. */
  | {
      readonly kind: "split";
      readonly at: UnitNumber;
      readonly below: ChunkName;
      readonly above: ChunkName;
    }
  /** `other` becomes part of the chunk `name`. */
  | { readonly kind: "merge"; readonly other: ChunkName }
  /** What the contract forbids, tried on purpose: `name` is held no more. */
  | { readonly kind: "misuse"; readonly misuse: "release" | "split" | "merge" }
);

/** Units in a row; none, if `count` is 0, and then `first` says nothing. */
export interface Run {
  readonly first: UnitNumber;
  readonly count: UnitCount;
}

export type ChunkAnswer =
  | ({ readonly kind: "acquired" | "merged" } & Run) // what the chunk `name` has now
  | { readonly kind: "split"; readonly below: Run; readonly above: Run }
  | { readonly kind: "released" | "refused" | "rejected" } // gone; declined; declined as misuse
  | { readonly kind: "threw" | "hung" | "nonsense" }; // none that any call can have
