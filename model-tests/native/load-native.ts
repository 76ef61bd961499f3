/** From the name of a shared library to a subject, in the process that may die of it. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { UnusableSubject } from "../subject/contract.ts";
import { promised } from "../subject/promised.ts";
import type { Subject } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { type AllocatorFamily, allocatorFamily } from "./allocator-family.ts";
import type { BlackBox } from "./black-box.ts";
import { CLibrary } from "./c-library.ts";
import { elfExports } from "./elf-exports.ts";
import { findLibrary } from "./find-library.ts";
import type { Koffi, NativeLibrary } from "./load-koffi.ts";
import { nativeSubject } from "./native-subject.ts";

/** Loads the library that `reference` means in `directory`, and tells `box` of every call. */
export function loadNative(
  reference: string,
  directory: string,
  options: SubjectOptions,
  koffi: Koffi,
  box: BlackBox,
): Subject {
  const { path, family } = nativeAllocator(reference, directory, options);
  const memory = new CLibrary(koffi);
  let library: NativeLibrary;
  try {
    library = memory.load(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableSubject(`${reference} could not be loaded: ${reason.split("\n", 1)[0]}`);
  }
  const tools = { library, memory, box };
  const { alignDefault } = options;
  return promised(nativeSubject(basename(reference), family, tools, alignDefault), options);
}

/** Where the library lies and what its allocator is, as its file says: it is not loaded for that. */
export function nativeAllocator(
  reference: string,
  directory: string,
  options: SubjectOptions,
): { readonly path: string; readonly family: AllocatorFamily } {
  if (process.platform !== "linux") {
    throw new UnusableSubject(
      `native libraries are judged on Linux so far, and this is ${process.platform}`,
    );
  }
  const path = findLibrary(reference, directory);
  if (path === undefined) throw new UnusableSubject(notFound(reference, directory));

  const read = elfExports(readFileSync(path), process.arch);
  if (read === undefined) throw new UnusableSubject(`${reference} is no shared library`);
  if (!read.isOfThisMachine) {
    throw new UnusableSubject(`${reference} is made for another processor than ${process.arch}`);
  }
  return { path, family: allocatorFamily(reference, read.functions, options) };
}

function notFound(reference: string, directory: string): string {
  if (reference.includes("/")) return `there is no file ${reference}`;
  const isHere = findLibrary(`./${reference}`, directory) !== undefined;
  const hint = isHere ? `; the one that is here is ./${reference}` : "";
  return `the loader knows no library ${reference}${hint}`;
}
