/** One name for all that formulas are made of: the source that is read, and the code that reads it. */
import { readdirSync, readFileSync } from "node:fs";
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
  const readers = READERS.map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
  const reading = readers.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\./.test(name))
      .map((name) => `${name}\n${readFileSync(`${folder}${name}`, "utf8")}`),
  );
  return digestOf([...read.toSorted(), ...reading.toSorted()]);
}
