/**
 * Which fields the record of a call has: the one table that writing and reading share.
 *
 *     alloc, allocZeroed       id  size align
 *     realloc                  ref size
 *     dealloc, usableSize      ref
 *     switch, close
 *     … double-free            ref [size] misuse
 *     … foreign-heap           ref [size] misuse
 *     … interior-pointer       ref [size] misuse offset
 *     … foreign-pointer        ref [size] misuse address
 *     … wrong-layout           ref  size align misuse
 *
 * Misuse is a way to make a `dealloc` or a `realloc`, and of the two only `realloc` has a size. A
 * foreign pointer may do without `ref`. A field that a call has no use for is not read, only kept.
 */
import type { TraceCallKind, TraceMisuse } from "#spec";
import { unreachable } from "#support";
import type { CallRecord } from "./raw-record.ts";

type Field = keyof CallRecord;

const WHO: readonly Field[] = ["t", "core", "entity", "instance", "call"];
const ASKING: readonly Field[] = [...WHO, "id", "size", "align"];
const REFERRING: readonly Field[] = [...WHO, "ref"];
const RESIZING: readonly Field[] = [...REFERRING, "size"];

const ABUSING: Readonly<Record<TraceMisuse, readonly Field[]>> = {
  "double-free": ["misuse"],
  "foreign-heap": ["misuse"],
  "interior-pointer": ["misuse", "offset"],
  "foreign-pointer": ["misuse", "address"],
  "wrong-layout": ["size", "align", "misuse"],
};

const FREEING_WRONGLY = abusing(REFERRING);
const RESIZING_WRONGLY = abusing(RESIZING);

/** The fields of a call of `kind` that is made with `misuse`, in the order in which they are written. */
export function callFields(kind: TraceCallKind, misuse: TraceMisuse | "none"): readonly Field[] {
  switch (kind) {
    case "alloc":
    case "allocZeroed":
      return ASKING;
    case "realloc":
      return misuse === "none" ? RESIZING : RESIZING_WRONGLY[misuse];
    case "dealloc":
      return misuse === "none" ? REFERRING : FREEING_WRONGLY[misuse];
    case "usableSize":
      return REFERRING;
    case "switch":
    case "close":
      return WHO;
    default:
      return unreachable(kind);
  }
}

function abusing(plain: readonly Field[]): Readonly<Record<TraceMisuse, readonly Field[]>> {
  const fields = (misuse: TraceMisuse) => [...new Set([...plain, ...ABUSING[misuse]])];
  return {
    "double-free": fields("double-free"),
    "foreign-heap": fields("foreign-heap"),
    "interior-pointer": fields("interior-pointer"),
    "foreign-pointer": fields("foreign-pointer"),
    "wrong-layout": fields("wrong-layout"),
  };
}
