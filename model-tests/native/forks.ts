/**
 * Work that is done by a copy of this process, which ends with it: the library in it has been loaded and has
 * not been asked anything, each time, and a copy takes a fraction of the time that a process takes to start.
 *
 * A copy has one thread, so what it does may wait for promises, but for no file, stream or timer: one that comes
 * to wait for such ends. What it answers lies in a file without a name that both have open.
 */
import { fstatSync, ftruncateSync, readSync, writeSync } from "node:fs";
import { constants } from "node:os";
import type { WorkAnswer } from "../campaign/do-work.ts";
import type { BlackBox } from "./black-box.ts";
import type { CLibrary } from "./c-library.ts";
import { unnamedFile } from "./unnamed-file.ts";

/** A copy that ended before it answered. */
export interface ForkDeath {
  readonly kind: "died";
  /** A signal, or `exit(1)`. */
  readonly cause: string;
}

/** No library ends with this one by chance. */
const EXIT_ANSWERED = 173;
const SIGNAL_BITS = 0x7f;

export class Forks {
  readonly #library: CLibrary;
  readonly #box: BlackBox;
  #file: number | undefined;

  constructor(library: CLibrary, box: BlackBox) {
    this.#library = library;
    this.#box = box;
  }

  /** What `work` answers in a copy of this process. */
  async run(work: () => Promise<WorkAnswer>): Promise<WorkAnswer | ForkDeath> {
    const library = this.#library;
    const parent = process.pid;
    const file = this.#file ?? unnamedFile(0);
    this.#file = file;
    ftruncateSync(file, 0);
    this.#box.begin(0);
    const copy = library.fork();
    if (copy === 0) await this.#answer(file, parent, work);
    if (copy < 0) throw new Error("the process cannot be copied");

    this.#box.noteFork(copy);
    const status = library.waitFor(copy);
    this.#box.noteFork(0);
    const signal = status & SIGNAL_BITS;
    if (signal !== 0) return { kind: "died", cause: nameOf(signal) };
    const code = (status >> 8) & 0xff;
    return code === EXIT_ANSWERED ? answerIn(file) : { kind: "died", cause: `exit(${code})` };
  }

  /** In the copy: does `work`, writes what came of it, and ends. */
  async #answer(file: number, parent: number, work: () => Promise<WorkAnswer>): Promise<void> {
    const library = this.#library;
    library.dieWithParent();
    if (process.ppid !== parent) library.exitAtOnce(1);
    setImmediate(() => library.exitAtOnce(1));
    try {
      writeSync(file, JSON.stringify(await work()), 0);
      library.exitAtOnce(EXIT_ANSWERED);
    } finally {
      library.exitAtOnce(1);
    }
  }
}

function answerIn(file: number): WorkAnswer {
  const bytes = Buffer.alloc(fstatSync(file).size);
  readSync(file, bytes, 0, bytes.length, 0);
  return JSON.parse(bytes.toString());
}

function nameOf(signal: number): string {
  const names = Object.entries(constants.signals);
  return names.find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`;
}
