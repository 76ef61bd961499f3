/**
 * Reads the log of a program that was recorded with the addresses that its allocator answered.
 *
 *     # heap-log 1 program=cc1 pid=4242 peak-live-bytes=2825174
 *     a <address> <bytes> <align> <thread>     malloc, memalign, aligned_alloc; address 0: refused
 *     z <address> <bytes> <align> <thread>     calloc
 *     f <address> <thread>                     free is about to be called
 *     b <address> <bytes> <thread>             realloc is about to be called
 *     e <address> <thread>                     it has placed the block there; 0: refused, it is where it was
 *
 * Blocks are named in the order in which they are placed or refused. What is freed without having been
 * placed is older than the log, or none of the allocator's: it is counted and left out.
 *
 * While one thread resizes a block, another may get the memory that it had. So a resize that others look
 * into is read as they see it: the block is freed where it begins, and another is placed where it ends.
 *
 * A program that was killed leaves a log that ends in zeros, perhaps in the middle of its last record.
 */
import { type BlockName, blockName, bytes, isAlignment } from "#units";
import type { TraceAnswer } from "./answer-record.ts";
import type { CallsFacts, CallsReader } from "./calls-reader.ts";
import { type CallsSink, sinkOf } from "./calls-sink.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import { NumberTable } from "./number-table.ts";
import { plainCall } from "./plain-call.ts";
import { quoted } from "./quoted.ts";
import type { TraceRecord } from "./record-reader.ts";
import { roomFor } from "./room-for.ts";
import { wholeNumber } from "./whole-number.ts";

/** Of a log whose recorder could not tell how much was live. */
const PEAK_UNKNOWN = 33_554_432;
const PEAK_MAX = 2 ** 51;
const SPACE = 32;
const [ALLOC, ALLOC_ZEROED, FREE, BEGIN, END] = [..."azfbe"].map((sign) => sign.charCodeAt(0));
/** How many numbers each kind of record has. */
const COUNTS: ReadonlyMap<number | undefined, number> = new Map([
  [ALLOC, 4],
  [ALLOC_ZEROED, 4],
  [FREE, 2],
  [BEGIN, 3],
  [END, 2],
]);
const NUMBERS_MAX = 4;
const DIGITS_MAX = 16;
const RELEASED: TraceAnswer = { kind: "released" };
const REFUSED: TraceAnswer = { kind: "refused" };

/** A resize that has begun. */
interface Resize {
  readonly name: BlockName;
  readonly address: number;
  readonly size: number;
  /** Whether others have looked in, so that it was read as a free. */
  isOpen: boolean;
}

export class LogReader implements CallsReader {
  readonly #cores: number;
  readonly #live = new NumberTable();
  readonly #resizes = new Map<number, Resize>();
  /** Those of the record in hand. */
  readonly #numbers: number[] = [0, 0, 0, 0];
  #facts: CallsFacts | undefined;
  #names = 0;
  #strangers = 0;
  #isOver = false;
  /** The thread whose resize nobody has looked into yet, or -1. */
  #alone = -1;

  constructor(cores: number) {
    this.#cores = cores;
  }

  get facts(): CallsFacts | undefined {
    return this.#facts;
  }

