/**
 * Opens a file of calls, whatever its format, and hands them out one by one.
 *
 * The file is read once, from front to back, so it may be a pipe, and a million calls take no more
 * memory than the blocks that are alive among them. Of dead blocks the last 1,024 are remembered: a
 * double free of an older one refers to a name that nobody has, and is skipped as such.
 */
import type { TraceCall } from "#spec";
import type { CallsFacts, CallsReader } from "./calls-reader.ts";
import type { CallsSink } from "./calls-sink.ts";
import { fileBytes } from "./file-bytes.ts";
import { type LineBatch, lineBatches, lineText } from "./line-batches.ts";
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

/** An open file of calls. Read `calls`, `records`, `batches` or `told`, once; leaving the loop early closes it too. */
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
  /**
   * Tells `sink` the calls and their answers, many at a time, until it has enough: each step ends with how many
   * lines were read. What is plain is read from its bytes, and no text or object is made for a line.
   */
  told(sink: CallsSink): AsyncIterable<number>;
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
    const batch = first.done === true ? undefined : first.value;
    const cursor: Cursor = { reader, batches, batch, next: 0, line: 0 };
    do readHeader(cursor);
    while (reader.facts === undefined && (await advance(cursor)));
    if (reader.facts !== undefined) return sourceOf(format, reader.facts, cursor);
    reader.end(cursor.line);
    throw strange();
  } catch (error) {
    await batches.return(undefined);
    throw error;
  }
}

/** How far a file was read. */
interface Cursor {
  readonly reader: CallsReader;
  readonly batches: AsyncGenerator<LineBatch>;
  /** The lines in hand, and the index of the first that was not read. */
  batch: LineBatch | undefined;
  next: number;
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
    told: (sink) => tellAll(cursor, sink),
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
      const batch: Kept = { records: [], lines: [] };
      const failure = readBatch(cursor, batch);
      yield batch;
      if (failure !== undefined) throw failure.cause;
    } while (await advance(cursor));
    cursor.reader.end(cursor.line);
  } finally {
    await cursor.batches.return(undefined);
  }
}

async function* tellAll(cursor: Cursor, sink: CallsSink): AsyncGenerator<number> {
  try {
    do {
      tellBatch(cursor, sink);
      yield cursor.line;
    } while (!sink.isOver && (await advance(cursor)));
    if (!sink.isOver) cursor.reader.end(cursor.line);
  } finally {
    await cursor.batches.return(undefined);
  }
}

/** Takes the next lines in hand, and tells whether there are any. */
async function advance(cursor: Cursor): Promise<boolean> {
  const next = await cursor.batches.next();
  if (next.done === true) return false;
  cursor.batch = next.value;
  cursor.next = 0;
  return true;
}

/** Reads lines in hand until the header was read. */
function readHeader(cursor: Cursor): void {
  const { reader, batch } = cursor;
  if (batch === undefined) return;
  while (reader.facts === undefined && cursor.next < batch.count) readText(cursor, batch);
}

type Kept = { readonly records: TraceRecord[]; readonly lines: number[] };

/** Reads the lines in hand into `kept`; answers why reading ended before they did. */
function readBatch(cursor: Cursor, kept: Kept): { readonly cause: unknown } | undefined {
  const { batch } = cursor;
  try {
    while (batch !== undefined && cursor.next < batch.count) {
      for (const record of readText(cursor, batch)) {
        kept.records.push(record);
        kept.lines.push(cursor.line);
      }
    }
    return undefined;
  } catch (cause) {
    return { cause };
  }
}

/** Tells `sink` the lines in hand. */
function tellBatch(cursor: Cursor, sink: CallsSink): void {
  const { batch, reader } = cursor;
  if (batch === undefined) return;
  const { bytes, ends, first, count, isCut } = batch;
  let from = cursor.next === 0 ? 0 : (ends[cursor.next - 1] as number) + 1;
  while (cursor.next < count && !sink.isOver) {
    const to = ends[cursor.next] as number;
    const line = first + cursor.next;
    if (!isCut && reader.readBytes?.(bytes, from, to, line, sink) === true) {
      cursor.line = line;
      cursor.next += 1;
    } else tellText(cursor, batch, sink);
    from = to + 1;
  }
}

function tellText(cursor: Cursor, batch: LineBatch, sink: CallsSink): void {
  for (const record of readText(cursor, batch)) {
    if (record.kind === "call") sink.call(record.call, cursor.line);
    if (record.kind === "answer") sink.answer(record.answer);
  }
}

/** Reads the next of the lines in hand as a text. */
function readText(cursor: Cursor, batch: LineBatch): readonly TraceRecord[] {
  cursor.line = batch.first + cursor.next;
  const text = lineText(batch, cursor.next);
  cursor.next += 1;
  const record = cursor.reader.read(text, cursor.line, batch.isCut);
  if (record === undefined) return NOTHING;
  return "kind" in record ? [record] : record;
}

const NOTHING: readonly TraceRecord[] = [];

function readerOf(format: CallsFormat, { cores = 1, pastMax = 1_024 }: OpenOptions): CallsReader {
  if (format === "trace") return new TraceReader(pastMax);
  if (format === "log") return new LogReader(cores);
  return format === "recorded" ? new RecordedReader(cores) : new RepReader(cores);
}

/** The first line of `batch` that is not blank. */
function firstLine(batch: LineBatch): string {
  for (let index = 0; index < batch.count; index++) {
    const text = lineText(batch, index);
    if (text.trim() !== "") return text;
  }
  return "";
}

function strange(): MalformedTrace {
  const forms =
    'a trace ({"t":"trace"), recorded calls (# heap-calls 1, # heap-log 1) or four numbers (.rep)';
  return new MalformedTrace(1, `a file of calls begins as ${forms}`);
}
