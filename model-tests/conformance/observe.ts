/**
 * Gathers what a witness sees during a call: before it, of the block that it is about, and after it,
 * before anything new is written.
 */
import { type Answer, type Call, NOTHING_SEEN, type Observation } from "#spec";
import type { ByteCount } from "#units";
import type { Heap } from "./heap.ts";
import type { Entry } from "./interval-index.ts";

/** An observation that is filled in anew for every call. */
export type Seen = { -readonly [Key in keyof Observation]: Observation[Key] };

/** What was known of a call's own block before the call. */
export interface Before {
  readonly entry: Entry | undefined;
  readonly start: number;
  readonly size: number;
  readonly seed: number;
  readonly isWhole: boolean;
}

export const NOTHING: Before = { entry: undefined, start: 0, size: 0, seed: 0, isWhole: true };

/** An observation of nothing yet. */
export function nothingSeen(): Seen {
  return { ...NOTHING_SEEN };
}

/** What is known of the call's block before the call. */
export function lookBefore(heap: Heap, call: Call): Before {
  if (call.kind !== "dealloc" && call.kind !== "realloc") return NOTHING;
  const entry = heap.index.entry(call.name);
  const isWhole = !heap.witness.canSee || heap.witness.isWhole(entry);
  if (call.kind === "dealloc") heap.dead.remember(entry.block);
  const { start, size } = entry.block;
  return { entry, start, size, seed: entry.seed, isWhole };
}

/** Gathers what the witness sees after a call and before anything new is written. */
export function observe(
  seen: Seen,
  heaps: readonly Heap[],
  heap: Heap,
  call: Call,
  answer: Answer,
  before: Before,
): void {
  const { witness, instance } = heap;
  const isPlaced = answer.kind === "placed";
  seen.zeroed = "unseen";
  seen.prefix = "unseen";
  seen.payload = "unseen";
  if (witness.canSee) {
    const own = call.kind === "dealloc" || call.kind === "realloc" ? before.entry : undefined;
    const isGone = isPlaced || answer.kind === "released";
    const near = isPlaced ? answer.address : before.start;
    let isIntact = before.isWhole && witness.isIntact(near, isGone ? own : undefined);
    if (isIntact && own !== undefined && !isGone) isIntact = witness.isWhole(own);
    seen.payload = isIntact ? "intact" : "damaged";
    if (isPlaced && call.kind === "realloc") {
      const kept = Math.min(before.size, call.size);
      seen.prefix = witness.isPrefix(answer.address, kept, before.seed) ? "kept" : "changed";
    }
    if (isPlaced && call.kind === "allocZeroed" && call.size > 0) {
      const block = { start: answer.address, size: call.size };
      seen.zeroed = witness.isZero(block) ? "zero" : "dirty";
    }
    if (witness.hasGuards) seen.outside = witness.areGuardsIntact() ? "untouched" : "touched";
  }
  if (heaps.length > 1) seen.others = areOthersIntact(heaps, heap) ? "intact" : "damaged";
  const used = instance.used?.();
  if (used !== undefined) seen.used = Number(used) as ByteCount;
}

function areOthersIntact(heaps: readonly Heap[], heap: Heap): boolean {
  return heaps.every(
    (other) => other === heap || !other.witness.canSee || other.witness.isIntact(0, undefined),
  );
}
