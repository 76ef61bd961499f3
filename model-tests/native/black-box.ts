/**
 * What a process was doing when it died, in memory that outlives it.
 *
 * A library that crashes takes its process down, judge and all. So the process notes what it is about to do
 * in a file that it has mapped, which whoever started it reads afterwards: the calls of the run, as a
 * flight recorder has them, and besides these all calls since the process began. For a library has no
 * fresh heap for each run: what it does in one may depend on those before.
 *
 *     ├ doing, start, size, placed, fork … ┤├ calls of this run ┤├ calls since the process began ┤
 *      8 words                               RUN_CALLS            HISTORY_CALLS
 */
import { type TraceCall, traceCall } from "#spec";
import type { BlockName } from "#units";
import { FlightRecorder } from "../conformance/flight.ts";

/** What the process is busy with: its own business, a call of the library, or the bytes of a block. */
export type Doing = "judging" | "calling" | "looking";

const DOINGS: readonly Doing[] = ["judging", "calling", "looking"];
const RUN_CALLS = 20_000;
const HISTORY_CALLS = 120_000;
const WORDS = 8;
const HEADER_BYTES = WORDS * 8;
const RUN_BYTES = FlightRecorder.bytesFor(RUN_CALLS);
const HISTORY_BYTES = FlightRecorder.bytesFor(HISTORY_CALLS);

export class BlackBox extends FlightRecorder {
  /** How many bytes of memory it takes. */
  static readonly bytes: number = HEADER_BYTES + RUN_BYTES + HISTORY_BYTES;
  /** Where in that memory the beats of the run are counted. */
  static readonly beatsAt: number = HEADER_BYTES;

  /** And where the memory of its heap is noted. */
  static readonly memoryAt: number = HEADER_BYTES + 3 * 8;

  /** Where it is noted which copy of the process is at work: its identity, or 0. */
  static readonly forkAt: number = 4 * 8;

  readonly #words: Float64Array;
  readonly #history: FlightRecorder;
  /** What is added to the names of this run, so that no two runs share one. */
  #shift = 0;
  #namesEnd = 0;
  #name = -1 as BlockName;

  /** Over memory of which `part` gives `size` bytes from `start`. */
  constructor(part: (start: number, size: number) => ArrayBuffer) {
    super(0, part(HEADER_BYTES, RUN_BYTES));
    this.#words = new Float64Array(part(0, HEADER_BYTES));
    this.#history = new FlightRecorder(0, part(HEADER_BYTES + RUN_BYTES, HISTORY_BYTES));
  }

  override begin(run: number): void {
    super.begin(run);
    this.#shift = this.#namesEnd;
  }

  override note(call: TraceCall): void {
    super.note(call);
    this.#name = (call.name < 0 ? call.name : call.name + this.#shift) as BlockName;
    this.#namesEnd = Math.max(this.#namesEnd, this.#name + 1);
    this.#history.note(call, this.#shift);
  }

  /** The name in the history of the block that the last call is about. */
  get name(): BlockName {
    return this.#name;
  }

  /** Notes that the block of that name is about to be freed by whoever ends the run. */
  noteFree(name: BlockName): void {
    this.#history.note(traceCall({ kind: "dealloc", name }));
  }

  /** Notes that the copy `process` is at work, or with 0 that none is. */
  noteFork(process: number): void {
    this.#words[4] = process;
  }

  /** A call of the library begins. */
  enter(): void {
    this.#words[0] = 1;
  }

  /** The call of the library is over, and was answered `address`. */
  leave(address = 0): void {
    this.#words[0] = 0;
    this.#words[3] = address;
  }

  /** The bytes of a block are about to be read or written. */
  look(start: number, size: number): void {
    this.#words[1] = start;
    this.#words[2] = size;
    this.#words[0] = 2;
  }

  lookAway(): void {
    this.#words[0] = 0;
  }

  get doing(): Doing {
    return DOINGS[this.#words[0] as number] ?? "judging";
  }

  /** Whether the bytes that were looked at last are those of the block that was placed last. */
  get isAtPlaced(): boolean {
    const [, start, , placed] = this.#words;
    const { size } = this.calls().at(-1) ?? { size: 0 };
    return placed !== 0 && (placed ?? 0) <= (start ?? 0) && (start ?? 0) < (placed ?? 0) + size;
  }

  /** All calls since the process began, or undefined if they were too many to keep. */
  history(): readonly TraceCall[] | undefined {
    return this.#history.count > HISTORY_CALLS ? undefined : this.#history.calls();
  }
}
