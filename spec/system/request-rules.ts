/**
 * The rules of requests to a system as a whole: to begin, to switch, to close a heap. What such a request
 * does may take many moves, and each of them may be right where all of them together are not: so these
 * rules look at the system before the first and after the last.
 */
import { type FiniteMap, held, type RuleOf } from "../support/index.ts";
import type { SystemState } from "./state.ts";

/** A request that was answered, with the system before it and after it. */
export interface SystemRequest {
  readonly before: SystemState;
  readonly after: SystemState;
  readonly isGranted: boolean;
}

/** A rule of requests to a system. */
export type SystemRequestRule = RuleOf<SystemRequest>;

/** Whether all that `some` has is in `others` too, and is the same there. */
const isWithin = <Key, Value>(
  some: FiniteMap<Key, Value>,
  others: FiniteMap<Key, Value>,
  areSame: (one: Value, other: Value) => boolean,
): boolean => some.every((value, key) => others.has(key) && areSame(value, others.get(key)));

/** Whether `one` and `other` have the same pages, heaps and blocks, in the same phase. */
const areSameSystems = (one: SystemState, other: SystemState): boolean =>
  one.phase === other.phase &&
  one.granted === other.granted &&
  one.nextHeap === other.nextHeap &&
  isWithin(one.pages, other.pages, (page, same) => {
    return page.owner === same.owner && page.use === same.use;
  }) &&
  isWithin(other.pages, one.pages, () => true) &&
  isWithin(one.heaps, other.heaps, (heap, same) => heap.isClosed === same.isClosed) &&
  isWithin(one.keys, other.keys, (heap, same) => heap === same) &&
  isWithin(other.keys, one.keys, () => true) &&
  isWithin(one.blocks, other.blocks, (block, same) => {
    return block.first === same.first && block.last === same.last && block.heap === same.heap;
  }) &&
  isWithin(other.blocks, one.blocks, () => true);

export const SYSTEM_REQUEST_RULES: readonly SystemRequestRule[] = [
  {
    name: "declined-request-without-effect",
    claim: "a request to begin, to switch or to close a heap that is declined changes nothing",
    test: ({ before, after, isGranted }) =>
      isGranted ? "not tested" : held(areSameSystems(before, after)),
  },
];
