/** Why an allocator of pages or frames declines a request: values, since none of them is a mistake. */

/** Why a chunk is not given. Nothing has changed then. */
export interface ChunkRefusal {
  readonly kind:
    | "zero-units" // nothing was asked for
    | "too-many-units" // more than the longest extent has
    | "no-run-fits" // no free run is long enough where the request allows one
    | "not-free" // of the run that was named, some unit is held
    | "outside" // of the run that was named, some unit does not exist, or a border lies between
    | "no-room-for-bookkeeping"; // the chunk could be given, but not written down
}

/** Why a chunk is not cut. It is held as before. */
export interface SplitRefusal {
  readonly kind: "not-inside" | "no-room-for-bookkeeping";
}

/** Why two chunks are not made one. Both are held as before. */
export interface MergeRefusal {
  readonly kind: "not-adjacent";
}
