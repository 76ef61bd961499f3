/**
 * Speaks to a subject's instance: a call of the specification becomes a call of a method, and whatever
 * comes back becomes an answer. Nothing that a subject may do can surprise the caller of this file.
 */
import type { Answer, Call } from "#spec";
import type { Address, ByteCount } from "#units";
import type { Origin, SubjectInstance } from "../subject/subject.ts";
import { SubjectFault } from "./subject-fault.ts";

/** What came back where an exception came back. */
export class Thrown {
  readonly reason: string;
  /** What a subject in a process of its own did, which no call may be answered with. */
  readonly fault: SubjectFault["kind"] | undefined;

  constructor(error: unknown) {
    this.fault = error instanceof SubjectFault ? error.kind : undefined;
    if (error instanceof SubjectFault) {
      this.reason = error.message;
      return;
    }
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.reason = text.split("\n", 1)[0]?.slice(0, 200) ?? "";
  }
}

const REFUSED: Answer = { kind: "refused" };
const RELEASED: Answer = { kind: "released" };
const REJECTED: Answer = { kind: "rejected" };
const THREW: Answer = { kind: "threw" };
const NONSENSE: Answer = { kind: "nonsense" };

/** The layout of the block that a call resizes, frees or measures. */
export interface Held {
  readonly start: number;
  readonly size: number;
  readonly align: number;
}

/** Makes `call`; answers what the method answered, a promise of it, or `Thrown`. */
export function invoke(
  instance: SubjectInstance,
  call: Call,
  held: Held | undefined,
  origin: Origin,
): unknown {
  try {
    switch (call.kind) {
      case "alloc":
        return instance.alloc(call.size, call.align, origin);
      case "allocZeroed":
        return instance.allocZeroed?.(call.size, call.align, origin);
      case "realloc":
        return instance.realloc?.(
          held?.start ?? 0,
          held?.size ?? 0,
          held?.align ?? 1,
          call.size,
          origin,
        );
      case "dealloc":
        return instance.dealloc(held?.start ?? 0, held?.size ?? 0, held?.align ?? 1, origin);
      case "usableSize":
        return instance.usableSize?.(held?.start ?? 0, origin);
      case "misuse":
        return instance.dealloc(call.address, call.size, call.align, origin);
    }
  } catch (error) {
    return new Thrown(error);
  }
}

/** What `raw`, the result of `call`, answers. */
export function answerOf(call: Call, raw: unknown): Answer {
  if (raw instanceof Thrown && raw.fault !== undefined) {
    return raw.fault === "gone" ? THREW : NONSENSE;
  }
  if (call.kind === "misuse") {
    return raw === false || raw instanceof Thrown ? REJECTED : RELEASED;
  }
  if (raw instanceof Thrown) return THREW;
  switch (call.kind) {
    case "alloc":
    case "allocZeroed":
    case "realloc":
      if (raw === 0 || raw === null || raw === undefined) return REFUSED;
      return isCount(raw) ? { kind: "placed", address: raw as Address } : NONSENSE;
    case "dealloc":
      return raw === false ? REFUSED : RELEASED;
    case "usableSize":
      return isCount(raw) ? { kind: "usable", bytes: raw as ByteCount } : NONSENSE;
  }
}

function isCount(raw: unknown): raw is number {
  return typeof raw === "number" && Number.isSafeInteger(raw) && raw >= 0;
}

/** Whether `raw` is something to wait for. */
export function isPending(raw: unknown): raw is PromiseLike<unknown> {
  return typeof raw === "object" && raw !== null && "then" in raw && typeof raw.then === "function";
}

/** What `ask` answers in the end, or `Thrown`. */
export async function settle(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return new Thrown(error);
  }
}
