/** Plants one fault in a subject, makes runs, and says which rule has found it, if one has. */
import { RULES, SYSTEM_REQUEST_RULES, SYSTEM_RULES } from "#spec";
import { assert } from "#support";
import type { FlightRecorder } from "../conformance/flight.ts";
import { runGenerated } from "../conformance/run.ts";
import { Session } from "../conformance/session.ts";
import { Tally } from "../conformance/tally.ts";
import type { PlanLimits } from "../generate/run-plan.ts";
import { promisesOf } from "../subject/contract.ts";
import { boundMethods } from "../subject/instance-methods.ts";
import type { Subject } from "../subject/subject.ts";
import { Seat } from "./seat.ts";
import { type Facts, obstacle, type Shim } from "./shim.ts";
import { SHIMS } from "./shims.ts";

export interface TrialTask {
  /** The name of a shim; absent, the subject is tried as it is. */
  readonly shim?: string;
  readonly seed: number;
  readonly runs: number;
  /** The most calls of a run. */
  readonly calls: number;
  /** A rule that is not asked: what planted its fault is then found by another or by none. */
  readonly without?: string;
  /** Whether a call that does not end can be ended. */
  readonly isWatched: boolean;
}

export type TrialResult =
  | { readonly kind: "does not apply"; readonly reason: string }
  /** A rule was broken: after so many calls of so many runs. */
  | {
      readonly kind: "caught";
      readonly rule: string;
      readonly calls: number;
      readonly runs: number;
    }
  /** No rule was broken; `hasStruck` says whether anything wrong was done. */
  | { readonly kind: "held"; readonly hasStruck: boolean; readonly calls: number };

/** Makes the runs of `task`, up to the first that breaks a rule. */
export async function makeTrial(
  subject: Subject,
  task: TrialTask,
  flight?: FlightRecorder,
): Promise<TrialResult> {
  const { seed, runs, without, shim: name } = task;
  const shim = name === undefined ? undefined : shimNamed(name);
  const reason = shim && obstacle(shim, await factsOf(subject, task.isWatched));
  if (reason !== undefined) return { kind: "does not apply", reason };

  const seats: Seat[] = [];
  const faulty = shim === undefined ? subject : planted(subject, shim, seats);
  const limits: PlanLimits = { calls: task.calls, ...shim?.limits };
  const tally = new Tally();
  for (let run = 0; run < runs; run++) {
    flight?.begin(run);
    const options = { tally, ...rulesBut(without), ...(flight === undefined ? {} : { flight }) };
    const { violation } = await runGenerated(faulty, seed, run, limits, options);
    if (violation === undefined) continue;
    return {
      kind: "caught",
      rule: violation.rule.name,
      calls: tally.calls.executed,
      runs: run + 1,
    };
  }
  const hasStruck = seats.some((seat) => seat.hasStruck);
  return { kind: "held", hasStruck, calls: tally.calls.executed };
}

function shimNamed(name: string): Shim {
  const shim = SHIMS.find((one) => one.name === name);
  assert(shim !== undefined, "a shim that is tried is one of the list");
  return shim;
}

/** What decides which shims apply to `subject`, found out with one instance of it. */
async function factsOf(subject: Subject, isWatched: boolean): Promise<Facts> {
  const config = { memoryBytes: 65_536, cores: subject.cores ?? 1 };
  const session = await Session.open(subject, config);
  const { instance, witness } = session.heap;
  const offers = Object.keys(boundMethods(instance));
  const { hasGuards } = witness;
  await session.close();
  return { offers, promises: promisesOf(subject), hasGuards, isWatched };
}

/** `subject` with `shim` in front of every instance; `seats` gathers where it sits. */
function planted(subject: Subject, shim: Shim, seats: Seat[]): Subject {
  const promises = promisesOf(subject);
  const pairs = promises.independentInstances === true ? 2 : 1;
  let session: Seat[] = [];
  return {
    ...subject,
    promises,
    create: async (options) => {
      const instance = await subject.create(options);
      if (session.length === pairs) session = [];
      const seat = new Seat(instance, promises, session);
      session.push(seat);
      seats.push(seat);
      return seat.faced(shim.plant(seat));
    },
  };
}

function rulesBut(without: string | undefined) {
  const isKept = ({ name }: { readonly name: string }): boolean => name !== without;
  return {
    rules: RULES.filter(isKept),
    systemRules: SYSTEM_RULES.filter(isKept),
    requestRules: SYSTEM_REQUEST_RULES.filter(isKept),
  };
}
