/**
 * Solvers on threads of their own, each with its own memory, so that two questions are decided at once.
 *
 * Questions wait in one line and every answer goes back to whoever asked, so nothing depends on how many
 * threads there are. A thread that dies, or is silent for so long that something must be wrong,
 * is an error of the question that it had: never a verdict, and never a wait without end.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Question, Reply } from "./worker.ts";
import { type Decision, STEPS_MAX } from "./z3.ts";

export interface TimedDecision extends Decision {
  readonly milliseconds: number;
}

export interface CrewOptions {
  readonly workers: number;
  /** How long a thread may be silent. */
  readonly silenceMs?: number;
  /** The compiled body of a thread. */
  readonly workerFile?: string;
}

interface Waiting {
  readonly question: Question;
  readonly resolve: (decision: TimedDecision) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly worker: Worker;
  isReady: boolean;
  task: Waiting | undefined;
  guard: NodeJS.Timeout | undefined;
}

const SILENCE_MS = 120_000;

export class SolverCrew {
  readonly #options: CrewOptions;
  readonly #members = new Set<Member>();
  #line: Waiting[];
  #version: string;
  #isClosed: boolean;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.#line = [];
    this.#version = "";
    this.#isClosed = false;
  }

  /** The solver's name for itself: what one version has proved, another is asked again. */
  async version(): Promise<string> {
    if (this.#version === "") await this.decide("(assert true)");
    return this.#version;
  }

  /** Decides `text` on the next thread that is free. */
  decide(text: string, stepsMax: number = STEPS_MAX): Promise<TimedDecision> {
    if (this.#isClosed) return Promise.reject(new Error("the solvers have been stopped"));
    return new Promise((resolve, reject) => {
      this.#line.push({ question: { text, stepsMax }, resolve, reject });
      this.#next();
    });
  }

  /** Ends all threads, and whatever they are at. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const members = [...this.#members];
    this.#members.clear();
    for (const member of members) this.#fail(member, "the solvers have been stopped");
    for (const { reject } of this.#line) reject(new Error("the solvers have been stopped"));
    this.#line = [];
    await Promise.all(members.map(({ worker }) => worker.terminate()));
  }

  #next(): void {
    for (const member of this.#members) {
      if (!member.isReady || member.task !== undefined) continue;
      const waiting = this.#line.shift();
      if (waiting === undefined) return;
      member.task = waiting;
      this.#watch(member);
      member.worker.postMessage(waiting.question);
    }
    const starting = [...this.#members].filter(({ isReady }) => !isReady).length;
    const isMoreNeeded = this.#line.length > starting;
    if (isMoreNeeded && this.#members.size < this.#options.workers) this.#start();
  }

  #start(): void {
    const file = this.#options.workerFile ?? compiledWorker();
    if (!existsSync(file)) {
      for (const { reject } of this.#line)
        reject(new Error(`run npm run build: there is no ${file}`));
      this.#line = [];
      return;
    }
    // Whatever conditions and loaders the calling process has are not for the compiled worker.
    const worker = new Worker(file, { execArgv: [] });
    const member: Member = { worker, isReady: false, task: undefined, guard: undefined };
    this.#members.add(member);
    this.#watch(member);
    worker.on("message", (reply: Reply) => this.#hear(member, reply));
    worker.on("error", (error: Error) => this.#lose(member, `a solver died: ${error.message}`));
    worker.on("exit", (code) => this.#lose(member, `a solver ended with ${code}`));
    this.#next();
  }

  #hear(member: Member, reply: Reply): void {
    clearTimeout(member.guard);
    if (reply.kind === "ready") {
      member.isReady = true;
      this.#version = reply.version;
    } else {
      const task = member.task;
      member.task = undefined;
      if (reply.kind === "failed") task?.reject(new Error(reply.reason));
      else task?.resolve(reply);
    }
    this.#next();
  }

  #watch(member: Member): void {
    clearTimeout(member.guard);
    const silence = this.#options.silenceMs ?? SILENCE_MS;
    const onSilence = (): void => {
      this.#lose(member, `a solver was silent for ${silence / 1000} s`);
      void member.worker.terminate();
    };
    member.guard = setTimeout(onSilence, silence);
  }

  /** A thread is gone: the question that it had has failed, or the next, so that nobody waits for ever. */
  #lose(member: Member, reason: string): void {
    if (!this.#members.delete(member)) return;
    member.task ??= this.#line.shift();
    this.#fail(member, reason);
    this.#next();
  }

  #fail(member: Member, reason: string): void {
    clearTimeout(member.guard);
    member.task?.reject(new Error(reason));
    member.task = undefined;
  }
}

/** Threads cannot load TypeScript, so from source the body is the compiled one. */
function compiledWorker(): string {
  const here = new URL(import.meta.url);
  const path = here.pathname.endsWith(".ts")
    ? new URL("../../dist/proofs/solver/worker.js", here)
    : new URL("./worker.js", here);
  return fileURLToPath(path);
}
