/**
 * Where a shared library lies, found as the loader finds it: a name with a slash is a path; any other is
 * looked for in `LD_LIBRARY_PATH`, then in the loader's cache, then in the folders that are always there.
 *
 * The cache is a header of 48 bytes, then entries of 24, then the texts that they point to, from its own
 * beginning. An older table may stand before it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const CACHE = "/etc/ld.so.cache";
const MAGIC = "glibc-ld.so.cache1.1";
const HEADER = 48;
const ENTRY = 24;
const ALWAYS = ["/lib64", "/usr/lib64", "/lib", "/usr/lib"];

/** The path of the library that `reference` means in `directory`, or undefined if there is none. */
export function findLibrary(reference: string, directory: string): string | undefined {
  if (reference.includes("/")) {
    const path = resolve(directory, reference);
    return existsSync(path) ? path : undefined;
  }
  const first = (process.env["LD_LIBRARY_PATH"] ?? "").split(/[:;]/).filter((path) => path !== "");
  const paths = [
    ...first.map((folder) => join(resolve(directory, folder), reference)),
    ...cached(reference),
    ...ALWAYS.map((folder) => join(folder, reference)),
  ];
  return paths.find((path) => existsSync(path));
}

/** Where the loader's cache has `name`, for any kind of processor. */
function cached(name: string): readonly string[] {
  if (!existsSync(CACHE)) return [];
  const file = readFileSync(CACHE);
  const start = file.indexOf(MAGIC, 0, "latin1");
  if (start < 0) return [];

  const text = (offset: number): string =>
    file.toString("latin1", start + offset, file.indexOf(0, start + offset));
  const paths: string[] = [];
  const count = file.readUInt32LE(start + 20);
  for (let index = 0; index < count; index++) {
    const entry = start + HEADER + index * ENTRY;
    if (text(file.readUInt32LE(entry + 4)) === name) paths.push(text(file.readUInt32LE(entry + 8)));
  }
  return paths;
}
