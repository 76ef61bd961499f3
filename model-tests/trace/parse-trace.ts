/**
 * Reads a whole trace from its text.
 *
 * Blocks are named in the order in which they are first mentioned, so the ids of a file do not
 * survive: `c` may come back as `a`. Nothing is forgotten here, unlike in a stream, so a reference
 * means the block it names however long that block is dead.
 */
import type { Trace } from "#spec";
import { LINE_LENGTH_MAX } from "./line-batches.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import { NameTable } from "./name-table.ts";
import { RecordReader } from "./record-reader.ts";
import { TraceBuilder, type TraceExtras } from "./trace-builder.ts";

export interface ParsedTrace {
  readonly trace: Trace;
  /** What the file says beyond the format; `formatTrace` writes it again. */
  readonly extras: TraceExtras;
  readonly warnings: readonly string[];
}

/** Reads `text`, or throws `MalformedTrace`. */
export function parseTrace(text: string): ParsedTrace {
  const reader = new RecordReader(new NameTable(Number.POSITIVE_INFINITY));
  const builder = new TraceBuilder();
  let line = 0;
  for (let start = 0; start < text.length; ) {
    line += 1;
    const feed = text.indexOf("\n", start);
    const end = feed === -1 ? text.length : feed;
    if (end - start > LINE_LENGTH_MAX) throw new MalformedTrace(line, "a line has at most 1 MiB");

    const record = reader.read(text.slice(start, end), line, feed === -1);
    if (record !== undefined) builder.add(record);
    start = end + 1;
  }
  reader.end(line);
  return { trace: builder.trace(), extras: builder.extras(), warnings: reader.warnings };
}
