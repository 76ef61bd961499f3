/** An open file that no folder has: nothing is left of it, whoever dies first and however. */
import { ftruncateSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The descriptor of such a file of `size` bytes. */
export function unnamedFile(size: number): number {
  const folder = mkdtempSync(join(tmpdir(), "ariadne-"));
  try {
    const file = openSync(join(folder, "shared"), "w+", 0o600);
    ftruncateSync(file, size);
    return file;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
