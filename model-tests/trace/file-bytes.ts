/** The bytes of a file, unpacked if they are packed: whether they are is read from the bytes. */
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { MalformedTrace } from "./malformed-trace.ts";
import { isGzip } from "./sniff.ts";

const CHUNK_SIZE = 262_144;
const MAGIC_SIZE = 2;

/** The chunks of the file at `path`; throws `MalformedTrace` if there is no reading it. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    const file = createReadStream(path, { highWaterMark: CHUNK_SIZE });
    const chunks: AsyncIterator<Uint8Array> = file[Symbol.asyncIterator]();
    const start = await startOf(chunks);
    const whole = joined(start, chunks);
    yield* isGzip(start) ? unpacked(whole) : whole;
  } catch (error) {
    throw failureOf(error, path);
  }
}

/** The first bytes, enough to know whether they are packed; a pipe may give one at a time. */
async function startOf(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array();
  while (start.length < MAGIC_SIZE) {
    const next = await chunks.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return start;
}

async function* joined(
  start: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK_SIZE });
  // Whatever fails is thrown to the reader of `gunzip`, so there is nothing left to do at the end.
  pipeline(Readable.from(chunks, { objectMode: false }), gunzip, () => {});
  yield* gunzip;
}

function failureOf(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return error;
  if (error.code === "ENOENT") return new MalformedTrace(0, `there is no file ${path}`);
  return new MalformedTrace(0, `${path} cannot be read: ${String(error.code)}`);
}
