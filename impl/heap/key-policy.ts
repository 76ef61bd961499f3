/**
 * Who shares a heap: from whoever makes a call to the number of a heap.
 *
 * A policy is a function of two small integers that answers one below the number of heaps; the rest of the
 * system knows nothing of cores and entities. Calls of one key are served by one heap. A task that has
 * gone to another core between the choice and the request is served by the heap that was chosen, which
 * is as good as any other: a block is freed by its address.
 */
import type { CoreId, Key } from "#units";

/** Who makes a call: the core that it is made on, and the task or program that it is made for. */
export interface Caller {
  readonly core: CoreId;
  readonly entity: number;
}

/** The key of `caller`, less than `keyCount`. */
export type KeyPolicy = (caller: Caller, keyCount: number) => Key;

/** A heap for each core. */
export const perCore: KeyPolicy = ({ core }, keyCount) => (core % keyCount) as Key;

/** A heap for each task; tasks share when there are more of them than heaps. */
export const perTask: KeyPolicy = ({ entity }, keyCount) => (entity % keyCount) as Key;

/** A heap for each name space, of which `spaceOf` knows the tasks. */
export function perNamespace(spaceOf: (entity: number) => number): KeyPolicy {
  return ({ entity }, keyCount) => (spaceOf(entity) % keyCount) as Key;
}
