/**
 * A trace: what was asked of an allocator, in order, and, where it was recorded, what it answered.
 *
 * Blocks are named when they are asked for and every later call refers to a name. So any call may be
 * taken out and what is left is still a trace: a reference to a name that nobody has is skipped.
 */
import type { Answer, Misuse } from "../heap/calls.ts";
import type { BlockName } from "../units/index.ts";

/** The version of the format that this project writes, and the newest that it reads. */
export const TRACE_VERSION = 1;

/** Under which conditions the calls are made. */
export interface TraceConfig {
  /** How many bytes the heap may hand out in all. */
  readonly memoryBytes: number;
  readonly cores: number;
}

export type TraceCallKind =
  | "alloc"
  | "allocZeroed"
  | "realloc"
  | "dealloc"
  | "usableSize"
  | "switch"
  | "close";

/** Misuse of one heap, or of a system: a free through the caller's heap, which is not the block's. */
export type TraceMisuse = Misuse | "foreign-heap";

/**
 * One call. Every field is always there, so that a million of them have one shape; a field that
 * does not apply holds the neutral value named here.
 */
export interface TraceCall {
  readonly kind: TraceCallKind;
  /** The block that the call asks for or refers to; -1 for `switch`, `close` and a pure foreign pointer. */
  readonly name: BlockName;
  /** Bytes asked for; under `wrong-layout`, the size that is claimed; else 0. */
  readonly size: number;
  /** The alignment asked for, or claimed under `wrong-layout`; else 1. */
  readonly align: number;
  readonly core: number;
  readonly entity: number;
  /** Which of several instances of the subject is asked; 0 unless instances are interleaved. */
  readonly instance: number;
  /** The way in which the call breaks the contract on purpose; only for `dealloc` and `realloc`. */
  readonly misuse: TraceMisuse | "none";
  /** Under `interior-pointer`, bytes from the block's start; else 0. */
  readonly offset: number;
  /** Under `foreign-pointer`, the address that is freed; else 0. */
  readonly address: number;
}

/** How the trace was judged. */
export interface TraceVerdict {
  readonly rejected: string;
  /** The zero-based index among the calls. */
  readonly at: number;
  readonly certified?: { readonly scope: string; readonly calls: number };
}

export interface Trace {
  readonly version: number;
  readonly config: TraceConfig;
  readonly calls: readonly TraceCall[];
  /** What loads the subject, as its user wrote it; never an absolute path. */
  readonly subject?: string;
  readonly name?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly seed?: string;
  readonly rule?: string;
  /** What was answered, by the index of the call; absent where nothing was recorded. */
  readonly answers?: readonly (Answer | { readonly kind: "switched" } | undefined)[];
  /** Which core moves at each step, where calls of several cores were interleaved. */
  readonly schedule?: readonly number[];
  readonly verdict?: TraceVerdict;
}

/** A call with neutral values in every field that `fields` leaves out. */
export function traceCall(
  fields: Partial<TraceCall> & { readonly kind: TraceCallKind },
): TraceCall {
  const { kind, name = -1 as BlockName, size = 0, align = 1, core = 0, entity = 0 } = fields;
  const { instance = 0, misuse = "none", offset = 0, address = 0 } = fields;
  return { kind, name, size, align, core, entity, instance, misuse, offset, address };
}
