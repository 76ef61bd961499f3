/**
 * A file below `.ariadne` that holds what was learned before: read if it is whole, and replaced as a whole.
 *
 * It saves time and nothing depends on it, so one that is missing is nothing yet, and one that is not what was
 * written there is said and begun anew.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What the file at `path` holds; undefined if there is none, or `isWhole` does not find it as it was written. */
export function readKeptFile<Kept>(
  path: string,
  isWhole: (kept: Kept) => boolean,
  onBroken: () => void,
): Kept | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  try {
    const kept = JSON.parse(text) as Kept;
    if (isWhole(kept)) return kept;
  } catch {
    // What follows says it.
  }
  onBroken();
  return undefined;
}

/** Makes `kept` what the file at `path` holds. */
export function writeKeptFile(path: string, kept: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  // Whoever reads it meanwhile finds the old file or the new one, and no part of either.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(kept)}\n`);
  renameSync(draft, path);
}
