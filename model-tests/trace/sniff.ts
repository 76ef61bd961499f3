/**
 * What a file of calls is, read from how it begins. Names and endings are not trusted: they are the
 * first thing that is lost when a file is copied.
 */

/**
 * `trace` is our own; `recorded` the calls of a real program; `log` those with the addresses that it was
 * answered; `rep` the CS:APP course's.
 */
export type CallsFormat = "trace" | "recorded" | "log" | "rep";

/** Whether `start`, the first two bytes of a file or more, are those of gzip. */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** The format of the file of which `line` is the first line that is not blank. */
export function sniff(line: string): CallsFormat | undefined {
  if (line.startsWith("# heap-calls ")) return "recorded";
  if (line.startsWith("# heap-log ")) return "log";
  if (/^\s*\{/.test(line)) return "trace";
  return /^\s*\d+(\s+\d+){0,3}\s*$/.test(line) ? "rep" : undefined;
}
