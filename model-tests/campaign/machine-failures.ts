/** Traces of machines that failed, kept beside those of heaps, and tried first next time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MachineCall } from "../machine/machine-call.ts";
import type { BrokenRule, MachineRunConfig } from "../machine/machine-session.ts";
import {
  formatMachineTrace,
  isMachineTrace,
  type MachineTrace,
  parseMachineTrace,
} from "../trace/machine-trace.ts";
import { MalformedTrace } from "../trace/malformed-trace.ts";
import {
  FAILURES_FOLDER,
  fileSafe,
  storedFailures,
  UnwritableFolder,
  writeWhole,
} from "./failures.ts";

/** Calls of which the last breaks a rule. */
export interface MachineFailure {
  readonly config: MachineRunConfig;
  readonly calls: readonly MachineCall[];
  readonly broken: BrokenRule;
  readonly run?: number;
}

export interface MachineFailureFacts {
  readonly directory: string;
  readonly reference: string;
  readonly name: string;
  readonly seed?: string;
}

/** The failing trace as it is written. */
export function machineFailureTrace(
  { config, calls, broken }: MachineFailure,
  { reference, name, seed }: MachineFailureFacts,
): MachineTrace {
  const { frameCount, failAt } = config;
  return {
    subject: reference,
    name,
    config: { frameCount, ...(failAt === undefined ? {} : { failAt }) },
    ...(seed === undefined ? {} : { seed }),
    rule: broken.name,
    calls,
    verdict: { rejected: broken.name, at: Math.max(0, calls.length - 1) },
  };
}

/** Saves `failure`; a folder that cannot be written is told in the report, which is not lost by it. */
export function trySaveMachine(
  failure: MachineFailure,
  facts: MachineFailureFacts,
): { readonly trace?: string; readonly unsaved?: string } {
  const run = failure.run === undefined ? "trace" : `run${failure.run}`;
  const seed = facts.seed === undefined ? "" : `-${facts.seed}`;
  const name = `${fileSafe(facts.name)}-${failure.broken.name}${seed}-${run}.trace.jsonl`;
  const path = join(FAILURES_FOLDER, name);
  try {
    const text = formatMachineTrace(machineFailureTrace(failure, facts));
    writeWhole(join(facts.directory, path), text);
    return { trace: path.replaceAll("\\", "/") };
  } catch (error) {
    if (error instanceof UnwritableFolder) return { unsaved: error.message };
    throw error;
  }
}

/** The traces of the machine `reference` that failed before, in the order of their names. */
export function storedMachineFailures(
  directory: string,
  reference: string,
): readonly MachineTrace[] {
  return storedFailures(directory).flatMap((path) => {
    const trace = stored(join(directory, path));
    return trace?.subject === reference ? [trace] : [];
  });
}

/** The trace in a file that may be of another kind, or cut off. */
function stored(path: string): MachineTrace | undefined {
  const text = readFileSync(path, "utf8");
  if (!isMachineTrace(text)) return undefined;
  try {
    return parseMachineTrace(text);
  } catch (error) {
    if (error instanceof MalformedTrace) return undefined;
    throw error;
  }
}
