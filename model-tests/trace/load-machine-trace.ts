/** Reads the file of a trace of a machine, and tells such a file from all others by how it begins. */
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { isMachineTrace, type MachineTrace, parseMachineTrace } from "./machine-trace.ts";

const BEGINNING = 4096;

/** The trace at `path`, or undefined if it is none of a machine; throws `MalformedTrace`. */
export function loadMachineTrace(path: string): MachineTrace | undefined {
  if (!isMachineTrace(beginningOf(path))) return undefined;
  return parseMachineTrace(readFileSync(path, "utf8"));
}

/** A file of calls can be longer than memory, so no more of it is read than is looked at. */
function beginningOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(BEGINNING);
    const count = readSync(file, bytes, 0, BEGINNING, 0);
    return bytes.toString("utf8", 0, count);
  } finally {
    closeSync(file);
  }
}
