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
