/** Reads a call that `callText` wrote, or a person did. */
import { type TraceCall, type TraceMisuse, traceCall } from "#spec";
import { type BlockName, blockName, isAlignment, parseHexadecimal } from "#units";
import { MalformedTrace } from "./malformed-trace.ts";
import { parseName } from "./name-text.ts";
import { quoted } from "./quoted.ts";
import { wholeNumber } from "./whole-number.ts";

type Act = Partial<TraceCall> & Pick<TraceCall, "kind">;

const ASKING = /^([a-z]+) = (alloc|allocZeroed) (\d+) align (\d+)$/;
const RESIZING = /^([a-z]+) = realloc \1 (\d+)$/;
const USABLE = /^usableSize ([a-z]+)$/;
const ABUSING =
  /^(dealloc|realloc) (?:(0x[0-9a-f]+)(?: for ([a-z]+))?|([a-z]+)(?: \+ (\d+))?(?: as (\d+) align (\d+))?)(?: to (\d+))?$/;
const TAIL =
  /^(?: {2}\(([a-z ]+)\))?(?: {2}on(?: core (\d+))?(?: entity (\d+))?(?: instance (\d+))?)?$/;

const MISUSES = new Map<string | undefined, TraceMisuse | "none">([
  [undefined, "none"],
  ["double free", "double-free"],
  ["interior pointer", "interior-pointer"],
  ["foreign pointer", "foreign-pointer"],
  ["wrong layout", "wrong-layout"],
  ["foreign heap", "foreign-heap"],
]);

/** The call that `text`, line `line` of its file, says; throws `MalformedTrace`. */
export function parseCallText(text: string, line: number): TraceCall {
  const gap = text.indexOf("  ");
  const act = actOf(gap === -1 ? text : text.slice(0, gap));
  const tail = TAIL.exec(gap === -1 ? "" : text.slice(gap));
  const misuse = MISUSES.get(tail?.[1]);
  if (act === undefined || tail === null || misuse === undefined) {
    throw new MalformedTrace(line, `this is not a call: ${quoted(text)}`);
  }
  const [, , core = "0", entity = "0", instance = "0"] = tail;
  return traceCall({
    ...act,
    misuse,
    core: number(core, line),
    entity: number(entity, line),
    instance: number(instance, line),
  });

  function actOf(head: string): Act | undefined {
    if (head === "switch" || head === "close") return { kind: head };
    return asking(head, line) ?? resizing(head, line) ?? usable(head, line) ?? abusing(head, line);
  }
}

function asking(head: string, line: number): Act | undefined {
  const [, name, kind, size, align] = ASKING.exec(head) ?? [];
  if (kind !== "alloc" && kind !== "allocZeroed") return undefined;
  return { kind, name: named(name, line), size: number(size, line), align: power(align, line) };
}

function resizing(head: string, line: number): Act | undefined {
  const [, name, size] = RESIZING.exec(head) ?? [];
  if (name === undefined) return undefined;
  return { kind: "realloc", name: named(name, line), size: number(size, line) };
}

function usable(head: string, line: number): Act | undefined {
  const [, name] = USABLE.exec(head) ?? [];
  return name === undefined ? undefined : { kind: "usableSize", name: named(name, line) };
}

function abusing(head: string, line: number): Act | undefined {
  const [, kind, address, owner, name, offset, claim, align, size] = ABUSING.exec(head) ?? [];
  if (kind !== "dealloc" && kind !== "realloc") return undefined;

  const block = owner ?? name;
  return {
    kind,
    name: block === undefined ? blockName(-1) : named(block, line),
    address: address === undefined ? 0 : (parseHexadecimal(address) ?? bad(address, line)),
    offset: number(offset ?? "0", line),
    size: number(claim ?? size ?? "0", line),
    align: power(align ?? "1", line),
  };
}

function named(text: string | undefined, line: number): BlockName {
  return parseName(text ?? "") ?? bad(text, line);
}

function number(text: string | undefined, line: number): number {
  return wholeNumber(text) ?? bad(text, line);
}

function power(text: string | undefined, line: number): number {
  const value = number(text, line);
  return isAlignment(value) ? value : bad(text, line);
}

function bad(text: string | undefined, line: number): never {
  throw new MalformedTrace(line, `${quoted(text)} is out of bounds`);
}
