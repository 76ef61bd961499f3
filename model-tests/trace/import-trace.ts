/**
 * Writes any file of calls as a trace of ours, while it is being read: the whole is never in memory.
 */
import { once } from "node:events";
import type { Writable } from "node:stream";
import { headerRecordOf } from "./header-record-of.ts";
import { type OpenOptions, openCalls } from "./open-calls.ts";
import { recordLine } from "./record-line.ts";
import type { CallsFormat } from "./sniff.ts";

const CHUNK_LENGTH = 65_536;

export interface ImportReport {
  readonly format: CallsFormat;
  readonly calls: number;
  readonly warnings: readonly string[];
}

/**
 * Writes the calls of the file at `path` to `output`; throws `MalformedTrace`.
 *
 * @remarks `output` is left open, because it may be the terminal. A file that turns out to be
 * malformed has been written up to the line at fault.
 */
export async function importTrace(
  path: string,
  output: Writable,
  options: OpenOptions = {},
): Promise<ImportReport> {
  const source = await openCalls(path, options);
  let calls = 0;
  let chunk = recordLine(headerRecordOf(source.facts));
  for await (const record of source.records) {
    if (record.kind === "call") calls += 1;
    chunk += recordLine(record);
    if (chunk.length < CHUNK_LENGTH) continue;
    if (!output.write(chunk)) await once(output, "drain");
    chunk = "";
  }
  if (!output.write(chunk)) await once(output, "drain");
  return { format: source.format, calls, warnings: source.warnings };
}
