/**
 * One process in which a library is judged, seen from outside: it is told what to do, watched while it
 * does it, and ended when it stands still or takes too much memory.
 *
 * The file that the two share has no name by the time that it is used: nothing is left of it, whoever dies
 * first and however.
 */
import { type ChildProcess, fork, type StdioOptions } from "node:child_process";
import { closeSync, readFileSync, readSync } from "node:fs";
import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import type { WorkAnswer } from "../campaign/do-work.ts";
import { BlackBox } from "./black-box.ts";
import { CLibrary } from "./c-library.ts";
import type { ForkDeath } from "./forks.ts";
import { type Koffi, loadKoffi } from "./load-koffi.ts";
import { type NativeTask, SHARED_FILE } from "./native-task.ts";
import { unnamedFile } from "./unnamed-file.ts";

/** How a process ended that did not answer. */
export interface Death {
  readonly kind: "dead";
  readonly how: "hung" | "died" | "not begun";
  /** What ended it: a signal, `exit(1)`, too much memory. */
  readonly cause: string;
  /** The last line that it wrote, which may differ from one time to the next. */
  readonly words?: string;
  readonly box: BlackBox;
}

/** How long it may stand still, and whether it may be ended at any time. */
export interface Patience {
  readonly limitMs: number;
  readonly signal?: AbortSignal;
}

type Message = WorkAnswer | ForkDeath | { readonly kind: "broken"; readonly reason: string };

const LOAD_TIMEOUT_MS = 30_000;
const LOOK_MS = 20;
const PAGE_BYTES = 4096;
const WORD_BYTES = 8;
/** No more than this beside what a run may have, and no more than its share of what the machine has. */
const MEMORY_MAX = 2 ** 29;
const MEMORY_SHARE = 4;
/** With threads and chance of its own, the engine would take memory elsewhere each time, and so the library. */
const REPEATABLE = ["--single-threaded", "--random-seed=1", "--hash-seed=1"];
const STDERR_KEPT = 2000;
const LAST_WORDS_MS = 100;

export class NativeProcess {
  readonly #child: ChildProcess;
  readonly #file: number;
  readonly #ended: Promise<string>;
  readonly #word = Buffer.alloc(WORD_BYTES);
  #said = "";
  #isAlive = true;
  /** Why it was ended from here. */
  #reason: "hung" | "greedy" | undefined;

