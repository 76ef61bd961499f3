/**
 * What can be done with a machine, as functions of their arguments: on which thread makes no difference,
 * and what comes of it is plain data.
 */
import { Tally, type TallyData } from "../conformance/tally.ts";
import type { MachineScope } from "../machine/machine-driver.ts";
import type { BrokenRule, MachineNotes, MachinePlay } from "../machine/machine-session.ts";
import type { MachineMaker } from "../machine/machine-subject.ts";
import { runRandomMachine } from "../machine/run-machine.ts";
import type { MachineFailure } from "./machine-failures.ts";
import type { Candidate } from "./machine-offers.ts";
import { tryMachine } from "./machine-trial.ts";

/** Calls that were made of a machine, and how they were judged. */
export interface MachineAttempt {
  readonly tally: TallyData;
  readonly failure: MachineFailure | undefined;
  /** How many calls of a list were tried, those that were left out among them. */
  readonly tried: number;
  /** All answers and the judgement, to be compared with those of another attempt. */
  readonly answers: string;
}

/** Which random run is made. */
export interface MachineRunTask {
  readonly scope: MachineScope;
  readonly seed: number;
  readonly run: number;
  readonly count: number;
}

/** Makes a run of random calls. */
export function makeRun(
  make: MachineMaker,
  { scope, seed, run, count }: MachineRunTask,
  notes?: MachineNotes,
): MachineAttempt {
  const tally = new Tally();
  const judges = { observer: tally, ...(notes === undefined ? {} : { notes }) };
  const { config, played, broken } = runRandomMachine(make, scope, seed, run, count, {}, judges);
  const calls = played.map(({ call }) => call);
  return attemptOf(tally, played, broken && { config, calls, broken, run });
}

/** Makes the calls of a list. */
export function makeCalls(
  make: MachineMaker,
  { config, calls }: Candidate,
  notes?: MachineNotes,
): MachineAttempt {
  const tally = new Tally();
  const judges = { observer: tally, ...(notes === undefined ? {} : { notes }) };
  const { plays, broken } = tryMachine(make, config, calls, judges);
  return attemptOf(tally, plays, broken && { config, calls: calls.slice(0, plays.length), broken });
}

/** An attempt of which nothing is known but how it failed. */
export function failedAttempt(failure: MachineFailure): MachineAttempt {
  const { calls, broken } = failure;
  const answers = JSON.stringify(broken);
  return { tally: new Tally().toData(), failure, tried: calls.length, answers };
}

function attemptOf(
  tally: Tally,
  plays: readonly (MachinePlay | undefined)[],
  failure: MachineFailure | undefined,
): MachineAttempt {
  for (const play of plays) count(tally, play);
  const broken: BrokenRule | undefined = failure?.broken;
  const answers = JSON.stringify([plays.map((play) => play?.answer), broken]);
  return { tally: tally.toData(), failure, tried: plays.length, answers };
}

function count(tally: Tally, play: MachinePlay | undefined): void {
  if (play === undefined || play.answer?.kind === "skipped") tally.calls.skipped += 1;
  else if (play.answer?.kind === "refused") tally.calls.refused += 1;
  if (play === undefined) return;
  tally.calls.executed += 1;
  tally.kind(play.call.call);
  if (play.call.call === "map") tally.size(play.call.count);
}
