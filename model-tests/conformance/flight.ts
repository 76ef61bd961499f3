/**
 * What a run is doing right now, in memory that another thread or process can read.
 *
 * A subject that never answers, or takes its whole thread down, cannot be asked what it was doing. So
 * every call is noted here before it is made: whoever watches sees that nothing moves any more, and
 * finds the calls that led there.
 *
 *     word   0        1      2       3      4 …                     4 + 10 n
 *           ├ beats ┤├ run ┤├ calls ┤├ bytes ┤├ call 0, ten fields ┤├ call 1 …
 */
import { type TraceCall, type TraceCallKind, type TraceMisuse, traceCall } from "#spec";
import type { BlockName } from "#units";

const KINDS: readonly TraceCallKind[] = [
  "alloc",
  "allocZeroed",
  "realloc",
  "dealloc",
  "usableSize",
  "switch",
  "close",
];
const MISUSES: readonly (TraceMisuse | "none")[] = [
  "none",
  "double-free",
  "foreign-pointer",
  "interior-pointer",
  "wrong-layout",
  "foreign-heap",
];
const HEADER = 4;
const FIELDS = 10;

export class FlightRecorder {
  readonly buffer: SharedArrayBuffer | ArrayBuffer;
  readonly #words: Float64Array;

  /** Notes up to `capacity` calls a run; without `buffer`, in memory of its own. */
  constructor(capacity: number, buffer?: SharedArrayBuffer | ArrayBuffer) {
    this.buffer = buffer ?? new SharedArrayBuffer(FlightRecorder.bytesFor(capacity));
    this.#words = new Float64Array(this.buffer);
  }

  /** How many bytes the notes of `capacity` calls take. */
  static bytesFor(capacity: number): number {
    return (HEADER + FIELDS * capacity) * 8;
  }

  /** How many calls have been made in all; it stands still when a call does not end. */
  get beats(): number {
    return this.#words[0] as number;
  }

  get run(): number {
    return this.#words[1] as number;
  }

  /** How many bytes of memory the heap of the current run was given. */
  get memoryBytes(): number {
    return this.#words[3] as number;
  }

  set memoryBytes(bytes: number) {
    this.#words[3] = bytes;
  }

  /** Begins run number `run`. */
  begin(run: number): void {
    this.#words[1] = run;
    this.#words[2] = 0;
    this.beat();
  }

  beat(): void {
    this.#words[0] = (this.#words[0] as number) + 1;
  }

  /** Notes that `call` is about to be made; under a name that is `shift` higher, if it has one. */
  note(call: TraceCall, shift = 0): void {
    const words = this.#words;
    const index = words[2] as number;
    const at = HEADER + FIELDS * index;
    words[2] = index + 1;
    if (at + FIELDS <= words.length) {
      words[at] = KINDS.indexOf(call.kind);
      words[at + 1] = call.name < 0 ? call.name : call.name + shift;
      words[at + 2] = call.size;
      words[at + 3] = call.align;
      words[at + 4] = call.core;
      words[at + 5] = call.entity;
      words[at + 6] = call.instance;
      words[at + 7] = call.misuse === "none" ? 0 : MISUSES.indexOf(call.misuse);
      words[at + 8] = call.offset;
      words[at + 9] = call.address;
    }
    this.beat();
  }

  /** How many calls of the current run have been noted. */
  get count(): number {
    return this.#words[2] as number;
  }

  /** The calls of the current run, the one in flight last. */
  calls(): TraceCall[] {
    const words = this.#words;
    const kept = Math.min(this.count, Math.floor((words.length - HEADER) / FIELDS));
    return Array.from({ length: kept }, (_, index) => {
      const [kind, name, size, align, core, entity, instance, misuse, offset, address] =
        words.subarray(HEADER + FIELDS * index) as unknown as number[];
      return traceCall({
        kind: KINDS[kind ?? 0] ?? "alloc",
        name: (name ?? -1) as BlockName,
        size: size ?? 0,
        align: align ?? 1,
        core: core ?? 0,
        entity: entity ?? 0,
        instance: instance ?? 0,
        misuse: MISUSES[misuse ?? 0] ?? "none",
        offset: offset ?? 0,
        address: address ?? 0,
      });
    });
  }
}
