/**
 * Works on a watched thread, for a machine that is a module: a call that does not end is an answer like any
 * other, and the work can be stopped in the middle of a call.
 */
import type { Film } from "../film/film.ts";
import type { FilmMachineTask } from "../film/film-machine.ts";
import type { MachineExploration, MachineExploreScope } from "../machine/machine-explore.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { isMachineReference } from "../subject/machines.ts";
import type { MachineExecutor } from "./machine-executor.ts";
import type { MachineFailure } from "./machine-failures.ts";
import { MachineFlight } from "./machine-flight.ts";
import type { Candidate } from "./machine-offers.ts";
import type { MachineViolation } from "./machine-report.ts";
import { failedAttempt, type MachineAttempt, type MachineRunTask } from "./machine-work.ts";
import type { MachineWork } from "./machine-worker.ts";
import { isNoReturn, notReturned } from "./no-return.ts";
import { callsKey, type ShortMachineFailure } from "./shorten-machine.ts";
import { shortenNoReturn } from "./shorten-no-return.ts";
import { LOAD_TIMEOUT_MS, WatchedPool } from "./watched-pool.ts";

export interface MachineCrewOptions {
  /** What the user typed. */
  readonly reference: string;
  readonly directory: string;
  readonly callTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

const DEFAULT_CALL_TIMEOUT_MS = 5000;
/** A call that does not end is asked once more, alone, and given this much longer. */
const SECOND_CHANCE = 10;
/** While a trace is made shorter, a call that takes so long is taken not to end. */
const SHRINK_TIMEOUT_MS = 500;
/** How many traces that do not end are met on the way to a shorter one before it is given up. */
const HANGS_MAX = 12;

/** The executor for the machine that `reference` means, or undefined if it means none. */
export async function machineCrew(
  options: MachineCrewOptions,
): Promise<MachineExecutor | undefined> {
  if (!isMachineReference(options.reference, options.directory)) return undefined;
  const crew = new MachineCrew(options);
  try {
    if (await crew.load()) return crew;
  } catch (error) {
    await crew.close();
    throw error;
  }
  await crew.close();
  return undefined;
}

/** A value, or the run in which a call never came back. */
type Outcome<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "lost"; readonly failure: MachineFailure; readonly flight: MachineFlight };

type Answer<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "unusable"; readonly reason: string };

class MachineCrew implements MachineExecutor {
  readonly #options: MachineCrewOptions;
  readonly #limitMs: number;
  readonly #pool: WatchedPool;
  #name = "";

  constructor(options: MachineCrewOptions) {
    this.#options = options;
    this.#limitMs = options.callTimeoutMs ?? DEFAULT_CALL_TIMEOUT_MS;
    this.#pool = new WatchedPool("machine-worker.js", 1, options.signal);
  }

  get name(): string {
    return this.#name;
  }

  get isStopped(): boolean {
    return this.#options.signal?.aborted ?? false;
  }

  /** Whether the module is one of a machine. */
  async load(): Promise<boolean> {
    const outcome = await this.#run<string | undefined>({ kind: "name" }, SECOND_CHANCE);
    if (outcome.kind === "lost" || outcome.value === undefined) return false;
    this.#name = outcome.value;
    return true;
  }

  async makeRun(task: MachineRunTask): Promise<MachineAttempt | undefined> {
    try {
      const work = { kind: "run", ...task } as const;
      const outcome = await this.#run<MachineAttempt>(work);
      if (outcome.kind === "done") return outcome.value;
      const failure = await this.#confirmed(outcome.failure);
      if (failure !== undefined) return failedAttempt({ ...failure, run: task.run });
      // It was only slow: the machine was busy. The same run again, with more patience.
      const again = await this.#run<MachineAttempt>(work, SECOND_CHANCE);
      if (again.kind === "done") return again.value;
      return failedAttempt({ ...again.failure, run: task.run });
    } catch (error) {
      if (this.isStopped) return undefined;
      throw error;
    }
  }

  async makeCalls(candidate: Candidate, hang?: "known"): Promise<MachineAttempt> {
    const work = { kind: "calls", candidate } as const;
    const first = await this.#run<MachineAttempt>(work);
    if (first.kind === "done") return first.value;
    if (hang === "known") return failedAttempt(first.failure);
    const second = await this.#run<MachineAttempt>(work, SECOND_CHANCE);
    return second.kind === "done" ? second.value : failedAttempt(second.failure);
  }

