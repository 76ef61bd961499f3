/** Marks the situations that any subject can get into, so that a run can be asked to reach them. */
import type { Answer, Call } from "#spec";
import type { Heap } from "./heap.ts";
import type { Before } from "./observe.ts";
import type { SystemCall } from "./system-call.ts";
import type { Tally } from "./tally.ts";

/** Tells `tally` what an admitted step has reached. */
export function markStep(
  tally: Tally,
  heap: Heap,
  call: Call,
  answer: Answer,
  before: Before,
): void {
  if (answer.kind === "refused") tally.mark("request refused");
  else if (call.kind === "misuse") tally.mark(`${call.misuse} tried`);
  else if (call.kind === "dealloc" && heap.index.size === 0) tally.mark("heap emptied");
  else if (call.kind === "realloc" && answer.kind === "placed") {
    tally.mark(answer.address === before.start ? "block resized in place" : "block moved");
  } else if (answer.kind === "placed" && "align" in call) {
    if (call.size === 0) tally.mark("block of no bytes granted");
    if (heap.dead.hadStart(answer.address)) tally.mark("address used again");
  }
}

/** Tells `tally` what an admitted call to a system as a whole has reached. */
export function markSystemCall(tally: Tally, { kind }: SystemCall, isGranted: boolean): void {
  if (kind === "free-through") tally.mark("foreign-heap tried");
  else if (isGranted) tally.mark(kind === "switch" ? "system switched" : "heap closed");
}
