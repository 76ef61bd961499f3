/** Writes a log as a trace that ends with the call that breaks a rule. */
import { createWriteStream, mkdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { headerRecordOf } from "../trace/header-record-of.ts";
import { openCalls } from "../trace/open-calls.ts";
import { recordLine } from "../trace/record-line.ts";
import type { TraceRecord } from "../trace/record-reader.ts";
import { fileSafe, UnwritableFolder } from "./failures.ts";

/** Apart from failures, which are replayed: a log is no subject's, and may be long. */
const LOGS_FOLDER = join(".ariadne", "logs");

/** Writes the log at `path` up to call `at`, which breaks `rule`; answers where, relative to `directory`. */
export async function cutLog(
  path: string,
  directory: string,
  rule: string,
  at: number,
): Promise<string> {
  const stem = basename(path).replace(/(\.gz|\.log|\.trace|\.jsonl)+$/, "");
  // The trace of a trace that was cut before has the same name, and the same calls.
  const own = stem.endsWith(`-${rule}`) ? stem : `${stem}-${rule}`;
  const relative = join(LOGS_FOLDER, `${fileSafe(own)}.trace.jsonl`);
  const target = join(directory, relative);
  try {
    mkdirSync(join(directory, LOGS_FOLDER), { recursive: true });
    await pipeline(Readable.from(lines(path, rule, at)), createWriteStream(`${target}.part`));
    renameSync(`${target}.part`, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new UnwritableFolder(`${relative} cannot be written (${code})`);
  }
  return relative.replaceAll("\\", "/");
}

async function* lines(path: string, rule: string, at: number): AsyncGenerator<string> {
  const source = await openCalls(path);
  const header = headerRecordOf(source.facts);
  yield recordLine(header.kind === "header" ? named(header, rule) : header);
  let index = -1;
  for await (const { records } of source.batches) {
    let chunk = "";
    let isOver = false;
    for (const record of records) {
      if (record.kind === "call") index += 1;
      if (record.kind === "call" || record.kind === "answer") chunk += recordLine(record);
      // What follows is not looked at: it may be no record at all.
      isOver = index === at && record.kind === "answer";
      if (isOver) break;
    }
    yield chunk;
    if (isOver) break;
  }
  yield recordLine({ kind: "verdict", verdict: { rejected: rule, at } });
}

function named(header: TraceRecord & { readonly kind: "header" }, rule: string): TraceRecord {
  return { ...header, header: { ...header.header, rule } };
}