  get warnings(): readonly string[] {
    const killed =
      "the log was not closed: the program was killed, or ended without its last words";
    const strangers = `${this.#strangers} blocks were freed that the log does not know`;
    return [...(this.#isOver ? [killed] : []), ...(this.#strangers > 0 ? [strangers] : [])];
  }

  read(text: string, line: number, isCut: boolean): readonly TraceRecord[] | undefined {
    if (this.#isOver) return undefined;
    if (isCut && text.includes("\0")) {
      this.#isOver = true;
      return undefined;
    }
    if (isCut) throw new MalformedTrace(line, "the file ends in the middle of a line");
    if (this.#facts === undefined) {
      this.#facts = factsOf(text, line, this.#cores);
      return undefined;
    }
    const records: TraceRecord[] = [];
    const bytes = Buffer.from(text);
    if (this.readBytes(bytes, 0, bytes.length, line, sinkOf(records))) return records;
    throw unreadable(text, line);
  }

  end(line: number): void {
    if (this.#facts === undefined) throw new MalformedTrace(Math.max(line, 1), "the log is empty");
  }

  /** Reads the line of `bytes` from `from` to `to`, if it is a record that stands where it may. */
  readBytes(bytes: Buffer, from: number, to: number, line: number, sink: CallsSink): boolean {
    if (this.#facts === undefined || this.#isOver) return false;
    const count = readNumbers(bytes, from, to, this.#numbers);
    return count >= 2 && this.#event(bytes[from] ?? 0, count, line, sink);
  }

  /** Reads the record of `kind` with the `count` numbers in hand; false if there is no such record. */
  #event(kind: number, count: number, line: number, sink: CallsSink): boolean {
    if (count !== COUNTS.get(kind)) return false;
    const [address = 0, size = 0, align = 1] = this.#numbers;
    const thread = this.#numbers[count - 1] as number;
    if (this.#alone !== -1 && this.#alone !== thread) this.#lookIn(line, sink);

    if (kind === FREE) this.#free(address, thread, line, sink);
    else if (kind === END) this.#end(address, thread, line, sink);
    else if (kind === BEGIN) this.#begin(address, size, thread);
    else {
      if (!isAlignment(align)) throw new MalformedTrace(line, `${align} is not a power of two`);
      const call = kind === ALLOC ? "alloc" : "allocZeroed";
      this.#place(call, address, size, align, thread, line, sink);
    }
    return true;
  }

  #place(
    kind: "alloc" | "allocZeroed",
    address: number,
    size: number,
    align: number,
    thread: number,
    line: number,
    sink: CallsSink,
  ): void {
    const name = blockName(this.#names);
    this.#names += 1;
    if (address !== 0) this.#live.set(address, name);
    sink.call(plainCall(kind, name, size, align, thread % this.#cores, thread), line);
    sink.answer(placedAt(address));
  }

  #free(address: number, thread: number, line: number, sink: CallsSink): void {
    const name = blockName(this.#live.get(address));
    if (name < 0) {
      this.#strangers += 1;
      return;
    }
    this.#live.delete(address);
    this.#freed(name, thread, line, sink);
  }

  #begin(address: number, size: number, thread: number): void {
    const name = blockName(this.#live.get(address));
    if (name < 0) this.#strangers += 1;
    this.#live.delete(address);
    this.#resizes.set(thread, { name, address, size, isOpen: name < 0 });
    if (name >= 0) this.#alone = thread;
  }

  #end(address: number, thread: number, line: number, sink: CallsSink): void {
    const resize = this.#resizes.get(thread);
    if (resize === undefined) throw new MalformedTrace(line, "a resize ends that has not begun");

    this.#resizes.delete(thread);
    if (this.#alone === thread) this.#alone = -1;
    const { name, size } = resize;
    const target = address === 0 ? resize.address : address;
    if (resize.isOpen) {
      if (address !== 0 || name >= 0) this.#place("alloc", target, size, 1, thread, line, sink);
      return;
    }
    this.#live.set(target, name);
    sink.call(plainCall("realloc", name, size, 1, thread % this.#cores, thread), line);
    sink.answer(placedAt(address));
  }

  /** Another thread does something while one resizes a block, which is free for that long. */
  #lookIn(line: number, sink: CallsSink): void {
    const thread = this.#alone;
    const resize = this.#resizes.get(thread);
    this.#alone = -1;
    if (resize === undefined) return;
    resize.isOpen = true;
    this.#freed(resize.name, thread, line, sink);
  }

  #freed(name: BlockName, thread: number, line: number, sink: CallsSink): void {
    sink.call(plainCall("dealloc", name, 0, 1, thread % this.#cores, thread), line);
    sink.answer(RELEASED);
  }
}

function placedAt(address: number): TraceAnswer {
  return address === 0 ? REFUSED : { kind: "placed", address: address as never };
}

/**
 * Reads the numbers of the record from `from` to `to` into `numbers`, the first hexadecimal and the others
 * decimal, and answers how many there are, or 0 if it is no record. To cut a line into texts took longer than
 * to judge it.
 */
function readNumbers(line: Uint8Array, from: number, to: number, numbers: number[]): number {
  if (to < from + 2 || line[from + 1] !== SPACE) return 0;
  let count = 0;
  let value = 0;
  let base = 16;
  let digits = 0;
  for (let index = from + 2; index <= to; index++) {
    const code = index < to ? (line[index] as number) : SPACE;
    if (code === SPACE) {
      if (digits === 0 || value > Number.MAX_SAFE_INTEGER || count === NUMBERS_MAX) return 0;
      numbers[count] = value;
      count += 1;
      value = 0;
      digits = 0;
      base = 10;
      continue;
    }
    const digit = code < 58 ? code - 48 : code > 96 ? code - 87 : -1;
    if (digit < 0 || digit >= base || digits === DIGITS_MAX) return 0;
    value = value * base + digit;
    digits += 1;
  }
  return count;
}

function factsOf(text: string, line: number, cores: number): CallsFacts {
  const [hash, format, version, ...pairs] = text.trimEnd().split(" ");
  if (hash !== "#" || format !== "heap-log") {
    throw new MalformedTrace(line, "a log of a program begins with # heap-log 1");
  }
  if (version !== "1") {
    throw new MalformedTrace(line, `the version of logs is 1, not ${quoted(version)}`);
  }
  const value = (key: string): string | undefined =>
    pairs.find((pair) => pair.startsWith(`${key}=`))?.slice(key.length + 1);
  const peak = wholeNumber(value("peak-live-bytes")) ?? 0;
  if (peak > PEAK_MAX) throw new MalformedTrace(line, "peak-live-bytes is beyond 2^51");
  const peakLiveBytes = bytes(peak > 0 ? peak : PEAK_UNKNOWN);
  const program = value("program");
  return {
    config: { cores, memoryBytes: roomFor(peakLiveBytes) },
    ...(program !== undefined && { program }),
    peakLiveBytes,
  };
}

function unreadable(text: string, line: number): MalformedTrace {
  const forms =
    "a address bytes align thread, z the same, f address thread, b address bytes thread or e address thread";
  return new MalformedTrace(line, `a record is ${forms}, not ${quoted(text)}`);
}
