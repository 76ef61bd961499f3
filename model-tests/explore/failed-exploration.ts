/** What is known of an exploration whose process or thread did not come back: that it fails, and how. */
import type { Failure } from "../campaign/tasks.ts";
import { Tally } from "../conformance/tally.ts";
import type { ExploreResult } from "./explore.ts";

/** The result for the scope named `scope`: all sequences shorter than that of `failure` have been tried. */
export function failedExploration(scope: string, failure: Failure): ExploreResult {
  return {
    scope,
    depth: Math.max(0, failure.calls.length - 1),
    isComplete: false,
    isClosed: false,
    isMerging: false,
    states: 0,
    transitions: 0,
    merged: 0,
    sequences: 0,
    failure,
    tally: new Tally().toData(),
  };
}
