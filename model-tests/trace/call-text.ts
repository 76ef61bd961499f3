/**
 * A call as a reader would retype it.
 *
 *     a = alloc 64 align 16
 *     a = realloc a 128
 *     dealloc a  on core 1
 *     dealloc a  (double free)
 *     dealloc a + 8  (interior pointer)
 *     dealloc 0x40  (foreign pointer)
 *     realloc a as 32 align 8  (wrong layout)
 *     dealloc a  (foreign heap)  on core 1
 *
 * What is usual is not said: core 0, entity 0, instance 0. `parseCallText` reads it back.
 */
import type { TraceCall } from "#spec";
import { unreachable } from "#support";
import { hexadecimal } from "#units";
import { nameText } from "./name-text.ts";

/** The text of `call`, on one line. */
export function callText(call: TraceCall): string {
  const misuse = call.misuse === "none" ? "" : `  (${call.misuse.replace("-", " ")})`;
  return `${actText(call)}${misuse}${whoText(call)}`;
}

function actText(call: TraceCall): string {
  const { kind, name, size, align, misuse } = call;
  const text = name < 0 ? "" : nameText(name);
  switch (kind) {
    case "alloc":
    case "allocZeroed":
      return `${text} = ${kind} ${size} align ${align}`;
    case "realloc":
      if (misuse === "none") return `${text} = realloc ${text} ${size}`;
      return `realloc ${abused(call, text)}${misuse === "wrong-layout" ? "" : ` to ${size}`}`;
    case "dealloc":
      return `dealloc ${abused(call, text)}`;
    case "usableSize":
      return `usableSize ${text}`;
    case "switch":
    case "close":
      return kind;
    default:
      return unreachable(kind);
  }
}

/** What is passed instead of the block `text`. */
function abused({ misuse, name, size, align, offset, address }: TraceCall, text: string): string {
  switch (misuse) {
    case "none":
    case "double-free":
    case "foreign-heap":
      return text;
    case "interior-pointer":
      return `${text} + ${offset}`;
    case "foreign-pointer":
      return name < 0 ? hexadecimal(address) : `${hexadecimal(address)} for ${text}`;
    case "wrong-layout":
      return `${text} as ${size} align ${align}`;
    default:
      return unreachable(misuse);
  }
}

function whoText({ core, entity, instance }: TraceCall): string {
  const parts: string[] = [];
  if (core !== 0) parts.push(`core ${core}`);
  if (entity !== 0) parts.push(`entity ${entity}`);
  if (instance !== 0) parts.push(`instance ${instance}`);
  return parts.length === 0 ? "" : `  on ${parts.join(" ")}`;
}
