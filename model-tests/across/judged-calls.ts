/**
 * Calls of a whole program under the judge, to the end: whatever is live after them is freed, and what was
 * granted first is asked for again.
 */
import { type TraceCall, type TraceConfig, traceCall } from "#spec";
import type { BlockName } from "#units";
import { runCalls } from "../conformance/run.ts";
import type { Violation } from "../conformance/session.ts";
import { Tally } from "../conformance/tally.ts";
import type { ChoiceSource } from "../generate/choices.ts";
import type { Subject } from "../subject/subject.ts";

export interface JudgedCalls {
  readonly violation: Violation | undefined;
  readonly tally: Tally;
}

/** Makes `calls` on a fresh heap of `subject`, and ends them. */
export async function judgedToTheEnd(
  subject: Subject,
  { memoryBytes, cores }: TraceConfig,
  calls: readonly TraceCall[],
): Promise<JudgedCalls> {
  const tally = new Tally();
  const options = { tally, policy: "neighbours" } as const;
  const whole = [...calls, ...ending(calls)];
  const { violation } = await runCalls(subject, { memoryBytes, cores }, whole, options);
  return { violation, tally };
}

/** `calls`, each on a core that `choices` picks, for the task that calls it on that core. */
export function dealtToCores(
  calls: readonly TraceCall[],
  cores: number,
  choices: ChoiceSource,
): readonly TraceCall[] {
  return calls.map((call) => {
    const core = choices.below(cores);
    return { ...call, core, entity: core };
  });
}

/** Frees of what `calls` leave live, and their first request again. */
function ending(calls: readonly TraceCall[]): readonly TraceCall[] {
  const live = new Set<BlockName>();
  for (const { kind, name } of calls) {
    if (kind === "alloc" || kind === "allocZeroed") live.add(name);
    else if (kind === "dealloc") live.delete(name);
  }
  const first = calls.find(({ kind }) => kind === "alloc");
  const frees = [...live].map((name) => traceCall({ kind: "dealloc", name }));
  const name = (1 + largestName(calls)) as BlockName;
  return first === undefined ? frees : [...frees, { ...first, name }];
}

function largestName(calls: readonly TraceCall[]): number {
  return calls.reduce((largest, { name }) => Math.max(largest, name), 0);
}
