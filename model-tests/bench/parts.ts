/** What is measured, part by part; each part runs in a process of its own. */
import { blockSubject } from "../subjects/reference.ts";
import { benchedCalls, smallCalls, WORKLOAD_NAMES } from "./benched-calls.ts";
import { nsPerChunkCall, PAGES_KINDS } from "./chunk-probe.ts";
import { commandsRate, WATCHINGS } from "./fast-check-calls.ts";
import { HEAP_PARTS } from "./heap-parts.ts";
import { generatedRate, type Judging, recordedRate } from "./judged-calls.ts";
import { nsOfPaging, PAGING_KINDS, PAGING_NAMES } from "./paging-probe.ts";
import type { RawAllocator } from "./raw-allocator.ts";
import { type FlatCalls, RAW_NAMES, type RawName, rawAllocator, timed } from "./raw-allocators.ts";
import { ZONE_SIZE_MAX } from "./raw-heaps.ts";
import {
  recordedCalls,
  TRACE_MEMORY_BYTES,
  TRACE_NAMES,
  type TraceName,
} from "./recorded-traces.ts";
import { type MemoryKind, nsPerPair } from "./size-class-probe.ts";
import { now, repeated } from "./statistics.ts";
import { LOG_FORMATS, LOG_LIVES, validatedRate } from "./validated-logs.ts";

/** How much is measured: how often, how many calls at a time, which traces. */
export interface Effort {
  readonly times: number;
  readonly calls: number;
  readonly pairs: number;
  readonly commandRuns: number;
  readonly rounds: number;
  readonly chunkCounts: readonly number[];
  readonly traces: readonly TraceName[];
  readonly workloads: readonly string[];
  /** How often the calls of each trace are made, when nobody judges. */
  readonly rawTimes: number;
}

export const CHUNK_COUNTS: readonly number[] = [100, 10_000, 100_000, 1_000_000];

export const FULL: Effort = {
  times: 5,
  calls: 250_000,
  pairs: 3_000_000,
  commandRuns: 150,
  rounds: 200_000,
  chunkCounts: CHUNK_COUNTS,
  traces: TRACE_NAMES,
  workloads: WORKLOAD_NAMES,
  rawTimes: 15,
};

export const QUICK: Effort = {
  times: 2,
  calls: 50_000,
  pairs: 500_000,
  commandRuns: 30,
  rounds: 20_000,
  chunkCounts: CHUNK_COUNTS.slice(0, 3),
  traces: ["sqlite"],
  workloads: [],
  rawTimes: 5,
};

/** Follows the name of a trace of which some calls were left out: each took so long, or was too large. */
export const IN_PART = " (in part)";

/** Samples by what was measured, or a sentence where that cannot be. */
export type Samples = Readonly<Record<string, readonly number[] | string>>;

export const LIVE_COUNTS = [100, 10_000, 100_000] as const;
/** How many events a log has. */
const EVENTS = 1_000_000;
const JUDGINGS: readonly Judging[] = ["all rules", "no rules"];
export const MEMORY_KINDS: readonly MemoryKind[] = ["plain", "translated", "mmu"];

type Part = (effort: Effort) => Promise<Samples>;

export const PARTS: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...LIVE_COUNTS.flatMap((live) =>
    JUDGINGS.map((judging): [string, Part] => [
      `generated ${live}, ${judging}`,
      async ({ times, calls }) => ({
        rate: await repeated(times, () => generatedRate(blockSubject, live, calls, judging)),
      }),
    ]),
  ),
  ...JUDGINGS.map((judging): [string, Part] => [
    `recorded, ${judging}`,
    (effort) => recorded(effort, judging),
  ]),
  ...WATCHINGS.map((watching): [string, Part] => [
    `commands, ${watching}`,
    async ({ times, commandRuns }) => ({
      rate: await repeated(times, () => commandsRate(commandRuns, 20, watching)),
    }),
  ]),
  ...LOG_FORMATS.flatMap((format) =>
    LOG_LIVES.map((live): [string, Part] => [
      `validated ${format} ${live}`,
      async ({ times }) => ({
        rate: await repeated(times, () => validatedRate(format, live, EVENTS)),
      }),
    ]),
  ),
  ...RAW_NAMES.map((name): [string, Part] => [`raw ${name}`, (effort) => raw(effort, name)]),
  ...HEAP_PARTS.map(([name, part]): [string, Part] => [name, part]),
  ...PAGES_KINDS.flatMap((kind) =>
    CHUNK_COUNTS.map((chunks): [string, Part] => [
      `pages ${kind} ${chunks}`,
      async ({ times, rounds, chunkCounts }) =>
        chunkCounts.includes(chunks)
          ? { ns: await repeated(times, () => nsPerChunkCall(kind, chunks, rounds)) }
          : { ns: "left out of a quick run" },
    ]),
  ),
  ...PAGING_KINDS.flatMap((kind) =>
    PAGING_NAMES.map((name): [string, Part] => [
      `paging ${kind} ${name}`,
      async ({ times, pairs }) => ({
        ns: await repeated(times, () => nsOfPaging(kind, name, pairs)),
      }),
    ]),
  ),
  ...MEMORY_KINDS.map((kind): [string, Part] => [
    `probe ${kind}`,
    async ({ times, pairs }) => ({ ns: await repeated(times, () => nsPerPair(kind, pairs)) }),
  ]),
]);

async function recorded({ times, traces }: Effort, judging: Judging): Promise<Samples> {
  const name = traces.includes("python-json") ? "python-json" : "sqlite";
  const calls = await recordedCalls(name);
  const once = () => recordedRate(blockSubject, calls, TRACE_MEMORY_BYTES, judging);
  return { [name]: await repeated(times, once) };
}

async function raw(
  { rawTimes: times, traces, workloads }: Effort,
  name: RawName,
): Promise<Samples> {
  const make = await rawAllocator(name);
  if (typeof make === "string") return { [name]: make };
  const samples: Record<string, readonly number[]> = {};
  for (const trace of [...traces, ...workloads]) {
    const all = await benchedCalls(trace);
    const calls = name === "zone" ? smallCalls(all, ZONE_SIZE_MAX) : all;
    let isWhole = calls.count === all.count;
    warmUp(make, calls);
    const taken = await repeated(times, () => {
      const { nsPerCall, made } = timed(make(), calls);
      isWhole &&= made === calls.count;
      return nsPerCall;
    });
    samples[isWhole ? trace : `${trace}${IN_PART}`] = taken;
  }
  return samples;
}

/** Lets the engine compile what is measured: a trace is short, and is over before that otherwise. */
function warmUp(make: () => RawAllocator, calls: FlatCalls): void {
  const end = now() + WARM_UP_NS;
  do timed(make(), calls);
  while (now() < end);
}

const WARM_UP_NS = 1e9;
