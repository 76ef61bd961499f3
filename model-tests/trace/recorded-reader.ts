/**
 * Reads the recorded heap calls of a real program.
 *
 *     # heap-calls 1 program=cc1 calls=139699 blocks=71194 threads=1 peak-live-bytes=… left-live=3579
 *     a <id> <bytes> <align> <thread>     malloc, memalign, aligned_alloc
 *     z <id> <bytes> <align> <thread>     calloc
 *     r <id> <bytes> <thread>             realloc; the block keeps its id
 *     f <id> <thread>                     free
 *
 * Ids count up from 0, so they are names already, and only the live ones need remembering. The header
 * says how many calls and blocks there are, so a file that is cut anywhere is found out. Thread t
 * runs on core t mod cores, and is the entity that calls.
 *
 * A `realloc` to zero bytes frees its block in the C library that was recorded, so it is read as a
 * `dealloc`. None of the files that we ship has one.
 */
import type { TraceCall } from "#spec";
import { type BlockName, blockName, isAlignment } from "#units";
import type { CallsFacts, CallsReader } from "./calls-reader.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import { plainCall } from "./plain-call.ts";
import { quoted } from "./quoted.ts";
import type { TraceRecord } from "./record-reader.ts";
import { roomFor } from "./room-for.ts";
import { wholeNumber } from "./whole-number.ts";

const THREAD_MAX = 65_535;
const PEAK_MAX = 2 ** 51;

interface RecordedFacts extends CallsFacts {
  readonly calls: number;
  readonly blocks: number;
}

export class RecordedReader implements CallsReader {
  readonly warnings: readonly string[] = [];
  readonly #cores: number;
  readonly #live = new Set<BlockName>();
  #facts: RecordedFacts | undefined;
  #callCount = 0;
  #blockCount = 0;

  constructor(cores: number) {
    this.#cores = cores;
  }

  get facts(): CallsFacts | undefined {
    return this.#facts;
  }

  read(text: string, line: number, isCut: boolean): TraceRecord | undefined {
    if (isCut) throw new MalformedTrace(line, "the file ends in the middle of a line");
    if (this.#facts === undefined) {
      this.#facts = factsOf(text, line, this.#cores);
      return undefined;
    }
    this.#callCount += 1;
    return { kind: "call", call: this.#call(text, line) };
  }

  end(line: number): void {
    if (this.#facts === undefined) throw new MalformedTrace(Math.max(line, 1), "the file is empty");

    const { calls, blocks } = this.#facts;
    if (calls === this.#callCount && blocks === this.#blockCount) return;
    const found = `${this.#callCount} calls for ${this.#blockCount} blocks`;
    throw new MalformedTrace(line, `the file ends after ${found}, not ${calls} for ${blocks}`);
  }

  #call(text: string, line: number): TraceCall {
    const parts = text.split(" ");
    const thread = wholeNumber(parts.at(-1));
    if (thread === undefined || thread > THREAD_MAX) throw unreadable(text, line);

    const [kind, id] = parts;
    const core = thread % this.#cores;
    if (kind === "a" || kind === "z") return this.#alloc(parts, core, thread, line);
    if (kind === "f" && parts.length === 3) return this.#dealloc(id, core, thread, line);
    if (kind !== "r" || parts.length !== 4) throw unreadable(text, line);

    const size = wholeNumber(parts[2]);
    if (size === undefined) throw unreadable(text, line);
    if (size === 0) return this.#dealloc(id, core, thread, line);
    return plainCall("realloc", this.#liveName(id, line), size, 1, core, thread);
  }

  #alloc(parts: readonly string[], core: number, thread: number, line: number): TraceCall {
    const kind = parts[0] === "z" ? "allocZeroed" : "alloc";
    const id = wholeNumber(parts[1]);
    const size = wholeNumber(parts[2]);
    const align = wholeNumber(parts[3]);
    if (id === undefined || size === undefined || align === undefined || parts.length !== 5) {
      throw unreadable(parts.join(" "), line);
    }
    if (!isAlignment(align)) throw new MalformedTrace(line, `${align} is not a power of two`);
    if (id !== this.#blockCount) {
      const expected = `expected block ${this.#blockCount}`;
      throw new MalformedTrace(line, `blocks are numbered in order: ${expected}, not ${id}`);
    }
    this.#blockCount += 1;
    const name = blockName(id);
    this.#live.add(name);
    return plainCall(kind, name, size, align, core, thread);
  }

  #dealloc(id: string | undefined, core: number, thread: number, line: number): TraceCall {
    const name = this.#liveName(id, line);
    this.#live.delete(name);
    return plainCall("dealloc", name, 0, 1, core, thread);
  }

  #liveName(id: string | undefined, line: number): BlockName {
    const name = blockName(wholeNumber(id) ?? -1);
    if (this.#live.has(name)) return name;
    throw new MalformedTrace(line, `block ${quoted(id)} is not alive here`);
  }
}

function factsOf(text: string, line: number, cores: number): RecordedFacts {
  const [hash, format, version, ...pairs] = text.trimEnd().split(" ");
  if (hash !== "#" || format !== "heap-calls") {
    throw new MalformedTrace(line, "recorded calls begin with # heap-calls 1");
  }
  if (version !== "1") {
    throw new MalformedTrace(line, `the version of recorded calls is 1, not ${quoted(version)}`);
  }

  const fields = new Map(pairs.map((pair) => split(pair)));
  const count = (key: string): number => {
    const value = wholeNumber(fields.get(key));
    if (value !== undefined) return value;
    throw new MalformedTrace(line, `the header says ${key}=<number>`);
  };
  const peakLiveBytes = count("peak-live-bytes");
  if (peakLiveBytes > PEAK_MAX) throw new MalformedTrace(line, "peak-live-bytes is beyond 2^51");
  return {
    config: { cores, memoryBytes: roomFor(peakLiveBytes) },
    program: fields.get("program") ?? "",
    calls: count("calls"),
    blocks: count("blocks"),
    threads: count("threads"),
    peakLiveBytes,
    leftLive: count("left-live"),
  };
}

function split(pair: string): readonly [string, string] {
  const sign = pair.indexOf("=");
  return sign === -1 ? [pair, ""] : [pair.slice(0, sign), pair.slice(sign + 1)];
}

function unreadable(text: string, line: number): MalformedTrace {
  const forms = "a id bytes align thread, z the same, r id bytes thread or f id thread";
  return new MalformedTrace(line, `a call is ${forms}, not ${quoted(text)}`);
}