  async makeShorter(
    failure: MachineFailure,
    effort: number,
  ): Promise<ShortMachineFailure | undefined> {
    const patience = Math.min(1, SHRINK_TIMEOUT_MS / this.#limitMs);
    if (isNoReturn(failure.broken)) {
      return await shortenNoReturn(failure, async (candidate) => {
        const work = { kind: "calls", candidate } as const;
        const outcome = await this.#run<MachineAttempt>(work, patience);
        return outcome.kind === "lost" ? outcome.failure : undefined;
      });
    }
    const avoided: string[] = [];
    while (avoided.length < HANGS_MAX) {
      const work = { kind: "shorten", failure, effort, avoided } as const;
      const outcome = await this.#run<ShortMachineFailure | undefined>(work, patience);
      if (outcome.kind === "done") return outcome.value;
      // A shorter list of calls does not end: the same effort again, without that one.
      avoided.push(callsKey(outcome.failure.calls));
    }
    const { failure: again } = await this.makeCalls(failure);
    return again && { failure: { ...failure, broken: again.broken }, executions: 1 };
  }

  async tell(failure: MachineFailure): Promise<MachineViolation> {
    return await this.#again<MachineViolation>({ kind: "tell", failure });
  }

  async film(task: FilmMachineTask): Promise<Film> {
    return await this.#again<Film>({ kind: "film", task });
  }

  async explore(scope: MachineExploreScope, depth: number): Promise<MachineExploration> {
    const flight = new MachineFlight();
    const work = { kind: "explore", scope, depth } as const;
    try {
      const outcome = await this.#run<MachineExploration>(work, 1, flight);
      if (outcome.kind === "done") return outcome.value;
      const failure = await this.#confirmed(outcome.failure);
      if (failure !== undefined) return cutShort(flight, failure);
      const again = await this.#run<MachineExploration>(work, SECOND_CHANCE, flight);
      return again.kind === "done" ? again.value : cutShort(flight, again.failure);
    } catch (error) {
      if (this.isStopped) return cutShort(flight, undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** Makes calls that all came back before. */
  async #again<Value>(work: MachineWork): Promise<Value> {
    const outcome = await this.#run<Value>(work, SECOND_CHANCE);
    if (outcome.kind === "done") return outcome.value;
    throw new UnusableSubject(
      `${this.#options.reference} does not end a call that it ended before`,
    );
  }

  /** The failure that a lost run is, if it is lost again when it is alone and has time. */
  async #confirmed(failure: MachineFailure): Promise<MachineFailure | undefined> {
    const work = { kind: "calls", candidate: failure } as const;
    const again = await this.#run<MachineAttempt>(work, SECOND_CHANCE);
    return again.kind === "lost" ? again.failure : undefined;
  }

  async #run<Value>(
    work: MachineWork,
    patience = 1,
    flight: MachineFlight = new MachineFlight(),
  ): Promise<Outcome<Value>> {
    const { reference, directory } = this.#options;
    const task = { work, reference, directory, flight: flight.buffer };
    const end = await this.#pool.run<Answer<Value>>(task, flight, this.#limitMs, patience);
    if (end.kind === "answered") {
      if (end.answer.kind === "done") return end.answer;
      throw new UnusableSubject(end.answer.reason);
    }
    if (end.how === "not begun") {
      throw new UnusableSubject(`${reference} did not load within ${LOAD_TIMEOUT_MS / 1000} s`);
    }
    const { config, calls } = flight.read();
    if (calls.length === 0) throw new UnusableSubject("createMachine() does not return");
    const why = end.how === "hung" ? "the call did not end" : "the thread ran out of memory";
    return { kind: "lost", failure: { config, calls, broken: notReturned(why) }, flight };
  }
}

/** An exploration that was ended from outside, as far as it came. */
function cutShort(flight: MachineFlight, failure: MachineFailure | undefined): MachineExploration {
  const found = failure && { calls: failure.calls, broken: failure.broken };
  return { ...flight.size, isClosed: false, deadEnds: 0, failure: found };
}
