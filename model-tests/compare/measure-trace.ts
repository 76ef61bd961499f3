/**
 * Makes the calls of one trace on one subject, judged and measured.
 *
 * They are made twice: once under the eyes of the judge, who looks at memory and so changes what a simulated
 * machine counts, and once alone, for what the subject itself costs.
 */
import type { TraceCall, TraceConfig } from "#spec";
import { type Finding, findingOf } from "../campaign/tasks.ts";
import type { FlightRecorder } from "../conformance/flight.ts";
import { runCalls } from "../conformance/run.ts";
import { Tally } from "../conformance/tally.ts";
import { promisesOf } from "../subject/contract.ts";
import type { Subject, SubjectInstance } from "../subject/subject.ts";
import { openCalls } from "../trace/open-calls.ts";
import type { ComparedTrace } from "./compared-trace.ts";
import { type Footprint, Meter } from "./meter.ts";
import { makeQuietly } from "./quiet-calls.ts";

export interface MeasureTask extends ComparedTrace {
  readonly cores: number;
}

/** What one subject did on one trace. */
export interface Measured {
  readonly name: string;
  /** What tells these calls from others. */
  readonly mark: string;
  readonly calls: number;
  readonly refused: number;
  readonly skipped: number;
  readonly pages?: Footprint;
  readonly span: Footprint;
  readonly costs?: Readonly<Record<string, number>>;
  readonly finding?: Finding;
}

/** Judges and measures `subject` on the trace of `task`. */
export async function measureTrace(
  subject: Subject,
  task: MeasureTask,
  flight?: FlightRecorder,
): Promise<Measured> {
  const { config, calls } = await readCompared(task, task.cores);
  const meters: Meter[] = [];
  const metered: Subject = {
    ...subject,
    // A second instance that is never asked would only be looked at.
    promises: { ...promisesOf(subject), independentInstances: false },
    create: async (options) => {
      const meter = new Meter(await subject.create(options));
      meters.push(meter);
      return meter.instance;
    },
  };
  const tally = new Tally();
  flight?.begin(0);
  const options = { tally, policy: "neighbours" as const, ...(flight && { flight }) };
  const { violation } = await runCalls(metered, config, calls, options);
  const [meter] = meters;
  const { refused, skipped } = tally.calls;
  const { pages, span = { peak: 0, fragmentation: 0 } } = meter ?? {};
  const costs = violation === undefined ? await costsOf(subject, config, calls, flight) : undefined;
  return {
    name: task.name,
    mark: markOf(calls),
    calls: calls.length,
    refused,
    skipped,
    span,
    ...(pages === undefined ? {} : { pages }),
    ...(costs === undefined ? {} : { costs }),
    ...(violation === undefined ? {} : { finding: findingOf(violation) }),
  };
}

/** The calls of `trace` for systems of `cores` cores. */
export async function readCompared(
  { source }: ComparedTrace,
  cores: number,
): Promise<{ readonly config: TraceConfig; readonly calls: readonly TraceCall[] }> {
  if (source.kind === "calls") return source;
  const opened = await openCalls(source.path, { cores });
  const calls: TraceCall[] = [];
  for await (const call of opened.calls) {
    calls.push(call);
    if (calls.length === source.first) break;
  }
  return { config: { ...opened.facts.config, cores }, calls };
}

/** A fresh instance of `subject` that nobody judges. */
export async function quietInstance(
  subject: Subject,
  { memoryBytes, cores }: TraceConfig,
): Promise<SubjectInstance> {
  return await subject.create({ memoryBytes, cores, reached: () => {} });
}

async function costsOf(
  subject: Subject,
  config: TraceConfig,
  calls: readonly TraceCall[],
  flight: FlightRecorder | undefined,
): Promise<Measured["costs"]> {
  const instance = await quietInstance(subject, config);
  if (instance.costs === undefined) return undefined;
  flight?.beat();
  const before = instance.costs();
  await makeQuietly(instance, calls, promisesOf(subject));
  flight?.beat();
  const after = instance.costs();
  await instance.destroy?.();
  const changes = Object.entries(after).map(([name, cost]) => [name, cost - (before[name] ?? 0)]);
  return Object.fromEntries(changes) as Record<string, number>;
}

/** A short text that differs where calls do: FNV-1a over what is asked. */
function markOf(calls: readonly TraceCall[]): string {
  let hash = 0x811c_9dc5;
  const mix = (value: number): void => {
    hash = Math.imul(hash ^ (value & 0xffff_ffff), 0x0100_0193) >>> 0;
  };
  for (const { kind, name, size, align, core } of calls) {
    mix(kind.length);
    mix(name);
    mix(size);
    mix(align);
    mix(core);
  }
  return `${calls.length}-${hash.toString(16).padStart(8, "0")}`;
}
