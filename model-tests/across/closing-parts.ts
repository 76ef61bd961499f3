/** The heap that serves a caller, and its end, as methods of a subject. */
import type { Caller } from "#impl";
import type { CoreId } from "#units";
import type { Origin, SubjectInstance } from "../subject/subject.ts";
import type { MadeCombination } from "../subjects/combination.ts";

/** What a combination heap needs to be closed by callers. */
export function closingParts({ machine, heap }: MadeCombination): Partial<SubjectInstance> {
  const callerOf = ({ core, entity }: Origin): Caller => ({ core: core as CoreId, entity });
  return {
    heapOf: (origin) => (heap.phase === "per-core" ? heap.keyOf(callerOf(origin)) + 1 : 0),
    close: (origin) => {
      const caller = callerOf(origin);
      return machine.alone(heap.closeHeap(caller, heap.keyOf(caller)));
    },
  };
}
