/**
 * Reads the traces of the CS:APP course's allocator lab.
 *
 *     <heap size> <ids> <calls> <weight>     four numbers, most often on four lines
 *     a <id> <bytes>                         malloc
 *     r <id> <bytes>                         realloc; of an id that has no block, malloc
 *     f <id>                                 free
 *
 * Blocks are aligned to 8, as the course asks. A `realloc` to zero bytes frees, as in C. An id may be
 * used again once its block is freed, and then means another block.
 *
 * The heap size is what the author once thought of; the course's driver gives every trace 20 MiB, and
 * many need it. So the suggested memory is the next power of two, or more if the header says so.
 */
import { type TraceCall, traceCall } from "#spec";
import { type BlockName, blockName } from "#units";
import type { CallsFacts, CallsReader } from "./calls-reader.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import { quoted } from "./quoted.ts";
import type { TraceRecord } from "./record-reader.ts";
import { wholeNumber } from "./whole-number.ts";

const ALIGN = 8;
const MEMORY_BYTES_MIN = 33_554_432;
const HEAP_SIZE_MAX = 2 ** 51;
const HEADER_COUNT = 4;

export class RepReader implements CallsReader {
  readonly warnings: string[] = [];
  readonly #cores: number;
  readonly #live = new Map<number, BlockName>();
  readonly #header: number[] = [];
  #blockCount = 0;
  #callCount = 0;

  constructor(cores: number) {
    this.#cores = cores;
  }

  get facts(): CallsFacts | undefined {
    const [heapSize, blocks, calls, weight] = this.#header;
    if (heapSize === undefined || blocks === undefined || calls === undefined) return undefined;
    if (weight === undefined) return undefined;

    let memoryBytes = MEMORY_BYTES_MIN;
    while (memoryBytes < 2 * heapSize) memoryBytes *= 2;
    return { config: { cores: this.#cores, memoryBytes }, calls, blocks };
  }

  read(text: string, line: number, isCut: boolean): TraceRecord | undefined {
    const parts = text.trim().split(/\s+/);
    if (parts[0] === "") return undefined;
    if (this.#header.length < HEADER_COUNT) {
      this.#readHeader(parts, line);
      return undefined;
    }
    this.#callCount += 1;
    if (isCut) this.warnings.push(`line ${line}: the last line has no end, and may be cut`);
    return { kind: "call", call: this.#call(parts, line) };
  }

  end(line: number): void {
    if (this.#header.length < HEADER_COUNT) {
      throw new MalformedTrace(Math.max(line, 1), "the header is four numbers");
    }
    const calls = this.#header[2];
    if (calls === this.#callCount) return;
    throw new MalformedTrace(line, `the file ends after ${this.#callCount} calls, not ${calls}`);
  }

  #readHeader(parts: readonly string[], line: number): void {
    for (const part of parts) {
      const value = wholeNumber(part);
      if (value === undefined || value > HEAP_SIZE_MAX || this.#header.length === HEADER_COUNT) {
        throw new MalformedTrace(line, `the header is four numbers, not ${quoted(part)}`);
      }
      this.#header.push(value);
    }
  }

  #call(parts: readonly string[], line: number): TraceCall {
    const [kind, idText, sizeText] = parts;
    const id = wholeNumber(idText);
    const size = wholeNumber(sizeText);
    if (id === undefined) throw unreadable(parts, line);
    if (kind === "f" && parts.length === 2) return this.#dealloc(id, line);
    if (size === undefined || parts.length !== 3) throw unreadable(parts, line);
    if (kind === "a") return this.#alloc(id, size, line);
    if (kind !== "r") throw unreadable(parts, line);

    const name = this.#live.get(id);
    if (name === undefined) return this.#alloc(id, size, line);
    return size === 0 ? this.#dealloc(id, line) : traceCall({ kind: "realloc", name, size });
  }

  #alloc(id: number, size: number, line: number): TraceCall {
    if (this.#live.has(id)) throw new MalformedTrace(line, `block ${id} is alive already`);

    const name = blockName(this.#blockCount);
    this.#blockCount += 1;
    this.#live.set(id, name);
    return traceCall({ kind: "alloc", name, size, align: ALIGN });
  }

  #dealloc(id: number, line: number): TraceCall {
    const name = this.#live.get(id);
    if (name === undefined) throw new MalformedTrace(line, `block ${id} is not alive here`);

    this.#live.delete(id);
    return traceCall({ kind: "dealloc", name });
  }
}

function unreadable(parts: readonly string[], line: number): MalformedTrace {
  const sentence = "a call is a id bytes, r id bytes or f id";
  return new MalformedTrace(line, `${sentence}, not ${quoted(parts.join(" "))}`);
}
