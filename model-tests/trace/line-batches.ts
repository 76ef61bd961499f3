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
  readonly lines: readonly string[];
  /** Whether the last line is not followed by a line feed, so that more may have been meant. */
  readonly isCut: boolean;
}

/** The lines of `chunks`; throws `MalformedTrace` where they cannot be read on. */
export async function* lineBatches(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBatch> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let first = 1;
  let rest = "";
  try {
    for await (const chunk of chunks) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      refuseLong(lines, first);
      refuseLong([rest], first + lines.length);
      if (lines.length > 0) yield { first, lines, isCut: false };
      first += lines.length;
    }
    rest += decoder.decode();
  } catch (error) {
    throw failureOf(error, first);
  }
  if (rest !== "") yield { first, lines: [rest], isCut: true };
}

function refuseLong(lines: readonly string[], first: number): void {
  const index = lines.findIndex((line) => line.length > LINE_LENGTH_MAX);
  if (index !== -1) throw new MalformedTrace(first + index, "a line has at most 1 MiB");
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
