/** The recorded traces, read whole before anything is measured. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TraceCall } from "#spec";
import { openCalls } from "../trace/open-calls.ts";

export const TRACE_NAMES = ["cc1", "cpp-threads", "jq", "python-json", "sqlite"] as const;
export type TraceName = (typeof TRACE_NAMES)[number];

/** Enough for each of them, whoever serves it. */
export const TRACE_MEMORY_BYTES = 0x200_0000;

export async function recordedCalls(name: TraceName): Promise<TraceCall[]> {
  const { calls } = await openCalls(pathOf(`${name}.calls.gz`), { cores: 1 });
  const read: TraceCall[] = [];
  for await (const call of calls) read.push(call);
  return read;
}

/** The traces are data and are not built: they lie beside the sources, wherever this file runs. */
function pathOf(file: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const path = join(folder, "model-tests", "traces", file);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) throw new Error(`there is no recorded trace ${file}`);
    folder = dirname(folder);
  }
}
