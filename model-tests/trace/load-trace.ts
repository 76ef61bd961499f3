/** Reads a whole file of calls into memory as one trace, whatever its format. */
import { headerRecordOf } from "./header-record-of.ts";
import { type OpenOptions, openCalls } from "./open-calls.ts";
import type { ParsedTrace } from "./parse-trace.ts";
import { TraceBuilder } from "./trace-builder.ts";

/** Reads the file at `path`, forgetting no block; throws `MalformedTrace`. */
export async function loadTrace(path: string, options: OpenOptions = {}): Promise<ParsedTrace> {
  const source = await openCalls(path, { pastMax: Number.POSITIVE_INFINITY, ...options });
  const builder = new TraceBuilder();
  builder.add(headerRecordOf(source.facts));
  for await (const record of source.records) builder.add(record);
  return { trace: builder.trace(), extras: builder.extras(), warnings: source.warnings };
}
