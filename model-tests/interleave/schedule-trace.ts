/**
 * A schedule as a trace, and back.
 *
 * The calls stand in the order in which they were drawn, one of each core in turn, so that the trace also
 * makes sense to whoever makes them one after the other; the schedule says which core moved at each step.
 */
import type { Trace, TraceCall } from "#spec";
import { NO_OPTIONS, type SubjectOptions } from "../subject/subject-options.ts";
import type { ScheduleFailure } from "./interleave.ts";
import type { Program } from "./scheduler.ts";

/** The trace of a schedule that failed; `reference` and `options` load its subject, which is called `name`. */
export function scheduleTrace(
  { config, program, history, rule }: Omit<ScheduleFailure, "run">,
  reference: string,
  name: string,
  options: SubjectOptions = NO_OPTIONS,
): Trace {
  const longest = Math.max(...program.map(({ length }) => length));
  const calls: TraceCall[] = [];
  for (let turn = 0; turn < longest; turn++) {
    for (const list of program) {
      const call = list[turn];
      if (call !== undefined) calls.push(call);
    }
  }
  return {
    version: 1,
    config,
    calls,
    subject: reference,
    name,
    ...(Object.keys(options).length === 0 ? {} : { options: { ...options } }),
    rule: rule.name,
    schedule: history.order,
    verdict: { rejected: rule.name, at: calls.length - 1 },
  };
}

/** The calls of `trace`, core by core. */
export function programOf({ calls, config }: Trace): Program {
  return Array.from({ length: config.cores }, (_, core) =>
    calls.filter((call) => call.core === core),
  );
}
