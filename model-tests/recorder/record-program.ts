/** Runs a program and has what it asks of malloc written down. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildRecorder, NoRecorder } from "./build-recorder.ts";

export interface Recording {
  /** How many bytes of log there are, with the zeros behind one that was not closed. */
  readonly bytes: number;
  /** How the program ended: its exit code, or the name of a signal. */
  readonly ended: number | NodeJS.Signals;
}

/**
 * Runs `words` in `directory` on our own terminal, with the allocator of `preload`, if that is given, and writes
 * its calls to `log`; throws `NoRecorder` if it cannot be run or leaves no log.
 */
export async function recordProgram(
  log: string,
  words: readonly string[],
  directory: string,
  preload?: string,
): Promise<Recording> {
  const [program = "", ...rest] = words;
  const folder = mkdtempSync(join(tmpdir(), "ariadne-recorder-"));
  const path = resolve(directory, log);
  try {
    const library = buildRecorder(folder, process.env["CC"] ?? "cc");
    const libraries = [library, preload, process.env["LD_PRELOAD"]];
    rmSync(path, { force: true });
    const env = {
      ...process.env,
      LD_PRELOAD: libraries.filter((each) => each !== undefined).join(":"),
      ARIADNE_RECORD: path,
    };
    const ended = await new Promise<number | NodeJS.Signals>((onEnd, onError) => {
      const child = spawn(program, rest, { cwd: directory, env, stdio: "inherit" });
      child.on("error", (error: NodeJS.ErrnoException) => {
        onError(new NoRecorder(`${program} cannot be run: ${error.code ?? error.message}`));
      });
      child.on("exit", (code, signal) => onEnd(signal ?? code ?? 0));
    });
    if (existsSync(path)) return { bytes: statSync(path).size, ended };
    throw new NoRecorder(
      `${program} left no log: it is linked statically, or never asked for memory, or may not write there`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
