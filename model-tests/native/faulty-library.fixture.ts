/** A small allocator in C with one fault of choice, compiled for a test where there is a compiler. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Needed, needed } from "../needs/needed.fixture.ts";
import { HAS_KOFFI } from "./has-koffi.fixture.ts";

const COMPILERS = ["cc", "gcc", "clang"];

/** The C compiler of this machine, if it has one. */
export const COMPILER: string | undefined = COMPILERS.find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

/** What a test needs that has such a library judged. */
export const JUDGED_LIBRARY: Needed = needed({
  "a C compiler": COMPILER !== undefined,
  koffi: HAS_KOFFI,
  Linux: process.platform === "linux",
});

/** What goes wrong, as statements at the beginning of `malloc` or of `free`, or when the library is loaded. */
export interface Fault {
  readonly atLoad?: string;
  readonly inMalloc?: string;
  readonly inFree?: string;
}

const TEXT = `
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/mman.h>
static _Alignas(4096) char memory[1 << 23];
static size_t used;
static int calls;
static char *last;
__attribute__((constructor)) static void loaded(void) {
  AT_LOAD;
}
void *faulty_malloc(size_t size) {
  calls++;
  IN_MALLOC;
  if (size > sizeof memory - used - 16) return 0;
  last = memory + used;
  used += (size + 15) / 16 * 16 + 16;
  return last;
}
void faulty_free(char *address) {
  IN_FREE;
  (void)address;
}
`;

/** Compiles a library with `fault` in `folder`; answers what loads it. */
export function faultyLibrary(folder: string, name: string, fault: Fault = {}): string {
  const { atLoad = "(void)0", inMalloc = "(void)0", inFree = "(void)0" } = fault;
  const text = TEXT.replace("AT_LOAD", atLoad).replace("IN_MALLOC", inMalloc);
  return compiledLibrary(folder, name, text.replace("IN_FREE", inFree));
}

/** Compiles what `text` says in C. */
export function compiledLibrary(folder: string, name: string, text: string): string {
  const source = join(folder, `${name}.c`);
  writeFileSync(source, text);
  const words = ["-O1", "-w", "-shared", "-fPIC", "-o", join(folder, `${name}.so`), source];
  const { status, stderr } = spawnSync(COMPILER ?? "cc", words, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return `./${name}.so`;
}
