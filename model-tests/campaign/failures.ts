/**
 * Traces that failed, kept in `.ariadne/failures` of the working directory.
 *
 * A trace is written as soon as it has failed and again when it has become shorter: a run that is
 * killed in between leaves a trace that fails. Next time these are what is tried first.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Trace, TraceVerdict } from "#spec";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { formatTrace } from "../trace/format-trace.ts";
import { numberedTrace } from "../trace/numbered-trace.ts";
import type { Failure } from "./tasks.ts";

export const FAILURES_FOLDER: string = join(".ariadne", "failures");

/** A folder that cannot be written, in one sentence. */
export class UnwritableFolder extends Error {
  override readonly name = "UnwritableFolder";
}

export interface FailureFacts {
  readonly directory: string;
  readonly reference: string;
  readonly options: SubjectOptions;
  readonly subject: string;
  readonly seed?: string;
  readonly certified?: NonNullable<TraceVerdict["certified"]>;
  readonly answers?: NonNullable<Trace["answers"]>;
}

/** The failing trace as it is written. */
export function failureTrace(failure: Failure, facts: FailureFacts): Trace {
  const { config, calls, finding } = failure;
  const { reference, options, subject, seed, certified, answers } = facts;
  return numberedTrace({
    version: 1,
    config,
    calls,
    subject: reference,
    name: subject,
    ...(Object.keys(options).length === 0 ? {} : { options: { ...options } }),
    ...(seed === undefined ? {} : { seed }),
    rule: finding.rule,
    ...(answers === undefined ? {} : { answers }),
    verdict: {
      rejected: finding.rule,
      at: finding.at,
      ...(certified === undefined ? {} : { certified }),
    },
  });
}

/** Writes `failure` and answers its path, relative to the working directory. */
function saveFailure(failure: Failure, facts: FailureFacts): string {
  const run = failure.run === undefined ? "trace" : `run${failure.run}`;
  const seed = facts.seed === undefined ? "" : `-${facts.seed}`;
  const name = `${fileSafe(facts.subject)}-${failure.finding.rule}${seed}-${run}.trace.jsonl`;
  const path = join(FAILURES_FOLDER, name);
  writeWhole(join(facts.directory, path), formatTrace(failureTrace(failure, facts)));
  return path.replaceAll("\\", "/");
}

/** Saves `failure`; a folder that cannot be written is told in the report, which is not lost by it. */
export function trySave(
  failure: Failure,
  facts: FailureFacts,
): { readonly trace?: string; readonly unsaved?: string } {
  try {
    return { trace: saveFailure(failure, facts) };
  } catch (error) {
    if (error instanceof UnwritableFolder) return { unsaved: error.message };
    throw error;
  }
}

/** Writes `text` to `file` in `directory`, and says whether that could be done. */
export function trySaveText(directory: string, file: string, text: string): boolean {
  try {
    writeWhole(join(directory, file), text);
    return true;
  } catch (error) {
    if (error instanceof UnwritableFolder) return false;
    throw error;
  }
}

/** Writes `text` to `path`, whole or not at all. */
export function writeWhole(path: string, text: string | Uint8Array): void {
  try {
    ensureFolder(dirname(path));
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new UnwritableFolder(`${path} cannot be written (${code})`);
  }
}

/** Makes `folder` and what it stands in. Asking for all at once never ends where nothing can be made. */
function ensureFolder(folder: string): void {
  if (existsSync(folder)) return;
  ensureFolder(dirname(folder));
  mkdirSync(folder);
}

/** The traces that failed before, in the order of their names. */
export function storedFailures(directory: string): readonly string[] {
  try {
    return readdirSync(join(directory, FAILURES_FOLDER))
      .filter((name) => name.endsWith(".trace.jsonl"))
      .sort()
      .map((name) => join(FAILURES_FOLDER, name));
  } catch {
    return [];
  }
}

/** `name` without what a file name may not have. */
export function fileSafe(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, "-");
}
