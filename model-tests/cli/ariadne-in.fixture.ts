/** The command line as a script meets it: the compiled tool, run in a folder, without colours. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a script runs with node. */
export const ENTRY: string = fileURLToPath(
  new URL("../../dist/model-tests/cli/ariadne.js", import.meta.url),
);

/** How a command ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `ariadne` with `words` in `folder`. */
export function ariadneIn(folder: string, words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...words], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}
