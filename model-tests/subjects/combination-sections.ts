/**
 * The calls of a combination heap in sections: between two of them other cores may move.
 *
 * A call that waits for other cores to forget a translation waits for their interrupts, which whoever waits
 * delivers: a core that runs nothing else is interrupted as well. Nothing else is ever waited for; a call that
 * waits twice in a row has to be let alone until another goes on.
 */
import { type Caller, type CombinationHeap, type Machine, NO_BLOCK } from "#impl";
import { address, alignment, bytes } from "#units";
import type { SectionedCall, Sections } from "../subject/subject.ts";

/** The sections of `call`, made by `caller`. */
export function combinationSections(
  machine: Machine,
  heap: CombinationHeap,
  call: SectionedCall,
  caller: Caller,
): Sections {
  const ofCall = call.kind === "dealloc" ? freed(heap, call, caller) : placed(heap, call, caller);
  return interrupting(machine, caller, ofCall);
}

function* placed(heap: CombinationHeap, call: SectionedCall, caller: Caller): Sections {
  const size = bytes(call.size);
  const start = yield* heap.allocSections(caller, size, alignment(call.align));
  if (start === NO_BLOCK) return 0;
  if (call.kind === "allocZeroed") heap.system?.memory.fill(start, size, 0);
  return start;
}

function* freed(
  heap: CombinationHeap,
  call: SectionedCall & { readonly kind: "dealloc" },
  caller: Caller,
): Sections {
  const { address: start, size, align } = call;
  const at = address(start);
  const { ok } = yield* heap.deallocSections(caller, at, bytes(size), alignment(align));
  return ok;
}

/** `sections`, in which those who are waited for are interrupted. */
export function* interrupting(machine: Machine, { core }: Caller, sections: Sections): Sections {
  let isWaiting = false;
  for (;;) {
    const step = sections.next();
    if (step.done === true) return step.value;
    if (step.value === "waiting") {
      for (const { id } of machine.cores()) if (id !== core) machine.interrupt(id);
    }
    yield step.value === "waiting" && isWaiting ? "waiting" : "between";
    isWaiting = step.value === "waiting";
  }
}
