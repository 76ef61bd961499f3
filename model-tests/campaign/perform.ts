/** Does one task with a subject, on whatever thread this is. */
import { unreachable } from "#support";
import { measureTrace } from "../compare/measure-trace.ts";
import { race } from "../compare/race.ts";
import type { FlightRecorder } from "../conformance/flight.ts";
import { tellStory } from "../conformance/story.ts";
import { explore } from "../explore/explore.ts";
import { filmHeap } from "../film/film-heap.ts";
import { reachMark } from "../reach/reach-mark.ts";
import { makeTrial } from "../selftest/trial.ts";
import type { Subject } from "../subject/subject.ts";
import { describe } from "./describe.ts";
import { makeCalls, makeRuns, makeShorter } from "./tasks.ts";
import type { Named, Work } from "./work.ts";

/** Does `task` with `subject`; `flight` is noted what is being done, and `load` loads another subject. */
export async function perform(
  subject: Subject,
  task: Work,
  flight: FlightRecorder,
  load: (named: Named) => Promise<Subject>,
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
      // Only here: a process that is started for a single task starts twice as fast without it.
      const { openCalls } = await import("../trace/open-calls.ts");
      const { calls } = await openCalls(task.path, { cores: task.config.cores });
      return await makeCalls(subject, task.config, calls, "neighbours", flight);
    }
    case "shrink":
      return await makeShorter(subject, task, flight);
    case "explore":
      return await explore(subject, task, flight);
    case "film":
      return await filmHeap(subject, task, flight);
    case "reach":
      return await reachMark(subject, task, flight);
    case "measure":
      return await measureTrace(subject, task, flight);
    case "race":
      return await race(subject, await load(task.rival), task, flight);
    case "trial":
      return await makeTrial(subject, task, flight);
    default:
      return unreachable(task);
  }
}
