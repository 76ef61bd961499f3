/**
 * The functions that compilers leave to whoever runs a module, as far as an allocator may depend on them.
 *
 * Emscripten has memory grown and long copies made outside, so those have to work; what says that a program
 * cannot go on has to end the call. WASI is that of a program without arguments, variables and files.
 */
import { Aborted, type Outside } from "./outside.ts";

/** A function that is asked by an instance whose outside is `outside`. */
export type KnownImport = (outside: Outside, ...args: number[]) => number | undefined;

/** The function `name` of `module`, if it is known. */
export function knownImport(module: string, name: string): KnownImport | undefined {
  if (module.startsWith("wasi_")) return WASI.get(name) ?? (() => NO_SUCH_FILE);
  return KNOWN.get(name) ?? (ENDS.test(name) ? ending(name) : undefined);
}

/** Names that say that a program cannot go on. */
const ENDS = /abort|assert|fault|panic|throw|overflow|^_?exit$/i;

const NO_SUCH_FILE = 8;
const DONE = 0;
const CAN_BE_SAID_MAX = 2 ** 32 - 1;

const KNOWN: ReadonlyMap<string, KnownImport> = new Map<string, KnownImport>([
  ["emscripten_resize_heap", (outside, bytes = 0) => (outside.growTo(unsigned(bytes)) ? 1 : 0)],
  ["emscripten_get_heap_max", ({ bytesMax }) => Math.min(bytesMax, CAN_BE_SAID_MAX)],
  ["emscripten_notify_memory_growth", () => undefined],
  ...["emscripten_memcpy_big", "emscripten_memcpy_js", "_emscripten_memcpy_js"].map(
    (name): [string, KnownImport] => [name, copied],
  ),
  ["abort", aborted],
  ["__assert_fail", failed],
  ["__wbindgen_throw", thrown],
]);

const WASI: ReadonlyMap<string, KnownImport> = new Map<string, KnownImport>([
  ["args_get", () => DONE],
  ["args_sizes_get", noWords],
  ["environ_get", () => DONE],
  ["environ_sizes_get", noWords],
  ["clock_res_get", (outside, _clock, at = 0) => timed(outside, at)],
  ["clock_time_get", (outside, _clock, _precision, at = 0) => timed(outside, at)],
  ["fd_write", written],
  ["random_get", filled],
  ["sched_yield", () => DONE],
  [
    "proc_exit",
    (_outside, code) => {
      throw new Aborted(`proc_exit says ${code}`);
    },
  ],
]);

function copied(outside: Outside, target = 0, source = 0, size = 0): undefined {
  const from = unsigned(source);
  outside.bytes().copyWithin(unsigned(target), from, from + unsigned(size));
}

/** AssemblyScript says why and where, Emscripten nothing. */
function aborted(outside: Outside, message = 0, file = 0, line = 0, column = 0): never {
  const why = outside.wideText(unsigned(message));
  const where = outside.wideText(unsigned(file));
  throw new Aborted(why === "" ? "abort" : `${why} (${where}:${line}:${column})`);
}

function failed(outside: Outside, claim = 0, file = 0, line = 0): never {
  const [what, where] = [claim, file].map((at) => outside.textToZero(unsigned(at)));
  throw new Aborted(`assertion failed: ${what} (${where}:${line})`);
}

function thrown(outside: Outside, text = 0, size = 0): never {
  throw new Aborted(outside.text(unsigned(text), unsigned(size)));
}

function ending(name: string): KnownImport {
  return () => {
    throw new Aborted(name);
  };
}

/** No arguments, or no variables: none in number, and no bytes. */
function noWords(outside: Outside, count = 0, size = 0): number {
  outside.setWord(unsigned(count), 0);
  outside.setWord(unsigned(size), 0);
  return DONE;
}

/** It is always the same time. */
function timed(outside: Outside, at: number): number {
  outside.setWord(unsigned(at), 1);
  outside.setWord(unsigned(at) + 4, 0);
  return DONE;
}

/** Takes all parts of a text, each of which is an address and a size, and says how much it took. */
function written(outside: Outside, _file = 0, parts = 0, count = 0, taken = 0): number {
  let size = 0;
  for (let at = unsigned(parts); at < unsigned(parts) + 8 * count; at += 8) {
    outside.print(outside.text(outside.word(at), outside.word(at + 4)));
    size += outside.word(at + 4);
  }
  outside.setWord(unsigned(taken), size);
  return DONE;
}

function filled(outside: Outside, start = 0, size = 0): number {
  const at = unsigned(start);
  const part = outside.bytes().subarray(at, at + unsigned(size));
  for (let index = 0; index < part.length; index++) part[index] = outside.randomByte();
  return DONE;
}

/** A module says its numbers with a sign, whatever they mean. */
function unsigned(value: number): number {
  return value >>> 0;
}
