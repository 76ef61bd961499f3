/**
 * Films the calls of a trace of a machine: its frames, its pages, what its cores keep of them, and who is
 * waited for, as the machine announces them.
 */
import type { Cores, MachineState } from "#spec";
import { pageIn, spaceOf } from "#units";
import { machineLines } from "../campaign/machine-lines.ts";
import { answerText, moveText } from "../campaign/machine-story-lines.ts";
import { trialBefore, tryMachine } from "../campaign/machine-trial.ts";
import { machineCallText, pageText, rightsText } from "../campaign/machine-words.ts";
import { isNoReturn } from "../campaign/no-return.ts";
import type { MachineCall } from "../machine/machine-call.ts";
import type {
  BrokenRule,
  MachineNotes,
  MachinePlay,
  MachineRunConfig,
  MachineSession,
} from "../machine/machine-session.ts";
import type { MachineMaker } from "../machine/machine-subject.ts";
import {
  type Change,
  type Fault,
  FILMED_STEPS_MAX,
  type Film,
  type FilmStep,
  MACHINE_THINGS,
} from "./film.ts";
import { changesBetween, type Things, thingsOf } from "./things.ts";

export interface FilmMachineTask {
  readonly config: MachineRunConfig;
  readonly calls: readonly MachineCall[];
  /** How the last call broke a rule, if one is known to; a call that never comes back is not made. */
  readonly broken?: BrokenRule;
}

/** Films what a machine of `make` does. */
export function filmMachine(
  make: MachineMaker,
  { config, calls, broken }: FilmMachineTask,
  notes?: MachineNotes,
): Film {
  const before = Math.max(0, calls.length - FILMED_STEPS_MAX);
  const steps: FilmStep[] = [];
  let base: readonly Change[] = [];
  let known: Things = new Map();
  let count = 0;
  const onPlay = (play: MachinePlay | undefined, { state }: MachineSession): void => {
    const call = calls[count];
    count += 1;
    if (call === undefined || count < before) return;
    const now = thingsIn(state);
    if (count === before) base = [...now.values()];
    else steps.push([machineCallText(call), answerText(play), ...changesBetween(known, now)]);
    known = now;
  };
  const judges = notes === undefined ? {} : { notes };
  const trial =
    broken !== undefined && isNoReturn(broken)
      ? trialBefore(make, { config, calls, broken }, judges, onPlay)
      : tryMachine(make, config, calls, judges, onPlay);
  const fault = trial.broken && faultOf(trial.broken, trial.session);
  const { frameCount } = config;
  const film = { kind: "machine", before, base, untold: 0, steps, frameCount } as const;
  return fault === undefined ? film : { ...film, fault };
}

function faultOf({ name, claim, move, error }: BrokenRule, session: MachineSession): Fault {
  const facts: string[] = [];
  if (error !== undefined) facts.push(error);
  if (move !== undefined) facts.push(`the move: ${moveText(move)}`);
  if (name === "machine-as-announced") facts.push(...machineLines(session, true));
  return { rule: name, sentence: claim, facts, blamed: [] };
}

function thingsIn({ frames, pages, cores, cached, rounds }: MachineState): Things {
  const things: Change[] = [];
  frames.every(({ use, waiting }, frame) => {
    return things.push([MACHINE_THINGS.frame, frame, use, waitingText(waiting)]) > 0;
  });
  pages.every(({ use, frame, isExclusive, rights, isDirty, waiting }, page) => {
    const isHeld = use === "held";
    const how = isHeld ? "" : `${rightsText(rights)}${isExclusive ? "" : ", borrowed"}`;
    const told = `${how}${isDirty ? ", written" : ""}`;
    const shown = isHeld ? -1 : frame;
    const place = [spaceOf(page), pageIn(page)] as const;
    const change = [...place, use, shown, told, waitingText(waiting)] as const;
    return things.push([MACHINE_THINGS.page, page, ...change]) > 0;
  });
  cached.every(({ core, page, frame, rights }, entry) => {
    const place = [core, spaceOf(page), pageIn(page)] as const;
    return (
      things.push([MACHINE_THINGS.translation, entry, ...place, frame, rightsText(rights)]) > 0
    );
  });
  rounds.every(({ first, last, waiting }, round) => {
    const range = [pageText(first), pageText(last)] as const;
    return things.push([MACHINE_THINGS.round, round, ...range, waitingText(waiting)]) > 0;
  });
  cores.every((space, core) => things.push([MACHINE_THINGS.core, core, space]) > 0);
  return thingsOf(things);
}

function waitingText(waiting: Cores): string {
  const cores: number[] = [];
  waiting.every((_, core) => cores.push(core) > 0);
  return cores.join(", ");
}
