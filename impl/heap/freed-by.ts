/** Tells of a block that was freed by somebody, or at a time, that makes it worth knowing. */
import type { Observer } from "#support";
import type { HeapId, Key } from "#units";
import { INITIAL_HEAP } from "./block-routing.ts";
import type { HeapPhase } from "./heap-phase.ts";

/** A block of `owner` was freed by a caller of `key`, while heaps were switched if they were `isBusy`. */
export function tellFreed(
  observer: Observer,
  owner: HeapId | undefined,
  key: Key,
  phase: HeapPhase,
  isBusy: boolean,
): void {
  if (owner !== INITIAL_HEAP) {
    if (owner !== key + 1) observer.reached("combination.freed-by-another");
  } else if (phase === "per-core") {
    observer.reached("combination.initial-freed-after-switch");
  } else if (isBusy) {
    observer.reached("combination.freed-while-switching");
  }
}
