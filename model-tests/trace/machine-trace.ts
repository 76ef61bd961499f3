/**
 * Traces of machines: what was asked of one, call by call, as JSON Lines.
 *
 *     {"t":"machine-trace","v":1,"subject":"machine","config":{"frameCount":16},"rule":"frame-let-go"}
 *     {"t":"call","call":"space","id":0}
 *     {"t":"call","call":"map","id":0,"space":0,"count":2,"rights":{…}}
 *     {"t":"verdict","rejected":"frame-let-go","at":1}
 *
 * A trace is as short as a story, so it is read whole. Fields that the format does not know are dropped.
 */
import type { MachineCall } from "../machine/machine-call.ts";
import { LINE_LENGTH_MAX } from "./line-batches.ts";
import { checkedMachineRecord, type MachineHeader } from "./machine-record.ts";
import { MalformedTrace } from "./malformed-trace.ts";

export interface MachineTrace extends MachineHeader {
  readonly calls: readonly MachineCall[];
  readonly verdict?: { readonly rejected: string; readonly at: number };
}

/** Whether `text` begins as a trace of a machine does. */
export function isMachineTrace(text: string): boolean {
  return /^\s*\{[^\n]*"t"\s*:\s*"machine-trace"/.test(text);
}

/** The text of `trace`. */
export function formatMachineTrace(trace: MachineTrace): string {
  const { config, calls, subject, name, seed, rule, verdict } = trace;
  const records: readonly object[] = [
    {
      t: "machine-trace",
      v: 1,
      ...(subject !== undefined && { subject }),
      ...(name !== undefined && { name }),
      config,
      ...(seed !== undefined && { seed }),
      ...(rule !== undefined && { rule }),
    },
    ...calls.map((call) => ({ t: "call", ...call })),
    ...(verdict === undefined ? [] : [{ t: "verdict", ...verdict }]),
  ];
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** Reads `text`, or throws `MalformedTrace`. */
export function parseMachineTrace(text: string): MachineTrace {
  let header: MachineHeader | undefined;
  let verdict:
    | { readonly line: number; readonly rejected: string; readonly at: number }
    | undefined;
  const calls: MachineCall[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    if (line.length > LINE_LENGTH_MAX)
      throw new MalformedTrace(index + 1, "a line has at most 1 MiB");
    const record = checkedMachineRecord(line, index + 1);
    if ((record.kind === "header") !== (header === undefined)) {
      throw new MalformedTrace(
        index + 1,
        'a trace has one header, first: {"t":"machine-trace", …}',
      );
    }
    if (record.kind === "header") header = record.header;
    else if (record.kind === "call") calls.push(record.call);
    else verdict = { line: index + 1, rejected: record.rejected, at: record.at };
  }
  if (header === undefined)
    throw new MalformedTrace(1, 'a trace begins with {"t":"machine-trace", …}');
  if (verdict === undefined) return { ...header, calls };

  const { rejected, at, line } = verdict;
  if (at < calls.length) return { ...header, calls, verdict: { rejected, at } };
  const sentence = `"at" is ${at}, but calls are counted from 0 and there are ${calls.length}`;
  throw new MalformedTrace(line, sentence);
}