  private constructor(koffi: Koffi) {
    this.#file = unnamedFile(BlackBox.bytes);
    const stdio: StdioOptions = ["ignore", "ignore", "pipe", "ipc"];
    stdio[SHARED_FILE] = this.#file;
    const start = (): ChildProcess =>
      fork(compiledChild(), [String(process.pid)], {
        stdio,
        serialization: "advanced",
        execArgv: [...REPEATABLE],
        env: { ...process.env, NO_COLOR: "1", GLIBC_TUNABLES: tunables() },
        // What is typed to stop the tool must not look like the end of a library.
        detached: true,
      });
    this.#child = new CLibrary(koffi).withoutRandomAddresses(start);
    this.#ended = new Promise((resolve) => {
      const onEnd = (cause: string): void => {
        this.#isAlive = false;
        resolve(cause);
      };
      this.#child.on("exit", (code, signal) => onEnd(signal ?? `exit(${code})`));
      this.#child.on("error", (error) => onEnd(error.message));
    });
    this.#child.stderr?.on("data", (piece: Buffer) => {
      this.#said = (this.#said + piece.toString()).slice(-STDERR_KEPT);
    });
  }

  /** Starts one. */
  static async start(): Promise<NativeProcess> {
    return new NativeProcess(await loadKoffi());
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Does `task`; answers what came of it, or how the process died instead. */
  async run<Value>(
    task: NativeTask,
    { limitMs, signal }: Patience,
  ): Promise<WorkAnswer<Value> | Death> {
    const child = this.#child;
    const onStop = (): void => this.kill();
    signal?.addEventListener("abort", onStop, { once: true });
    const watch = this.#watch(limitMs);
    let onMessage: (message: Message) => void = () => {};
    try {
      const answered = new Promise<Message>((resolve) => {
        onMessage = resolve;
        child.once("message", onMessage);
      });
      child.send(task, () => {});
      const first = await Promise.race([answered, this.#ended]);
      if (signal?.aborted) throw signal.reason;
      if (typeof first === "string") return await this.#death(first);
      if (first.kind === "broken") throw new Error(`a process that judges broke: ${first.reason}`);
      if (first.kind === "died") {
        return { kind: "dead", how: "died", cause: first.cause, box: this.box() };
      }
      return first as WorkAnswer<Value>;
    } finally {
      clearInterval(watch);
      child.off("message", onMessage);
      signal?.removeEventListener("abort", onStop);
    }
  }

  /** What it noted before it ended, or until now. */
  box(): BlackBox {
    const bytes = Buffer.alloc(BlackBox.bytes);
    readSync(this.#file, bytes, 0, bytes.length, 0);
    return new BlackBox((start, size) => {
      const from = bytes.byteOffset + start;
      return bytes.buffer.slice(from, from + size);
    });
  }

  /** Ends it, whatever it is doing. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Ends it, and lets go of what it shared. */
  async close(): Promise<void> {
    this.kill();
    await this.#ended;
    closeSync(this.#file);
  }

  #watch(limitMs: number): NodeJS.Timeout {
    let seen = { beats: -1, since: performance.now() };
    const before = this.#readBeats();
    return setInterval(() => {
      const now = performance.now();
      const beats = this.#readBeats();
      if (beats !== seen.beats) seen = { beats, since: now };
      const limit = beats === before ? Math.max(LOAD_TIMEOUT_MS, limitMs) : limitMs;
      if (now - seen.since >= limit) this.#end("hung");
      else if (this.#memoryBytes() > memoryMax() + this.#granted()) this.#end("greedy");
    }, LOOK_MS);
  }

  #end(reason: "hung" | "greedy"): void {
    this.#reason ??= reason;
    this.kill();
  }

  #readBeats(): number {
    readSync(this.#file, this.#word, 0, WORD_BYTES, BlackBox.beatsAt);
    return this.#word.readDoubleLE(0);
  }

  /** How much memory the run may hand out. */
  #granted(): number {
    readSync(this.#file, this.#word, 0, WORD_BYTES, BlackBox.memoryAt);
    return this.#word.readDoubleLE(0);
  }

  /** How much memory it has in use, or the copy of it that is at work. */
  #memoryBytes(): number {
    readSync(this.#file, this.#word, 0, WORD_BYTES, BlackBox.forkAt);
    return residentBytes(this.#word.readDoubleLE(0) || this.#child.pid);
  }

  async #death(cause: string): Promise<Death> {
    await this.#lastWords();
    const box = this.box();
    if (this.#reason === "hung") {
      const how = box.beats === 0 ? "not begun" : "hung";
      return { kind: "dead", how, cause: "the call did not end", box };
    }
    if (this.#reason === "greedy") {
      const limit = Math.floor(memoryMax() / 2 ** 20);
      return { kind: "dead", how: "died", cause: `more than ${limit} MiB of memory`, box };
    }
    const words = this.#said.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
    return { kind: "dead", how: "died", cause, box, ...(words === "" ? {} : { words }) };
  }

  /** What a process said before it aborted may arrive after it has ended. */
  async #lastWords(): Promise<void> {
    const { stderr } = this.#child;
    if (stderr === null || stderr.readableEnded) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, LAST_WORDS_MS);
      stderr.once("end", () => {
        clearTimeout(late);
        resolve();
      });
    });
  }
}

/** How much memory `process` has in use, of which none is counted where that cannot be known. */
function residentBytes(process: number | undefined): number {
  try {
    const [, pages] = readFileSync(`/proc/${process}/statm`, "latin1").split(" ");
    return Number(pages) * PAGE_BYTES;
  } catch {
    return 0;
  }
}

function memoryMax(): number {
  return Math.min(MEMORY_MAX, Math.floor(totalmem() / MEMORY_SHARE));
}

/** Room for libraries that keep more for each thread than a process has left once it runs. */
function tunables(): string {
  const given = process.env["GLIBC_TUNABLES"];
  const room = "glibc.rtld.optional_static_tls=8192";
  return given === undefined ? room : `${given}:${room}`;
}

/** A process cannot load TypeScript, so from source the module is the one in `dist`. */
function compiledChild(): string {
  const here = new URL(import.meta.url);
  const path = here.pathname.endsWith(".ts")
    ? new URL("../../dist/model-tests/native/native-child.js", here)
    : new URL("./native-child.js", here);
  return fileURLToPath(path);
}
