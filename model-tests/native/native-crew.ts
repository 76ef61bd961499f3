/**
 * Processes that do tasks with one library, each task in a fresh one or in a copy of one that waits.
 *
 * What a library does may depend on all that its process has asked of it. So a task whose result is
 * reported runs in a process that has done nothing else. Attempts on the way to a shorter trace run in copies
 * of one that has loaded the library and asked nothing of it: to start a process takes as long as thousands of
 * calls.
 */
import type { TraceCall } from "#spec";
import type { Work } from "../campaign/work.ts";
import { UnusableSubject } from "../subject/contract.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import { type Death, NativeProcess } from "./native-process.ts";

export interface NativeCrewOptions {
  readonly reference: string;
  readonly options: SubjectOptions;
  readonly directory: string;
  readonly callTimeoutMs: number;
  readonly signal?: AbortSignal;
}

/** A task that came back, with all calls that its process had made if they were asked for. */
export interface Done<Value> {
  readonly kind: "done";
  readonly value: Value;
  readonly history: readonly TraceCall[] | undefined;
}

export interface Manner<Value> {
  readonly process?: "fresh" | "copied";
  /** How many times as long as usual a call may take. */
  readonly patience?: number;
  /** Whether the history of the process is wanted. */
  readonly needsHistory?: (value: Value) => boolean;
}

export class NativeCrew {
  readonly #options: NativeCrewOptions;
  readonly #all = new Set<NativeProcess>();
  readonly #idle: NativeProcess[] = [];

  constructor(options: NativeCrewOptions) {
    this.#options = options;
  }

  /** Does `work`; a library that cannot be used throws `UnusableSubject`. */
  async run<Value>(work: Work, manner: Manner<Value> = {}): Promise<Done<Value> | Death> {
    const { callTimeoutMs, signal, ...named } = this.#options;
    const { process = "fresh", patience = 1, needsHistory } = manner;
    signal?.throwIfAborted();
    const isForked = process === "copied";
    const worker = (isForked ? this.#idle.pop() : undefined) ?? (await this.#start());
    try {
      const stop = signal === undefined ? {} : { signal };
      const limits = { limitMs: callTimeoutMs * patience, ...stop };
      const answer = await worker.run<Value>(
        isForked ? { ...named, work, isForked } : { ...named, work },
        limits,
      );
      if (answer.kind === "dead") return answer;
      if (answer.kind === "unusable") throw new UnusableSubject(answer.reason);
      if (answer.kind === "malformed") throw new MalformedTrace(answer.line, answer.reason);

      const history = needsHistory?.(answer.value) ? worker.box().history() : undefined;
      return { ...answer, history };
    } finally {
      if (isForked && worker.isAlive) this.#idle.push(worker);
      else await this.#end(worker);
    }
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => this.#end(worker)));
  }

  async #start(): Promise<NativeProcess> {
    const worker = await NativeProcess.start();
    this.#all.add(worker);
    return worker;
  }

  async #end(worker: NativeProcess): Promise<void> {
    if (!this.#all.delete(worker)) return;
    await worker.close();
  }
}
