/**
 * Makes the calls of a trace of a machine, and judges what no single call shows: that what is under way
 * can come to an end, and that nothing is in use when everything was given back.
 *
 * So all that a rule needs to be broken is in the calls, and a trace is nothing but calls.
 */
import type { MachineCall } from "../machine/machine-call.ts";
import {
  type BrokenRule,
  type MachineJudges,
  type MachinePlay,
  type MachineRunConfig,
  MachineSession,
} from "../machine/machine-session.ts";
import type { MachineMaker } from "../machine/machine-subject.ts";
import { settle, TABLES_MAX } from "../machine/run-machine.ts";

export interface MachineTrial {
  /** What was answered to each call, up to the one that broke a rule; a call may have been left out. */
  readonly plays: readonly (MachinePlay | undefined)[];
  readonly broken: BrokenRule | undefined;
  readonly session: MachineSession;
}

/** Is told after each call what it came to, and on which machine. */
export type PlayListener = (play: MachinePlay | undefined, session: MachineSession) => void;

/** Makes `calls` of a fresh machine until a rule is broken. */
export function tryMachine(
  make: MachineMaker,
  config: MachineRunConfig,
  calls: readonly MachineCall[],
  judges: MachineJudges = {},
  onPlay: PlayListener = () => {},
): MachineTrial {
  const session = new MachineSession(make, config, judges);
  const plays: (MachinePlay | undefined)[] = [];
  for (const call of calls) {
    if (session.broken !== undefined) break;
    const play = session.play(call, isSureToFit(session, config, call));
    plays.push(play);
    onPlay(play, session);
  }
  const { book, broken } = session;
  if (broken !== undefined) return { plays, broken, session };
  if (book.operations.size > 0) return { plays, broken: stuckIn(session), session };
  if (book.mappings.size === 0) session.rest();
  return { plays, broken: session.broken, session };
}

/** What was answered to all calls but the last, which never came back and is not made again. */
export function trialBefore(
  make: MachineMaker,
  { config, calls, broken }: LostCalls,
  judges: MachineJudges = {},
  onPlay: PlayListener = () => {},
): MachineTrial {
  const session = new MachineSession(make, config, judges);
  const plays = calls.map((call, index) => {
    const isLast = index === calls.length - 1;
    const play = isLast ? { call, answer: undefined, broken } : session.play(call);
    onPlay(play, session);
    return play;
  });
  return { plays, broken, session };
}

/** Calls of which the last never came back. */
interface LostCalls {
  readonly config: MachineRunConfig;
  readonly calls: readonly MachineCall[];
  readonly broken: BrokenRule;
}

/** The rule that operations end, if one of those that are under way does not. */
function stuckIn(session: MachineSession): BrokenRule | undefined {
  settle(session, (call) => session.play(call));
  return session.broken?.name === "operation-ends" ? session.broken : undefined;
}

/** Whether a machine in which nothing is in use but roots has enough frames for what `call` maps. */
function isSureToFit(
  { book, state }: MachineSession,
  { frameCount, failAt }: MachineRunConfig,
  call: MachineCall,
): boolean {
  if (call.call !== "map" || failAt !== undefined || book.operations.size > 0) return false;
  const isEmpty = state.frames.every((_, frame) => book.roots.has(frame));
  return isEmpty && call.count + book.spaces.size + TABLES_MAX <= frameCount;
}
