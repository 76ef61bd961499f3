/**
 * A driver as a process: lines to it, lines from it, and certainty that it does not outlive whoever asks.
 *
 * Everything waits in place. A witness that reads memory, or asks who owns a page, cannot wait for a promise,
 * so the pipes are named ones, opened here and read without blocking; between two attempts the thread sleeps,
 * and whoever watches it can end it. What a driver writes on standard error is read meanwhile: a pipe that
 * nobody empties would stop the driver in the middle of a sentence.
 *
 *     fd   0 requests   1 answers   2 remarks   3 life, open as long as we are   4 how it ended
 *
 * The shell that starts the driver watches `life` beside it. Once that is closed, by us or because we were
 * killed, a driver that does not end at the end of its input is killed, with all that it has started.
 */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { constants as machine, tmpdir } from "node:os";
import { join } from "node:path";
import { SubjectFault } from "../conformance/subject-fault.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { quoted } from "../trace/quoted.ts";

const GUARD = `
( read -r _ <&3 || sleep 1; kill -9 0 ) </dev/null >/dev/null 2>&1 4>&- &
exec 3<&- 5>&2 2>/dev/null
sh -c "$1" 2>&5 5>&- 4>&-
echo $? >&4
kill -9 0
`;

const PIPES = ["requests", "answers", "remarks", "life", "end"] as const;
const CHUNK_SIZE = 65_536;
const LINE_LENGTH_MAX = 4_194_304;
/** So many attempts are made at once; a driver on this machine has often answered by then. */
const HASTE = 40;
const PAUSE_MIN_MS = 0.05;
const PAUSE_MAX_MS = 2;
/** How long to wait for what a driver that is gone has left behind. */
const LAST_WORDS_MS = 500;
const REMARKS_KEPT = 3;
const REMARK_LENGTH_MAX = 120;

export class DriverProcess {
  readonly #requests: number;
  readonly #answers: number;
  readonly #remarks: number;
  readonly #life: number;
  readonly #end: number;
  readonly #chunk: Buffer = Buffer.alloc(CHUNK_SIZE);
  readonly #cell: Int32Array = new Int32Array(new SharedArrayBuffer(4));
  readonly #said: string[] = [];
  #lines: string[] = [];
  #rest = "";
  #remark = "";
  /** How it ended, once that is known: it is said only once. */
  #ending: string | undefined;
  #isOpen = true;

  /** Starts `command` in the folder `directory`, by a shell. */
  constructor(command: string, directory: string) {
    const pipes = namedPipes();
    try {
      const [requests, answers, remarks, life, end] = pipes;
      const stdio = [requests.read, answers.write, remarks.write, life.read, end.write];
      const child = spawn("sh", ["-c", GUARD, "sh", command], {
        cwd: directory,
        detached: true,
        stdio,
      });
      // How it ended is read from its pipe, which can be waited for.
      child.on("error", () => {});
      child.unref();
      for (const fd of stdio) closeSync(fd);
      this.#requests = requests.write;
      this.#answers = answers.read;
      this.#remarks = remarks.read;
      this.#life = life.write;
      this.#end = end.read;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UnusableSubject(`the driver ${quoted(command)} could not be started: ${reason}`);
    }
  }

