/**
 * Opens a file of calls, whatever its format, and hands them out one by one.
 *
 * The file is read once, from front to back, so it may be a pipe, and a million calls take no more
 * memory than the blocks that are alive among them. Of dead blocks the last 1,024 are remembered: a
 * double free of an older one refers to a name that nobody has, and is skipped as such.
 */
import type { TraceCall } from "#spec";
import type { CallsFacts, CallsReader } from "./calls-reader.ts";
import { fileBytes } from "./file-bytes.ts";
import { type LineBatch, lineBatches } from "./line-batches.ts";
import { LogReader } from "./log-reader.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import type { TraceRecord } from "./record-reader.ts";
import { RecordedReader } from "./recorded-reader.ts";
import { RepReader } from "./rep-reader.ts";
import { type CallsFormat, sniff } from "./sniff.ts";
import { TraceReader } from "./trace-reader.ts";

export interface OpenOptions {
  /** The format, if it is known; else it is read from the content. */
  readonly from?: CallsFormat;
  /** How many cores recorded threads are spread over; 1 if absent. A trace says its own. */
  readonly cores?: number;
  /** How many dead blocks of a trace are remembered; 1,024 if absent. */
  readonly pastMax?: number;
}

/** An open file of calls. Read `calls` or `records`, once; leaving the loop early closes it too. */
export interface CallsSource {
  readonly format: CallsFormat;
  readonly facts: CallsFacts;
  /** What was odd but readable so far. */
  readonly warnings: readonly string[];
  readonly calls: AsyncIterable<TraceCall>;
  /** The calls, and whatever else a trace says after its header. */
  readonly records: AsyncIterable<TraceRecord>;
  /** The same, many at a time: for whoever has no time to wait for each. */
  readonly batches: AsyncIterable<RecordBatch>;
  /** Closes a file that is not read to its end. */
  close(): Promise<void>;
}

/** Records that were read together. */
export interface RecordBatch {
  readonly records: readonly TraceRecord[];
  /** The line of each record. */
  readonly lines: readonly number[];
}

/** Opens the file at `path` and reads its header; throws `MalformedTrace`. */
export async function openCalls(path: string, options: OpenOptions = {}): Promise<CallsSource> {
  const batches = lineBatches(fileBytes(path));
  try {
    const first = await batches.next();
    const start = first.done === true ? undefined : firstLine(first.value);
    const format = options.from ?? sniff(start ?? "");
    if (format === undefined) throw strange();

    const reader = readerOf(format, options);
    const cursor: Cursor = { reader, batches, records: [], lines: [], failure: undefined, line: 0 };
    if (first.done !== true) feed(cursor, first.value);
    while (reader.facts === undefined) if (!(await advance(cursor))) reader.end(cursor.line);
    return sourceOf(format, reader.facts, cursor);
  } catch (error) {
    await batches.return(undefined);
    throw error;
  }
}

interface Cursor {
  readonly reader: CallsReader;
  readonly batches: AsyncGenerator<LineBatch>;
  /** What has been read and not yet been handed out. */
  records: TraceRecord[];
  lines: number[];
  /** Why reading ended before the file did; said once what came before it is handed out. */
  failure: unknown;
  /** The last line that was read. */
  line: number;
}

function sourceOf(format: CallsFormat, facts: CallsFacts, cursor: Cursor): CallsSource {
  return {
    format,
    facts,
    get warnings() {
      return cursor.reader.warnings;
    },
    calls: callsOf(cursor),
    records: recordsOf(cursor),
    batches: recordBatches(cursor),
    close: async () => {
      await cursor.batches.return(undefined);
    },
  };
}

async function* callsOf(cursor: Cursor): AsyncGenerator<TraceCall> {
  for await (const { records } of recordBatches(cursor)) {
    for (const record of records) if (record.kind === "call") yield record.call;
  }
}

async function* recordsOf(cursor: Cursor): AsyncGenerator<TraceRecord> {
  for await (const { records } of recordBatches(cursor)) yield* records;
}

async function* recordBatches(cursor: Cursor): AsyncGenerator<RecordBatch> {
  try {
    do {
      const { records, lines } = cursor;
      cursor.records = [];
      cursor.lines = [];
      yield { records, lines };
    } while (await advance(cursor));
    cursor.reader.end(cursor.line);
  } finally {
    await cursor.batches.return(undefined);
  }
}

/** Reads on by one batch, and tells whether there was one. */
async function advance(cursor: Cursor): Promise<boolean> {
  if (cursor.failure !== undefined) throw cursor.failure;

  const next = await cursor.batches.next();
  if (next.done !== true) feed(cursor, next.value);
  return next.done !== true;
}

function feed(cursor: Cursor, { first, lines, isCut }: LineBatch): void {
  cursor.line = first - 1;
  try {
    for (const text of lines) {
      cursor.line += 1;
      const record = cursor.reader.read(text, cursor.line, isCut);
      if (record === undefined) continue;
      if ("kind" in record) keep(cursor, record);
      else for (const each of record) keep(cursor, each);
    }
  } catch (failure) {
    cursor.failure = failure;
  }
}

function keep({ records, lines, line }: Cursor, record: TraceRecord): void {
  records.push(record);
  lines.push(line);
}

function readerOf(format: CallsFormat, { cores = 1, pastMax = 1_024 }: OpenOptions): CallsReader {
  if (format === "trace") return new TraceReader(pastMax);
  if (format === "log") return new LogReader(cores);
  return format === "recorded" ? new RecordedReader(cores) : new RepReader(cores);
}

function firstLine({ lines }: LineBatch): string {
  return lines.find((line) => line.trim() !== "") ?? "";
}

function strange(): MalformedTrace {
  const forms =
    'a trace ({"t":"trace"), recorded calls (# heap-calls 1, # heap-log 1) or four numbers (.rep)';
  return new MalformedTrace(1, `a file of calls begins as ${forms}`);
}
