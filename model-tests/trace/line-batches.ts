/**
 * Cuts a stream of bytes into lines, and hands them out in batches.
 *
 * A batch is what one chunk of bytes completes. A line at a time would wait a million times for
 * something that is already there.
 */
import { MalformedTrace } from "./malformed-trace.ts";

export const LINE_LENGTH_MAX = 1_048_576;

export interface LineBatch {
  /** The number of the first line, counted from 1. */
  readonly first: number;
  readonly count: number;
  readonly bytes: Buffer;
  /** Where in `bytes` each line ends; its line feed follows. Good until the next batch is asked for. */
  readonly ends: Uint32Array;
  /** Whether the last line, then the only one, is not followed by a line feed, so that more may have been meant. */
  readonly isCut: boolean;
}

const LINE_FEED = 10;

/** The lines of `chunks`; throws `MalformedTrace` where they cannot be read on. */
export async function* lineBatches(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBatch> {
  let first = 1;
  let rest: Buffer = Buffer.alloc(0);
  let ends = new Uint32Array(1);
  try {
    for await (const chunk of chunks) {
      const bytes = Buffer.concat([rest, chunk]);
      if (bytes.length > ends.length) ends = new Uint32Array(2 * bytes.length);
      const count = findEnds(bytes, ends);
      if (count > 0) yield { first, count, bytes, ends, isCut: false };
      first += count;
      rest = count === 0 ? bytes : bytes.subarray((ends[count - 1] as number) + 1);
      refuseLong(rest, first);
    }
  } catch (error) {
    throw failureOf(error, first);
  }
  ends[0] = rest.length;
  if (rest.length > 0) yield { first, count: 1, bytes: rest, ends, isCut: true };
}

/** The text of the line of `batch` at `index`; throws `MalformedTrace` if it is none. */
export function lineText({ first, bytes, ends }: LineBatch, index: number): string {
  const start = index === 0 ? 0 : (ends[index - 1] as number) + 1;
  const line = first + index;
  try {
    const text = (line === 1 ? FIRST_TEXT : TEXT).decode(bytes.subarray(start, ends[index]));
    if (text.length > LINE_LENGTH_MAX) throw tooLong(line);
    return text;
  } catch (error) {
    throw failureOf(error, line);
  }
}

/** Only at the very beginning is a byte order mark none of the text. */
const FIRST_TEXT = new TextDecoder("utf-8", { fatal: true });
const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Writes where the lines of `bytes` end into `ends`, and answers how many do. */
function findEnds(bytes: Uint8Array, ends: Uint32Array): number {
  let count = 0;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] !== LINE_FEED) continue;
    ends[count] = index;
    count += 1;
  }
  return count;
}

/** Refuses `rest`, the beginning of line `line`, if it has too many characters already. */
function refuseLong(rest: Buffer, line: number): void {
  if (rest.length > LINE_LENGTH_MAX && rest.toString().length > LINE_LENGTH_MAX) {
    throw tooLong(line);
  }
}

function tooLong(line: number): MalformedTrace {
  return new MalformedTrace(line, "a line has at most 1 MiB");
}

/** What went wrong while line `line` was read, if it is the file's fault. */
function failureOf(error: unknown, line: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
    return new MalformedTrace(line, "this is not UTF-8 text");
  }
  if (code === "Z_BUF_ERROR") return new MalformedTrace(line, "the compressed data ends too early");
  if (typeof code === "string" && code.startsWith("Z_")) {
    return new MalformedTrace(line, "the compressed data is damaged");
  }
  return error;
}
