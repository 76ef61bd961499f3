/** Does one task of a worker with a subject, whoever has loaded it and on whichever side of a process it is. */
import type { FlightRecorder } from "../conformance/flight.ts";
import { UnusableSubject } from "../subject/contract.ts";
import type { Subject } from "../subject/subject.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import { perform } from "./perform.ts";
import type { Named, Work } from "./work.ts";

/** What came of it; that a subject or a trace is of no use is an answer like any other. */
export type WorkAnswer<Value = unknown> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "unusable"; readonly reason: string }
  | { readonly kind: "malformed"; readonly reason: string; readonly line: number };

/**
 * Does `work` with the subject that is `loading`, and notes in `flight` what it is about to do; `load` loads
 * another subject.
 */
export async function doWork(
  loading: Promise<Subject>,
  work: Work,
  flight: FlightRecorder,
  load: (named: Named) => Promise<Subject>,
): Promise<WorkAnswer> {
  try {
    const subject = await loading;
    flight.beat();
    return { kind: "done", value: await perform(subject, work, flight, load) };
  } catch (error) {
    if (error instanceof UnusableSubject) return { kind: "unusable", reason: error.message };
    if (error instanceof MalformedTrace) {
      return { kind: "malformed", reason: error.sentence, line: error.line };
    }
    throw error;
  }
}
