/**
 * What is asked of the C library of this process: its memory by address, and that it does not outlive
 * whoever started it.
 */
import { readFileSync, realpathSync } from "node:fs";
import type { Koffi, NativeLibrary } from "./load-koffi.ts";

const SHARED = 1;
const READ_AND_WRITE = 3;
const DIE_WITH_PARENT = 1;
const CORE_FILE = 4;
const NO_RANDOM_ADDRESSES = 0x40000;
const SIGKILL = 9;
const OWN_NAMESPACE = -1;
const BIND_NOW = 2;
const COPIED_BY_FORK = 11;
const ROUNDS_MAX = 20;

export class CLibrary {
  readonly #koffi: Koffi;
  readonly #read: (target: Uint8Array, start: number, size: number) => void;
  readonly #write: (start: number, source: Uint8Array, size: number) => void;

  constructor(koffi: Koffi) {
    const library = koffi.load(null);
    this.#koffi = koffi;
    this.#read = library.func("memcpy", "void", ["void *", "uintptr_t", "size_t"]);
    this.#write = library.func("memcpy", "void", ["uintptr_t", "void *", "size_t"]);
  }

  /** Copies the bytes from `start` into `target`. */
  read(start: number, target: Uint8Array): void {
    this.#read(target, start, target.length);
  }

  /** Copies `source` to the bytes from `start`. */
  write(start: number, source: Uint8Array): void {
    this.#write(start, source, source.length);
  }

  /** The first `size` bytes of the open file `descriptor`, as memory that other processes see too. */
  sharedMemory(descriptor: number, size: number): (start: number, size: number) => ArrayBuffer {
    const library = this.#koffi.load(null);
    const types = ["uintptr_t", "size_t", "int", "int", "int", "int64_t"];
    const map: (...values: number[]) => number = library.func("mmap", "intptr_t", types);
    const address = map(0, size, READ_AND_WRITE, SHARED, descriptor, 0);
    if (address === -1) throw new Error("the file that is shared cannot be mapped");
    return (start, length) => this.#koffi.view(address + start, length);
  }

  /**
   * The library at `path`. One that this process uses itself, as the C library, is loaded a second time, with
   * a heap of its own: else every call of the judge would be one of the subject.
   */
  load(path: string): NativeLibrary {
    const isOurs = readFileSync("/proc/self/maps", "utf8").includes(` ${realpathSync(path)}\n`);
    return (isOurs ? this.#loadApart(path) : undefined) ?? this.#koffi.load(path);
  }

  /** Undefined if the loader cannot do that. */
  #loadApart(path: string): NativeLibrary | undefined {
    const koffi = this.#koffi;
    const loader = koffi.load(null);
    const openTypes = ["long", "str", "int"];
    const open: (namespace: number, path: string, how: number) => number = loader.func(
      "dlmopen",
      "uintptr_t",
      openTypes,
    );
    const find: (handle: number, name: string) => number = loader.func("dlsym", "uintptr_t", [
      "uintptr_t",
      "str",
    ]);
    const handle = open(OWN_NAMESPACE, path, BIND_NOW);
    if (handle === 0) return undefined;
    return {
      func: (name, result, types) => koffi.decode(find(handle, name), koffi.proto(result, types)),
    };
  }

  /** Ends this process when the thread that started it ends, whatever it is doing; leaves no core file. */
  dieWithParent(): void {
    const library = this.#koffi.load(null);
    const control: (what: number, value: number) => number = library.func("prctl", "int", [
      "int",
      "long",
    ]);
    const limit: (what: number, limits: Uint8Array) => number = library.func("setrlimit", "int", [
      "int",
      "void *",
    ]);
    control(DIE_WITH_PARENT, SIGKILL);
    limit(CORE_FILE, new Uint8Array(16));
  }

  /** Copies this process: answers the identity of the copy, and 0 in the copy. */
  fork(): number {
    const copy: () => number = this.#koffi.load(null).func("fork", "int", []);
    this.#copyAllMemory();
    return copy();
  }

  /**
   * Asks that a copy of this process has all of its memory: the engine asks for its own heap to be left out,
   * because what is usually started next is another program. What the asking itself takes is asked for as well.
   */
  #copyAllMemory(): void {
    const types = ["uintptr_t", "size_t", "int"];
    const advise: (start: number, size: number, what: number) => number = this.#koffi
      .load(null)
      .func("madvise", "int", types);
    let before = "";
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const maps = readFileSync("/proc/self/maps", "latin1");
      if (maps === before) return;
      before = maps;
      for (const [, start = "", end = ""] of maps.matchAll(/^(\w{1,13})-(\w{1,13}) /gm)) {
        const address = Number.parseInt(start, 16);
        advise(address, Number.parseInt(end, 16) - address, COPIED_BY_FORK);
      }
    }
  }

  /** Waits until the copy `process` has ended, and answers its status as `wait` has it. */
  waitFor(process: number): number {
    const types = ["int", "void *", "int"];
    const wait: (process: number, status: Uint8Array, how: number) => number = this.#koffi
      .load(null)
      .func("waitpid", "int", types);
    const status = new Uint8Array(4);
    // A signal may end the wait before the copy has ended.
    while (wait(process, status, 0) !== process);
    return new DataView(status.buffer).getInt32(0, true);
  }

  /** Ends this process, and does nothing else. */
  exitAtOnce(code: number): void {
    const exit: (code: number) => void = this.#koffi.load(null).func("_exit", "void", ["int"]);
    exit(code);
  }

  /**
   * What `start` answers; a process that it starts has the same addresses every time, if that is allowed
   * here and its libraries draw none themselves.
   */
  withoutRandomAddresses<Value>(start: () => Value): Value {
    const library = this.#koffi.load(null);
    const change: (flags: number) => number = library.func("personality", "int", ["ulong"]);
    const before = change(0xffff_ffff);
    if (before !== -1) change(before + (before & NO_RANDOM_ADDRESSES ? 0 : NO_RANDOM_ADDRESSES));
    try {
      return start();
    } finally {
      if (before !== -1) change(before);
    }
  }
}
