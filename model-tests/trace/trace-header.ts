/** What a trace says before its first call, as its record has it, and back. */
import type { Trace } from "#spec";
import type { HeaderRecord } from "./raw-record.ts";

export type TraceHeader = Pick<
  Trace,
  "version" | "config" | "subject" | "name" | "options" | "seed" | "rule"
>;

/** The record of `header`. */
export function headerRecord(header: TraceHeader): HeaderRecord {
  const { version, config, subject, name, options, seed, rule } = header;
  return {
    t: "trace",
    v: version,
    ...(subject !== undefined && { subject }),
    ...(name !== undefined && { name }),
    ...(options !== undefined && { options }),
    config,
    ...(seed !== undefined && { seed }),
    ...(rule !== undefined && { rule }),
  };
}

/** The header that `record`, which fits the schema, is. */
export function headerOf(record: HeaderRecord): TraceHeader {
  const { v: version, config, subject, name, options, seed, rule } = record;
  return {
    version,
    config,
    ...(subject !== undefined && { subject }),
    ...(name !== undefined && { name }),
    ...(options !== undefined && { options }),
    ...(seed !== undefined && { seed }),
    ...(rule !== undefined && { rule }),
  };
}
