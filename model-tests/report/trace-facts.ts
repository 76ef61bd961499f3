/** What a trace of a heap says of itself, for the page that shows it. */
import type { Trace } from "#spec";
import { grouped } from "./check-text.ts";
import type { ShownFacts } from "./show-page.ts";

/** The facts of `trace`, which may have been read from `path`. */
export function traceFacts(trace: Trace, path?: string): Omit<ShownFacts, "source"> {
  const { config, calls, subject, name, seed } = trace;
  const memory = `${grouped(config.memoryBytes)} bytes of memory`;
  return {
    subject,
    name: name ?? subject,
    path,
    seed,
    conditions: config.cores > 1 ? `${memory}, ${config.cores} cores` : memory,
    calls: calls.length,
  };
}