  /** Whether a line has come that nobody has received yet. */
  get hasMore(): boolean {
    if (this.#lines.length === 0) this.#fill();
    return this.#lines.length > 0;
  }

  /** Writes `line`; throws `SubjectFault` if nobody is there to read it. */
  send(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    for (let done = 0, pause = 0; done < bytes.length; ) {
      const count = attempt(() => writeSync(this.#requests, bytes, done));
      if (count === "gone") throw this.#gone();
      if (count === "later") pause = this.#sleep(pause);
      else done += count;
    }
  }

  /** The next line of the driver, as long as it takes. */
  receive(): string {
    for (let attempts = 0, pause = 0; ; attempts++) {
      const line = this.poll();
      if (line !== undefined) return line;
      if (attempts < HASTE) continue;
      this.#listen();
      pause = this.#sleep(pause);
    }
  }

  /** The next line of the driver, if it has come; throws `SubjectFault` if none can come any more. */
  poll(): string | undefined {
    if (this.#lines.length === 0 && this.#fill() === "gone") throw this.#gone();
    return this.#lines.shift();
  }

  /** Keeps `text` as what the driver has said last. */
  note(text: string): void {
    const remark = text.trim();
    if (remark === "") return;
    this.#said.push(remark.slice(0, REMARK_LENGTH_MAX));
    if (this.#said.length > REMARKS_KEPT) this.#said.shift();
  }

  /** What the driver said last beside its answers, as the end of a sentence. */
  lastWords(): string {
    this.#listen();
    const said = this.#remark.trim() === "" ? this.#said : [...this.#said, this.#remark.trim()];
    return said.length === 0 ? "" : `; it said ${said.map((text) => quoted(text)).join(", ")}`;
  }

  /** Ends the driver: by the end of its input, and if that is not enough, a second later by force. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const all = [this.#requests, this.#answers, this.#remarks, this.#life, this.#end];
    for (const fd of all) closeSync(fd);
  }

  /** Takes what there is from the pipe of answers. */
  #fill(): "filled" | "empty" | "gone" {
    const count = this.#read(this.#answers);
    if (count === "later") return "empty";
    if (count === "gone") return "gone";
    const lines = (this.#rest + this.#chunk.toString("utf8", 0, count)).split("\n");
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > LINE_LENGTH_MAX) {
      throw new SubjectFault("nonsense", "the driver wrote a line that does not end");
    }
    this.#lines = this.#lines.concat(lines);
    return "filled";
  }

  /** Takes what there is from the pipe of remarks. */
  #listen(): void {
    for (let count = this.#read(this.#remarks); typeof count === "number"; ) {
      const lines = (this.#remark + this.#chunk.toString("utf8", 0, count)).split("\n");
      this.#remark = (lines.pop() ?? "").slice(-REMARK_LENGTH_MAX);
      for (const line of lines) this.note(line);
      count = this.#read(this.#remarks);
    }
  }

  #read(fd: number): number | "later" | "gone" {
    const count = attempt(() => readSync(fd, this.#chunk, 0, CHUNK_SIZE, null));
    return count === 0 ? "gone" : count;
  }

  #gone(): SubjectFault {
    this.#ending ??= this.#howItEnded();
    const isCut = this.#rest.trim() !== "";
    const where = isCut
      ? `in the middle of the line ${quoted(this.#rest)}`
      : "instead of answering";
    return new SubjectFault("gone", `the driver ${this.#ending} ${where}${this.lastWords()}`);
  }

  #howItEnded(): string {
    const deadline = performance.now() + LAST_WORDS_MS;
    for (let pause = 0; performance.now() < deadline; pause = this.#sleep(pause)) {
      const count = this.#read(this.#end);
      if (typeof count === "number") return endText(Number(this.#chunk.toString("utf8", 0, count)));
      if (count === "gone") break;
    }
    return "closed its output";
  }

  /** Sleeps a little longer than the last time, and answers how long. */
  #sleep(last: number): number {
    const pause = Math.min(PAUSE_MAX_MS, Math.max(PAUSE_MIN_MS, last * 1.5));
    Atomics.wait(this.#cell, 0, 0, pause);
    return pause;
  }
}

interface NamedPipe {
  readonly read: number;
  readonly write: number;
}

/** Five pipes that have both ends open, and no name any more. */
function namedPipes(): [NamedPipe, NamedPipe, NamedPipe, NamedPipe, NamedPipe] {
  const folder = mkdtempSync(join(tmpdir(), "ariadne-driver-"));
  try {
    const paths = PIPES.map((name) => join(folder, name));
    execFileSync("mkfifo", ["-m", "600", ...paths], { stdio: ["ignore", "ignore", "pipe"] });
    const [requests = "", answers = "", remarks = "", life = "", end = ""] = paths;
    return [opened(requests, "write"), opened(answers, "read"), opened(remarks, "read")].concat([
      opened(life, "write"),
      opened(end, "read"),
    ]) as [NamedPipe, NamedPipe, NamedPipe, NamedPipe, NamedPipe];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both ends of the pipe at `path`; ours never blocks, and the driver's does. */
function opened(path: string, ours: "read" | "write"): NamedPipe {
  const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
  // Nobody waits for an end to be opened while the other is open.
  const first = openSync(path, O_RDONLY | O_NONBLOCK);
  const write = openSync(path, ours === "write" ? O_WRONLY | O_NONBLOCK : O_WRONLY);
  if (ours === "read") return { read: first, write };
  const read = openSync(path, O_RDONLY);
  closeSync(first);
  return { read, write };
}

/** How many bytes `move` moved; `later` if it has to wait, `gone` if nobody is at the other end. */
function attempt(move: () => number): number | "later" | "gone" {
  try {
    return move();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EAGAIN") return "later";
    if (code === "EPIPE" || code === "EBADF") return "gone";
    throw error;
  }
}

/** What the status of a shell says of the command that it ran. */
function endText(status: number): string {
  const signal = Object.entries(machine.signals).find(([, number]) => number === status - 128);
  return signal === undefined ? `ended with exit code ${status}` : `was killed by ${signal[0]}`;
}
