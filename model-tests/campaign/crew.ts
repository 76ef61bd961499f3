/**
 * Workers that do tasks with one subject, watched from here.
 *
 * An allocator under test may loop for ever or take its thread down. Neither may end the campaign: a
 * worker notes every call before it makes it, and when the notes stand still for too long it is
 * ended, and what it was doing is an answer like any other.
 */
import { fileURLToPath } from "node:url";
import Tinypool from "tinypool";
import type { TraceCall } from "#spec";
import { FlightRecorder } from "../conformance/flight.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import type { WorkerTask } from "./worker.ts";

/** A task that did not come back, and the calls that led there. */
export interface Stuck {
  readonly kind: "stuck";
  readonly how: "hung" | "died";
  readonly reason: string;
  readonly run: number;
  readonly memoryBytes: number;
  readonly calls: readonly TraceCall[];
}

export type Outcome<Value> = { readonly kind: "done"; readonly value: Value } | Stuck;

type Omitted<Task> = Task extends unknown
  ? Omit<Task, "reference" | "directory" | "flight">
  : never;
export type Work = Omitted<WorkerTask>;

export interface CrewOptions {
  readonly reference: string;
  readonly directory: string;
  readonly workers: number;
  readonly callTimeoutMs: number;
  readonly signal?: AbortSignal;
}

const FLIGHT_CALLS = 20_000;
/** Loading a module may take longer than a call, and longer still on a busy machine. */
const LOAD_TIMEOUT_MS = 30_000;
const LOOK_MS = 50;

export class Crew {
  readonly #options: CrewOptions;
  readonly #pool: Tinypool;
  readonly #running = new Set<AbortController>();
  /** Why no worker can be started. */
  #broken: unknown;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.#pool = new Tinypool({
      filename: workerFile(),
      minThreads: 0,
      maxThreads: options.workers,
      idleTimeout: 60_000,
      env: { ...process.env, NO_COLOR: "1" },
      // Whatever conditions and loaders the calling process has are not for the compiled worker.
      execArgv: [],
    });
    this.#pool.on("error", (error: unknown) => {
      this.#broken = error;
      for (const ending of this.#running) ending.abort();
    });
  }

  /** Does `work` on a worker; a subject that cannot be used throws `UnusableSubject`. */
  async run<Value>(work: Work, timeoutFactor = 1): Promise<Outcome<Value>> {
    const { reference, directory, callTimeoutMs, signal } = this.#options;
    const flight = new FlightRecorder(FLIGHT_CALLS);
    const ending = new AbortController();
    const onStop = (): void => ending.abort();
    signal?.addEventListener("abort", onStop, { once: true });
    this.#running.add(ending);
    let isStuck = false;
    let seen = { beats: 0, since: performance.now() };
    const watch = setInterval(() => {
      const now = performance.now();
      if (flight.beats !== seen.beats) seen = { beats: flight.beats, since: now };
      const limit = flight.beats === 0 ? LOAD_TIMEOUT_MS : callTimeoutMs;
      if (now - seen.since < limit * timeoutFactor) return;
      isStuck = true;
      ending.abort();
    }, LOOK_MS);
    try {
      const task = { ...work, reference, directory, flight: flight.buffer };
      const answer: Answer<Value> = await this.#pool.run(task, { signal: ending.signal });
      if (answer.kind === "unusable") throw new UnusableSubject(answer.reason);
      if (answer.kind === "malformed") throw new MalformedTrace(answer.line, answer.reason);
      return answer;
    } catch (error) {
      if (error instanceof UnusableSubject || error instanceof MalformedTrace) throw error;
      if (this.#broken !== undefined) throw this.#broken;
      if (signal?.aborted) throw error;
      if (isStuck && flight.beats === 0) {
        throw new UnusableSubject(`${reference} did not load within ${LOAD_TIMEOUT_MS / 1000} s`);
      }
      const isOutOfMemory =
        (error as { readonly code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY";
      if (!isStuck && !isOutOfMemory) throw error;
      return stuck(flight, isStuck);
    } finally {
      clearInterval(watch);
      this.#running.delete(ending);
      signal?.removeEventListener("abort", onStop);
    }
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    await this.#pool.destroy().catch(() => {});
  }
}

type Answer<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "unusable"; readonly reason: string }
  | { readonly kind: "malformed"; readonly reason: string; readonly line: number };

function stuck(flight: FlightRecorder, isHung: boolean): Stuck {
  const { run, memoryBytes } = flight;
  const how = isHung ? "hung" : "died";
  const reason = isHung ? "the call did not end" : "the thread ran out of memory";
  return { kind: "stuck", how, reason, run, memoryBytes, calls: flight.calls() };
}

/** The compiled worker: threads cannot load TypeScript, so from source it is the one in `dist`. */
function workerFile(): string {
  const here = new URL(import.meta.url);
  const path = here.pathname.endsWith(".ts")
    ? new URL("../../dist/model-tests/campaign/worker.js", here)
    : new URL("./worker.js", here);
  return fileURLToPath(path);
}
