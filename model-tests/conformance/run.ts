/** Drives a session: with calls drawn as it goes, or with those of a trace. */
import { RULES, type Rule, type TraceCall, type TraceConfig } from "#spec";
import { CallGenerator } from "../generate/call-generator.ts";
import { type ChoiceSource, RandomChoices } from "../generate/choices.ts";
import { type PlanLimits, planRun } from "../generate/run-plan.ts";
import { promisesOf } from "../subject/contract.ts";
import type { Subject } from "../subject/subject.ts";
import type { FlightRecorder } from "./flight.ts";
import { Session, type Violation } from "./session.ts";
import type { SessionOptions } from "./session-options.ts";
import type { Policy } from "./witness.ts";

/** Where a run ended. */
export interface RunOutcome {
  readonly config: TraceConfig;
  readonly calls: readonly TraceCall[];
  readonly violation: Violation | undefined;
}

export interface RunOptions extends SessionOptions {
  readonly flight?: FlightRecorder;
}

/** Memory up to here is swept after every call: it takes no longer than looking in part. */
const SWEPT_MEMORY_MAX = 4096;

/** Every byte is looked at after every call of a trace up to this long, when it is replayed. */
export const SWEPT_CALLS_MAX = 5000;

/** A heap that is waited for is given half a minute. */
const CREATE_BEAT_MS = 50;
const CREATE_BEATS_MAX = 600;

/** How a generated run with so much memory is watched. */
export function policyFor(memoryBytes: number): Policy {
  return memoryBytes <= SWEPT_MEMORY_MAX ? "sweep" : "neighbours";
}

/** Makes run number `run` of the campaign with `seed`: a function of those two, and of nothing else. */
export async function runGenerated(
  subject: Subject,
  seed: number,
  run: number,
  limits: PlanLimits,
  options: RunOptions = {},
): Promise<RunOutcome> {
  return await runChosen(subject, new RandomChoices(seed, run), limits, options);
}

/** Makes a run whose every choice comes from `choices`. */
export async function runChosen(
  subject: Subject,
  choices: ChoiceSource,
  limits: PlanLimits,
  options: RunOptions = {},
): Promise<RunOutcome> {
  const promises = promisesOf(subject);
  const plan = planRun(choices, promises, limits);
  const cores = subject.cores ?? 1;
  const config = { memoryBytes: plan.memoryBytes, cores };
  const policy = policyFor(plan.memoryBytes);
  if (options.flight !== undefined) options.flight.memoryBytes = plan.memoryBytes;
  const session = await opened(subject, config, { policy, ...options });
  const generator = new CallGenerator(choices, plan, promises, session.heaps, cores);
  const calls: TraceCall[] = [];
  const { tally } = session;

  for (let call = generator.next(); call !== undefined; call = generator.next()) {
    calls.push(call);
    options.flight?.note(call);
    const { refused } = tally.calls;
    const pending = session.step(call);
    const result = typeof pending === "string" ? pending : await pending;
    if (result === "violated") break;
    if (tally.calls.refused > refused) generator.refused(call.size);
  }
  if (session.violation === undefined) session.sweep();
  await session.close();
  return { config, calls, violation: session.violation };
}

/** Makes the calls of a trace, one after the other, on a fresh heap. */
export async function runCalls(
  subject: Subject,
  config: TraceConfig,
  calls: Iterable<TraceCall> | AsyncIterable<TraceCall>,
  options: RunOptions = {},
): Promise<{ readonly violation: Violation | undefined; readonly made: number }> {
  if (options.flight !== undefined) options.flight.memoryBytes = config.memoryBytes;
  const session = await opened(subject, config, { policy: "sweep", ...options });
  if (Symbol.iterator in calls) {
    for (const call of calls) {
      options.flight?.note(call);
      const pending = session.step(call);
      if ((typeof pending === "string" ? pending : await pending) === "violated") break;
    }
  } else {
    for await (const call of calls) {
      options.flight?.note(call);
      const pending = session.step(call);
      if ((typeof pending === "string" ? pending : await pending) === "violated") break;
    }
  }
  if (session.violation === undefined) session.sweep();
  await session.close();
  return { violation: session.violation, made: session.calls };
}

/** A heap may be made by booting a machine: that goes on, for a while, though no call is made. */
async function opened(
  subject: Subject,
  config: TraceConfig,
  options: RunOptions,
): Promise<Session> {
  const { flight } = options;
  if (flight === undefined) return await Session.open(subject, config, options);

  let beats = 0;
  const beating = setInterval(() => {
    beats += 1;
    if (beats < CREATE_BEATS_MAX) flight.beat();
  }, CREATE_BEAT_MS);
  try {
    return await Session.open(subject, config, options);
  } finally {
    clearInterval(beating);
  }
}

/** The rules without the one named `name`: what a campaign sees when a rule is forgotten. */
export function rulesWithout(name: string): readonly Rule[] {
  return RULES.filter((rule) => rule.name !== name);
}
