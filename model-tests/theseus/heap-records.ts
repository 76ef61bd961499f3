/**
 * Reads what the original heap allocators were asked and answered, record by record, as it was
 * written down: the logs of `logs`, one for each header.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface HeapRecords {
  readonly component: "block" | "hole-list" | "slab";
  readonly scenario: string | undefined;
  /** How many bytes a block allocator or a hole list was given. */
  readonly heapSize: number;
  readonly records: readonly HeapRecord[];
}

export interface HeapRecord {
  readonly call: "alloc" | "dealloc" | "refill" | "retrieve" | "stat" | "note";
  readonly id?: number;
  readonly size?: number;
  readonly align?: number;
  /** What was granted, in bytes from the start; null says refused. */
  readonly at?: number | null;
  /** Why a zone refused. */
  readonly err?: string;
  readonly outcome?: "panic";
  /** Of a free of another address than the block's: how far into the block it lies. */
  readonly offset?: number;
  /** The number of a page of 8 KiB; null says none. */
  readonly page?: number | null;
  readonly threshold?: number;
  readonly empty?: number;
  readonly used?: number;
  readonly free?: number;
}

interface Header {
  readonly t: "golden";
  readonly component: HeapRecords["component"];
  readonly scenario?: string;
  readonly config: { readonly heapSize?: number };
}

export function heapRecords(file: string): readonly HeapRecords[] {
  const packed = readFileSync(new URL(`./logs/${file}.jsonl.gz`, import.meta.url));
  const lines: readonly (Header | HeapRecord)[] = gunzipSync(packed)
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

  const starts = lines.flatMap((line, index) => ("t" in line ? [index] : []));
  return starts.map((start, index) => {
    const { component, scenario, config } = lines[start] as Header;
    const records = lines.slice(start + 1, starts[index + 1]) as readonly HeapRecord[];
    return { component, scenario, heapSize: config.heapSize ?? 0, records };
  });
}
