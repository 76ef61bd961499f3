/**
 * How long two subjects take for the same calls, as a ratio.
 *
 * Times of a busy machine say nothing by themselves. So the two take turns, in rounds of base, candidate,
 * candidate, base: what slows a round down slows both, and what drifts cancels. The logarithms of the ratios
 * of all rounds have a mean, and a t interval around it that holds the truth 95 times out of 100.
 */
import type { FlightRecorder } from "../conformance/flight.ts";
import { promisesOf } from "../subject/contract.ts";
import type { Subject } from "../subject/subject.ts";
import type { ComparedTrace } from "./compared-trace.ts";
import { quietInstance, readCompared } from "./measure-trace.ts";
import { makeQuietly } from "./quiet-calls.ts";

export interface RaceTask {
  readonly traces: readonly ComparedTrace[];
  readonly cores: number;
  readonly rounds: number;
}

/** The time of the candidate over that of the base. */
export interface TimeRatio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

/** Of long traces only the beginning is raced on. */
const CALLS_MAX = 5000;
/** A race of slow subjects has fewer rounds, so that it takes no longer than about this, but a few. */
const RACE_MS = 20_000;
const ROUNDS_MIN = 3;

/** Has `base` and `candidate` take turns. */
export async function race(
  base: Subject,
  candidate: Subject,
  { traces, cores, rounds }: RaceTask,
  flight?: FlightRecorder,
): Promise<TimeRatio> {
  const read: Awaited<ReturnType<typeof readCompared>>[] = [];
  for (const trace of traces) {
    const { config, calls } = await readCompared(trace, cores);
    read.push({ config, calls: calls.slice(0, CALLS_MAX) });
    flight?.beat();
  }
  const timed = async (subject: Subject): Promise<number> => {
    const promises = promisesOf(subject);
    let time = 0;
    for (const { config, calls } of read) {
      const instance = await quietInstance(subject, config);
      flight?.beat();
      const start = performance.now();
      await makeQuietly(instance, calls, promises);
      time += performance.now() - start;
      flight?.beat();
      await instance.destroy?.();
    }
    return time;
  };
  // Once each for nothing: code is compiled while it first runs.
  const began = performance.now();
  await timed(base);
  await timed(candidate);
  const affordable = Math.floor(RACE_MS / (2 * (performance.now() - began)));
  const made = Math.min(rounds, Math.max(ROUNDS_MIN, affordable));
  const logs: number[] = [];
  for (let round = 0; round < made; round++) {
    const [first, second] = [await timed(base), await timed(candidate)];
    const [third, fourth] = [await timed(candidate), await timed(base)];
    logs.push(Math.log((second + third) / (first + fourth)));
  }
  return ratioOf(logs);
}

/** The mean of ratios whose logarithms are `logs`, and its interval. */
export function ratioOf(logs: readonly number[]): TimeRatio {
  const rounds = logs.length;
  const mean = logs.reduce((sum, log) => sum + log, 0) / rounds;
  if (rounds < 2) return { ratio: Math.exp(mean), low: 0, high: Number.POSITIVE_INFINITY, rounds };
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (rounds - 1);
  const half = (T_95[rounds - 2] ?? T_LIMIT) * Math.sqrt(variance / rounds);
  return { ratio: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half), rounds };
}

/** The two-sided 95 % quantiles of Student's t, from one degree of freedom on. */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
] as const;
const T_LIMIT = 2.086;
