/** What was measured of a subject, kept in a file, so that a later version can be compared without it. */
import type { ToldSubject } from "../campaign/told-subject.ts";
import type { ComparedTrace } from "./compared-trace.ts";
import type { Measured } from "./measure-trace.ts";
import { UnusableBudget } from "./unusable-budget.ts";

export interface Baseline {
  readonly t: "baseline";
  readonly v: 1;
  readonly subject: ToldSubject;
  readonly seed: number;
  /** How many traces were generated, and how many calls each could have. */
  readonly runs: number;
  readonly calls: number;
  readonly cores: number;
  /** The recorded traces, by where they were found. */
  readonly files: readonly string[];
  /** How many calls of each of these were made, at most. */
  readonly recordedCalls: number;
  readonly traces: readonly Measured[];
}

/** Reads a baseline; throws `UnusableBudget`. */
export function parseBaseline(text: string, path: string): Baseline {
  let read: Partial<Baseline> | null;
  try {
    read = JSON.parse(text) as Partial<Baseline> | null;
  } catch {
    throw new UnusableBudget(`${path} is no baseline: it is not JSON`);
  }
  if (read?.t !== "baseline") {
    throw new UnusableBudget(`${path} is no baseline, which compare --save writes`);
  }
  if (read.v !== 1) throw new UnusableBudget(`${path} is a baseline of version ${read.v}, not 1`);
  const isWhole = Array.isArray(read.traces) && Array.isArray(read.files) && read.subject;
  if (!isWhole) throw new UnusableBudget(`${path} is a baseline that is cut`);
  return read as Baseline;
}

/** Says where `measured` was made on other calls than the traces of a baseline were. */
export function demandSameCalls(baseline: Baseline, measured: readonly Measured[]): void {
  for (const [index, { name, mark }] of baseline.traces.entries()) {
    if (measured[index]?.mark === mark) continue;
    throw new UnusableBudget(
      `${name} is not the trace that the baseline was made on: make the baseline anew`,
    );
  }
}

/** The trace of the first calls of the file at `path`, by whose name it is called. */
export function recordedTrace(path: string, first: number): ComparedTrace {
  const name = path.replace(/^.*[\\/]/, "");
  return { name, source: { kind: "file", path, first } };
}
