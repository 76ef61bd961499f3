/**
 * Threads that do tasks for somebody who watches them from here.
 *
 * Whatever is under test may loop for ever or take its thread down. Neither may end the campaign: a task
 * notes in shared memory that it goes on, and when that stands still for too long its thread is ended, and
 * what it was doing is an answer like any other.
 */
import { fileURLToPath } from "node:url";
import Tinypool from "tinypool";

/** What a task notes of itself; another thread can read it. */
export interface Pulse {
  readonly buffer: SharedArrayBuffer | ArrayBuffer;
  /** Goes up with everything that is begun. */
  readonly beats: number;
}

/** A task that did not come back: it hung, or its thread died, or did not even begin. */
export type Lost = "hung" | "died" | "not begun";

export type TaskEnd<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "lost"; readonly how: Lost };

/** Loading a module may take longer than a call, and longer still on a busy machine. */
export const LOAD_TIMEOUT_MS = 30_000;
const LOOK_MS = 50;

export class WatchedPool {
  readonly #pool: Tinypool;
  readonly #signal: AbortSignal | undefined;
  readonly #running = new Set<AbortController>();
  /** Why no thread can be started. */
  #broken: unknown;

  /** Up to `threads` threads of the module `worker` of this folder, ended by `signal`. */
  constructor(worker: string, threads: number, signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.#pool = new Tinypool({
      filename: compiled(worker),
      minThreads: 0,
      maxThreads: threads,
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

  /** Does `task`, and ends it when `pulse` stands still for `limitMs`; `patience` times as long, if slow. */
  async run<Answer>(
    task: object,
    pulse: Pulse,
    limitMs: number,
    patience: number,
  ): Promise<TaskEnd<Answer>> {
    const ending = new AbortController();
    const onStop = (): void => ending.abort();
    this.#signal?.addEventListener("abort", onStop, { once: true });
    this.#running.add(ending);
    let isStuck = false;
    let seen = { beats: 0, since: performance.now() };
    const watch = setInterval(() => {
      const now = performance.now();
      if (pulse.beats !== seen.beats) seen = { beats: pulse.beats, since: now };
      const limit = pulse.beats === 0 ? LOAD_TIMEOUT_MS : limitMs;
      if (now - seen.since < limit * patience) return;
      isStuck = true;
      ending.abort();
    }, LOOK_MS);
    try {
      const answer: Answer = await this.#pool.run(task, { signal: ending.signal });
      return { kind: "answered", answer };
    } catch (error) {
      if (this.#broken !== undefined) throw this.#broken;
      if (this.#signal?.aborted) throw error;
      if (isStuck) return { kind: "lost", how: pulse.beats === 0 ? "not begun" : "hung" };
      const { code } = error as { readonly code?: string };
      if (code === "ERR_WORKER_OUT_OF_MEMORY") return { kind: "lost", how: "died" };
      throw error;
    } finally {
      clearInterval(watch);
      this.#running.delete(ending);
      this.#signal?.removeEventListener("abort", onStop);
    }
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await this.#pool.destroy().catch(() => {});
  }
}

/** A thread cannot load TypeScript, so from source the module is the one in `dist`. */
function compiled(worker: string): string {
  const here = new URL(import.meta.url);
  const path = here.pathname.endsWith(".ts")
    ? new URL(`../../dist/model-tests/campaign/${worker}`, here)
    : new URL(`./${worker}`, here);
  return fileURLToPath(path);
}
