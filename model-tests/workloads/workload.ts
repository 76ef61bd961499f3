/**
 * A workload: the calls of a program that was written to see how an allocator does, call by call.
 *
 * It is what several threads do, each a generator of its own, dealt to cores. The calls of a workload are
 * those of any trace, so the same ones are judged, measured, shortened and exported.
 */
import { type TraceCall, traceCall } from "#spec";
import type { BlockName } from "#units";
import type { ChoiceSource } from "../generate/choices.ts";

/** The calls of one thread. */
export type Thread = Generator<TraceCall, void, void>;

/** Names for blocks, none of which is given twice. */
export class BlockNames {
  #next = 0;

  fresh(): BlockName {
    const name = this.#next as BlockName;
    this.#next += 1;
    return name;
  }

  /** How many were given. */
  get count(): number {
    return this.#next;
  }
}

/** Asks for a block, on a core. */
export function allocOn(core: number, name: BlockName, size: number, align: number): TraceCall {
  return traceCall({ kind: "alloc", name, size, align, core, entity: core });
}

/** Frees a block, from a core. */
export function freeOn(core: number, name: BlockName): TraceCall {
  return traceCall({ kind: "dealloc", name, core, entity: core });
}

/** The calls of `threads`, one at a time, from whichever thread `choices` picks, until all have ended. */
export function* dealt(threads: readonly Thread[], choices: ChoiceSource): Thread {
  const running = [...threads];
  while (running.length > 0) {
    const index = running.length === 1 ? 0 : choices.below(running.length);
    const step = running[index]?.next();
    if (step?.done === false) yield step.value;
    else running.splice(index, 1);
  }
}
