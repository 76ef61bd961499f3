/**
 * Runs of a machine: given calls, or calls drawn at random until enough were made. A run of random calls
 * ends with everything given back, and every space closed that no core is in; and then, unless frames
 * are to fail, as much is mapped as a fresh machine could.
 */
import { RandomChoices } from "../generate/choices.ts";
import { KERNEL } from "./machine-book.ts";
import type { MachineCall } from "./machine-call.ts";
import { MachineDriver, type MachineScope } from "./machine-driver.ts";
import {
  type BrokenRule,
  type MachineJudges,
  type MachinePlay,
  type MachineRunConfig,
  MachineSession,
} from "./machine-session.ts";
import type { MachineMaker } from "./machine-subject.ts";

/** What was called and answered; only the last call can have broken a rule. */
export interface MachineRun {
  readonly config: MachineRunConfig;
  readonly played: readonly MachinePlay[];
  readonly broken: BrokenRule | undefined;
  readonly session: MachineSession;
}

/** How often every operation is gone on with, and every core interrupted, before it counts as stuck. */
const PATIENCE = 200;

/** Rights that say nothing of interest. */
const PLAIN = { isWritable: true, isExecutable: false };

/** Makes `calls` until one breaks a rule; those that may not be made are left out. */
export function runMachineCalls(
  make: MachineMaker,
  config: MachineRunConfig,
  calls: readonly MachineCall[],
  judges: MachineJudges = {},
): MachineRun {
  const session = new MachineSession(make, config, judges);
  const played = calls.flatMap((call) => session.play(call) ?? []);
  return { config, played, broken: session.broken, session };
}

/** Makes `count` calls drawn at random, ends what is under way, and gives everything back. */
export function runRandomMachine(
  make: MachineMaker,
  scope: MachineScope,
  seed: number,
  run: number,
  count: number,
  config: Omit<MachineRunConfig, "frameCount"> = {},
  judges: MachineJudges = {},
): MachineRun {
  const whole = { ...config, frameCount: scope.frameCount };
  const session = new MachineSession(make, whole, judges);
  const driver = new MachineDriver(new RandomChoices(seed, run), scope);
  const played: MachinePlay[] = [];
  const play = (call: MachineCall): void => {
    played.push(...[session.play(call)].flatMap((step) => step ?? []));
  };
  for (let made = 0; made < count && session.broken === undefined; made++) {
    play(driver.next(session));
  }
  giveBack(session, driver, play);
  if (session.broken === undefined) session.rest();
  const isPlenty = session.broken === undefined && config.failAt === undefined;
  if (isPlenty) played.push(...mapAgain(session, driver, scope));
  return { config: whole, played, broken: session.broken, session };
}

/** Goes on with what is under way until it has ended, and releases what is mapped. */
function giveBack(
  session: MachineSession,
  driver: MachineDriver,
  play: (call: MachineCall) => void,
): void {
  settle(session, play);
  for (const isExclusive of [false, true]) {
    for (const [name, mapping] of [...session.book.mappings]) {
      if (mapping.isExclusive !== isExclusive) continue;
      const core = [...session.book.cores.keys()][0] ?? 0;
      play({ call: "release", id: driver.fresh(), core, of: name });
      settle(session, play);
    }
  }
  const [core] = session.book.cores.keys();
  if (core === undefined) return;
  for (const space of [...session.book.spaces.keys()]) {
    if (session.book.isIdle(space)) play({ call: "close", id: driver.fresh(), core, space });
    settle(session, play);
  }
}

/** Goes on with every operation, and interrupts every core, until nothing is under way. */
export function settle(session: MachineSession, play: (call: MachineCall) => void): void {
  const { book } = session;
  for (let turn = 0; session.broken === undefined; turn++) {
    const [name] = book.operations.keys();
    if (name === undefined) return;
    if (turn > PATIENCE) {
      session.reportStuck(name);
      return;
    }
    for (const of of [...book.operations.keys()]) play({ call: "step", of });
    const isWaiting = [...book.operations.values()].some((operation) => operation.isWaiting);
    if (isWaiting) for (const core of book.cores.keys()) play({ call: "interrupt", core });
  }
}

/** Maps every frame that is left beside the tables that this needs; a fresh machine could. */
function mapAgain(
  session: MachineSession,
  driver: MachineDriver,
  { frameCount, firstPage }: MachineScope,
): readonly MachinePlay[] {
  const { book } = session;
  const space = [...book.spaces.keys()].find((name) => name !== KERNEL);
  const count = frameCount - book.spaces.size - TABLES_MAX;
  if (space === undefined || book.cores.size === 0 || count < 1) return [];
  const played: MachinePlay[] = [];
  const id = driver.fresh();
  const map = { call: "map", id, space, at: firstPage, count, rights: PLAIN } as const;
  played.push(...[session.play(map, true)].flatMap((step) => step ?? []));
  giveBack(session, driver, (call) => {
    played.push(...[session.play(call)].flatMap((step) => step ?? []));
  });
  if (session.broken === undefined) session.rest();
  return played;
}

/** The page tables, but the root, that a run of up to 512 pages needs: two of level 1, one above each. */
export const TABLES_MAX = 4;
