/**
 * Builds the library that records a program, from its source and on demand: no library that was built for
 * another machine is shipped, and a machine without a compiler is told so.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A recorder that cannot be built or used here, in one sentence. */
export class NoRecorder extends Error {
  override readonly name = "NoRecorder";
}

/** Builds the recorder in `folder` with `compiler`, and answers its path; throws `NoRecorder`. */
export function buildRecorder(folder: string, compiler: string): string {
  if (process.platform !== "linux") {
    throw new NoRecorder("a program is recorded by the loader of Linux, which is not here");
  }
  const library = join(folder, "recorder.so");
  const words = ["-O2", "-fPIC", "-shared", "-pthread", "-o", library, source(), "-ldl"];
  const { status, error, stderr } = spawnSync(compiler, words, { encoding: "utf8" });
  if (status === 0) return library;

  const reason = error === undefined ? stderr.split("\n", 1)[0] : `${error.message}`;
  throw new NoRecorder(`the recorder is built by a C compiler, ${compiler} (CC): ${reason}`);
}

/** The source lies beside this file, or, if this is the compiled one, where that was compiled from. */
function source(): string {
  const beside = fileURLToPath(new URL("recorder.c", import.meta.url));
  if (existsSync(beside)) return beside;
  return fileURLToPath(new URL("../../../model-tests/recorder/recorder.c", import.meta.url));
}
