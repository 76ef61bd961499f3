/** The other side of a worker thread: loads the subject once and does what it is told. */
import type { TraceCall, TraceConfig } from "#spec";
import { unreachable } from "#support";
import { FlightRecorder } from "../conformance/flight.ts";
import { tellStory } from "../conformance/story.ts";
import type { Policy } from "../conformance/witness.ts";
import { type ExploreTask, explore } from "../explore/explore.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { loadSubject } from "../subject/load-subject.ts";
import type { Subject } from "../subject/subject.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import { openCalls } from "../trace/open-calls.ts";
import { type Description, describe } from "./describe.ts";
import { makeCalls, makeRuns, makeShorter, type RunsTask, type ShrinkTask } from "./tasks.ts";

interface Common {
  readonly reference: string;
  readonly directory: string;
  readonly flight: SharedArrayBuffer;
}

export type WorkerTask = Common &
  (
    | { readonly kind: "describe"; readonly infer: boolean }
    | ({ readonly kind: "runs" } & RunsTask)
    | {
        readonly kind: "calls";
        readonly config: TraceConfig;
        readonly calls: readonly TraceCall[];
        readonly policy: Policy;
      }
    | {
        readonly kind: "story";
        readonly config: TraceConfig;
        readonly calls: readonly TraceCall[];
        readonly isHung: boolean;
      }
    | { readonly kind: "file"; readonly path: string; readonly config: TraceConfig }
    | ({ readonly kind: "shrink" } & ShrinkTask)
    | ({ readonly kind: "explore" } & ExploreTask)
  );

export type { Description };

// A subject may end its call with an exception, but not the thread that judges it.
process.exit = (code) => {
  throw new Error(`the subject called process.exit(${code ?? ""})`);
};

const subjects = new Map<string, Promise<Subject>>();

/** Does one task; what a subject cannot be used for is an answer, not an exception. */
export default async function work(task: WorkerTask): Promise<unknown> {
  const key = `${task.directory}\n${task.reference}`;
  const loading = subjects.get(key) ?? loadSubject(task.reference, task.directory);
  subjects.set(key, loading);
  const flight = new FlightRecorder(0, task.flight);
  try {
    const subject = await loading;
    flight.beat();
    return { kind: "done", value: await perform(subject, task, flight) };
  } catch (error) {
    if (error instanceof UnusableSubject) return { kind: "unusable", reason: error.message };
    if (error instanceof MalformedTrace) {
      return { kind: "malformed", reason: error.sentence, line: error.line };
    }
    throw error;
  }
}

async function perform(
  subject: Subject,
  task: WorkerTask,
  flight: FlightRecorder,
): Promise<unknown> {
  switch (task.kind) {
    case "describe":
      return await describe(subject, task.infer);
    case "runs":
      return await makeRuns(subject, task, flight);
    case "calls":
      return await makeCalls(subject, task.config, task.calls, task.policy, flight);
    case "story":
      return await tellStory(subject, task.config, task.calls, task.isHung);
    case "file": {
      const { calls } = await openCalls(task.path, { cores: task.config.cores });
      return await makeCalls(subject, task.config, calls, "neighbours", flight);
    }
    case "shrink":
      return await makeShorter(subject, task, flight);
    case "explore":
      return await explore(subject, task, flight);
    default:
      return unreachable(task);
  }
}
