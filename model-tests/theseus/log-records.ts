/** Reads the logs of what Theseus answered: JSON Lines, packed, a header before the records of each log. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** One log of a file. */
export interface LogRecords<Header, Entry> {
  readonly header: Header;
  readonly records: readonly Entry[];
}

/** The logs of `file`, in this folder's `logs`, one for each header. */
export function logRecords<Header extends { readonly t: "golden" }, Entry extends object>(
  file: string,
): readonly LogRecords<Header, Entry>[] {
  const packed = readFileSync(new URL(`./logs/${file}`, import.meta.url));
  const lines: readonly (Header | Entry)[] = gunzipSync(packed)
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const starts = lines.flatMap((line, index) => ("t" in line ? [index] : []));
  return starts.map((start, index) => {
    const header = lines[start] as Header;
    const records = lines.slice(start + 1, starts[index + 1]) as readonly Entry[];
    return { header, records };
  });
}
