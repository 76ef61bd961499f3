/** The rule that was broken in a comparison, told like any other: shortened, saved and replayed. */
import type { ViolationReport } from "../campaign/check-report.ts";
import { executorFor } from "../campaign/executor-for.ts";
import { pursue } from "../campaign/pursue.ts";
import type { Failure } from "../campaign/tasks.ts";
import type { CompareOptions } from "./compare-options.ts";
import type { CompareReport } from "./compare-report.ts";
import type { ComparedTrace } from "./compared-trace.ts";
import { type Measured, readCompared } from "./measure-trace.ts";

/** The first rule that was broken, by the base if both broke one, as a story. */
export async function comparedViolation(
  options: CompareOptions,
  { cores, seed }: { readonly cores: number; readonly seed: number },
  traces: readonly ComparedTrace[],
  ofBase: readonly Measured[],
  ofCandidate: readonly Measured[],
): Promise<CompareReport["violation"]> {
  const { base, candidate } = options;
  const isBase = ofBase.some(({ finding }) => finding !== undefined);
  const measured = isBase ? ofBase : ofCandidate;
  const at = measured.findIndex(({ finding }) => finding !== undefined);
  const finding = measured[at]?.finding;
  const trace = traces[at];
  const given = isBase && !("t" in base) ? base : candidate;
  if (finding === undefined || trace === undefined) return undefined;

  const read = await readCompared(trace, cores);
  const calls = read.calls.slice(0, finding.at + 1);
  const failure: Failure = { config: read.config, calls, finding };
  const executor = executorFor({ ...options, ...given });
  try {
    const { name } = await executor.describe(false);
    const told = await pursue(failure, executor, name, `0x${seed.toString(16)}`);
    const story: ViolationReport =
      told === "nondeterministic"
        ? { ...finding, config: read.config, calls, isReplayed: false }
        : told;
    return { ...story, side: isBase ? "base" : "candidate", on: trace.name };
  } finally {
    await executor.close();
  }
}
