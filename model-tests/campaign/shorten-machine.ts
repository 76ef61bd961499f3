/**
 * Makes a list of calls that breaks a rule of machines shorter, and what is left plainer, until nothing
 * more helps. Effort is counted in trials, never in seconds.
 */
import type { Rights } from "#spec";
import type { MachineCall } from "../machine/machine-call.ts";
import type { MachineNotes } from "../machine/machine-session.ts";
import type { MachineMaker } from "../machine/machine-subject.ts";
import type { MachineFailure } from "./machine-failures.ts";
import { renumbered } from "./machine-names.ts";
import { type Candidate, offersFor } from "./machine-offers.ts";
import { tryMachine } from "./machine-trial.ts";

export interface ShortMachineFailure {
  readonly failure: MachineFailure;
  readonly executions: number;
}

/** What tells two lists of calls apart. */
export function callsKey(calls: readonly MachineCall[]): string {
  return JSON.stringify(calls);
}

/**
 * The shortest failure of the same rule that was found, or undefined if it does not happen again. Lists
 * that begin with one of those `avoided` are not tried.
 */
export function shortenMachine(
  make: MachineMaker,
  start: MachineFailure,
  effort: number,
  avoided: readonly string[] = [],
  notes?: MachineNotes,
): ShortMachineFailure | undefined {
  const rule = start.broken.name;
  const judges = notes === undefined ? {} : { notes };
  let executions = 0;
  const attempt = ({ config, calls }: Candidate): MachineFailure | undefined => {
    executions += 1;
    if (isAvoided(calls, avoided)) return undefined;
    const { plays, broken } = tryMachine(make, config, calls, judges);
    if (broken?.name !== rule) return undefined;
    const made = calls.slice(0, plays.length).filter((_, index) => isMade(plays[index]));
    return { ...start, config, calls: made, broken };
  };

  let best = attempt(start);
  for (let isBetter = best !== undefined; best !== undefined && isBetter; ) {
    isBetter = false;
    for (const offer of offersFor(make, best, judges)) {
      if (executions >= effort) return { failure: best, executions };
      const found = weight(offer) < weight(best) ? attempt(offer) : undefined;
      if (found === undefined) continue;
      best = found;
      isBetter = true;
      break;
    }
  }
  const renamed: MachineFailure | undefined =
    best && attempt({ ...best, calls: renumbered(best.calls) });
  const failure = renamed ?? best;
  return failure && { failure, executions };
}

/** Whether `calls` begin with calls that are avoided. */
function isAvoided(calls: readonly MachineCall[], avoided: readonly string[]): boolean {
  if (avoided.length === 0) return false;
  return calls.some((_, index) => avoided.includes(callsKey(calls.slice(0, index + 1))));
}

function isMade(play: ReturnType<typeof tryMachine>["plays"][number]): boolean {
  return play !== undefined && play.answer?.kind !== "skipped";
}

/** Fewer calls are better, and of as many, plainer ones, with fewer pages and frames. */
function weight({ config, calls }: Candidate): number {
  const numbers = calls.map((call) => {
    const rights = "rights" in call ? weightOf(call.rights) : 0;
    if (call.call === "map") return call.count + rights + (call.at === undefined ? 0 : 1);
    if (call.call === "borrow") return 9 + rights;
    if (call.call === "access") return call.kind === "read" ? 0 : 1;
    return rights + (call.call === "enter" && call.keeps === true ? 1 : 0);
  });
  const sum = numbers.reduce((before, number) => before + number, 0);
  return calls.length * 1e6 + sum * 100 + Math.log2(config.frameCount);
}

function weightOf({ isWritable, isExecutable }: Rights): number {
  return (isWritable ? 1 : 0) + (isExecutable ? 1 : 0);
}
