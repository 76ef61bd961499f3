/** One name for all that formulas are made of: the source that is read, and the code that reads it. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { loadSource, pathFromRoot } from "../source.ts";
import { digestOf } from "./obligations-of.ts";

const READERS = ["../translate/", "./"];

/** The name of the source as it stands. */
export function sourceDigest(): string {
  const read = loadSource()
    .getSourceFiles()
    .filter((file) => !/\.(test|arbitrary)\.ts$/.test(file.getFilePath()))
    .map((file) => `${pathFromRoot(file)}\n${file.getFullText()}`);
  return digestOf([...read.toSorted(), ...codeOf(READERS)]);
}

/** The code of `modules` as it runs, each a folder or a file without its ending, by its way from here. */
export function codeOf(modules: readonly string[]): readonly string[] {
  return modules.flatMap(pathsOf).map((path) => `${basename(path)}\n${readFileSync(path, "utf8")}`);
}

function pathsOf(module: string): readonly string[] {
  const path = fileURLToPath(new URL(module, import.meta.url));
  if (!module.endsWith("/")) return [`${path}${extname(import.meta.url)}`];
  return readdirSync(path)
    .filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\./.test(name))
    .toSorted()
    .map((name) => `${path}${name}`);
}
