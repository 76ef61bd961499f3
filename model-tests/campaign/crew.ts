/**
 * Workers that do tasks with one subject, watched from here.
 *
 * A worker notes every call before it makes it: so when it has to be ended, the calls that led there are
 * known.
 */
import type { TraceCall } from "#spec";
import { FlightRecorder } from "../conformance/flight.ts";
import { UnusableSubject } from "../subject/contract.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import type { WorkAnswer } from "./do-work.ts";
import { LOAD_TIMEOUT_MS, WatchedPool } from "./watched-pool.ts";
import type { Work } from "./work.ts";

/** A task that did not come back, and the calls that led there. */
export interface Stuck {
  readonly kind: "stuck";
  readonly how: "hung" | "died";
  readonly reason: string;
  readonly run: number;
  readonly memoryBytes: number;
  /** How many calls the run had made, with the one that did not come back. */
  readonly count: number;
  /** The first of them: of a long recording not all are kept. */
  readonly calls: readonly TraceCall[];
}

export type Outcome<Value> = { readonly kind: "done"; readonly value: Value } | Stuck;

export interface CrewOptions {
  readonly reference: string;
  readonly options: SubjectOptions;
  readonly directory: string;
  readonly workers: number;
  readonly callTimeoutMs: number;
  readonly signal?: AbortSignal;
}

const FLIGHT_CALLS = 20_000;

export class Crew {
  readonly #options: CrewOptions;
  readonly #pool: WatchedPool;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.#pool = new WatchedPool("worker.js", options.workers, options.signal);
  }

  /** Does `work` on a worker; a subject that cannot be used throws `UnusableSubject`. */
  async run<Value>(work: Work, timeoutFactor = 1): Promise<Outcome<Value>> {
    const { reference, options, directory, callTimeoutMs } = this.#options;
    const flight = new FlightRecorder(FLIGHT_CALLS);
    const task = { ...work, reference, options, directory, flight: flight.buffer };
    const end = await this.#pool.run<WorkAnswer<Value>>(task, flight, callTimeoutMs, timeoutFactor);
    if (end.kind === "lost") {
      if (end.how !== "not begun") return stuck(flight, end.how);
      throw new UnusableSubject(`${reference} did not load within ${LOAD_TIMEOUT_MS / 1000} s`);
    }
    const { answer } = end;
    if (answer.kind === "unusable") throw new UnusableSubject(answer.reason);
    if (answer.kind === "malformed") throw new MalformedTrace(answer.line, answer.reason);
    return answer;
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}

function stuck(flight: FlightRecorder, how: Stuck["how"]): Stuck {
  const { run, memoryBytes, count } = flight;
  const reason = how === "hung" ? "the call did not end" : "the thread ran out of memory";
  return { kind: "stuck", how, reason, run, memoryBytes, count, calls: flight.calls() };
}
