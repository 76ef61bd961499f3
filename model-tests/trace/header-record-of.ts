/** The header that a trace of a file's calls has: the file's own, or what is known of the calls. */
import { TRACE_VERSION } from "#spec";
import type { CallsFacts } from "./calls-reader.ts";
import type { TraceRecord } from "./record-reader.ts";

/** The first record of a trace of the calls that `facts` describes. */
export function headerRecordOf(facts: CallsFacts): TraceRecord {
  const { header, config, extra, program } = facts;
  if (header !== undefined) {
    return { kind: "header", header, ...(extra !== undefined && { extra }) };
  }
  return {
    kind: "header",
    header: { version: TRACE_VERSION, config },
    ...(program !== undefined && { extra: { program } }),
  };
}
