import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isPossibleMove,
  judgeMachine,
  MACHINE_INVARIANTS,
  MACHINE_RULES,
  type MachineMove,
  type MachineState,
} from "#spec";
import type { CoreId, EntryName, FrameNumber, PageName, RoundName } from "#units";
import { type Outcomes, outcomesOf } from "../../replay/theorem-property.ts";
import { fileAt } from "../../source.ts";
import { accessReachesNoNewOwner, takenMemoryIsForgotten } from "../../theorems.ts";
import { casesOf } from "../../translate/symbol.ts";
import {
  admittedMoveIsWhatIsAllowed,
  lossesAwaitEveryCore,
  machineMovesDoWhatTheySay,
} from "./admitted.obligation.ts";
import {
  awaitedCoresRun,
  changesHaveHappened,
  keptTranslationIsTrueOrAwaited,
  keptWayIsTrueOrAwaited,
  mappedFrameHasItsPage,
  shownFrameIsInUse,
} from "./corollaries.obligation.ts";
import {
  emptyMachineIsSound,
  isSoundMachine,
  type MachineInvariantName,
  movesKeepMachineSound,
  movesKeepRoundsTrue,
} from "./invariants.obligation.ts";
import { aMachineAndMove } from "./machine.arbitrary.ts";
import {
  closedRoundAwaitsNobody,
  frameHasOneOwner,
  movesChangeOneFrame,
  movesChangeOneTranslation,
} from "./reuse.obligation.ts";

const RUNS = { seed: 1, numRuns: 1000 };

const READING = { isWritable: false, isExecutable: false };

/** Machines, moves, and numbers of a page, a core or a round: the same for every theorem. */
const DRAWN = fc.sample(fc.tuple(aMachineAndMove, fc.nat(2), fc.nat(2), fc.nat(1)), {
  seed: 3,
  numRuns: 3000,
});

test("the theorems are about every invariant of machines", () => {
  const type = fileAt("proofs/obligations/machine/invariants.obligation.ts")
    .getTypeAliasOrThrow("MachineInvariantName")
    .getType();

  const names = [...casesOf(type, "name"), "round-tells-the-truth"];

  expect(names.toSorted()).toEqual(MACHINE_INVARIANTS.map(({ name }) => name).toSorted());
});

test("a machine in which nothing is in use keeps every invariant", () => {
  expect(emptyMachineIsSound()).toBe(true);
});

describe("of machines that can be reached", () => {
  test("every invariant is true", () => {
    fc.assert(
      fc.property(aMachineAndMove, ([state]) => isSoundMachine(state)),
      RUNS,
    );
  });

  test("every kind of move is admitted somewhere, and every rule broken somewhere", () => {
    const type = fileAt("spec/machine/moves.ts").getTypeAliasOrThrow("MachineMove").getType();
    const kinds = casesOf(type, "move.kind");
    const admitted = new Set<string>();
    const broken = new Set<string>();

    for (const [state, move] of fc.sample(aMachineAndMove, { seed: 2, numRuns: 4000 })) {
      if (!isPossibleMove(state, move)) continue;
      const verdict = judgeMachine(state, move);
      if (verdict.kind === "admitted") admitted.add(move.kind);
      else broken.add(verdict.rule.name);
    }

    expect(kinds.filter((kind) => !admitted.has(kind))).toEqual([]);
    expect([...broken].toSorted()).toEqual(MACHINE_RULES.map(({ name }) => name).toSorted());
  });
});

/** How often `theorem` is true, false, and says nothing, of machines, moves and up to three small numbers. */
function outcomes(
  theorem: (
    state: MachineState,
    move: MachineMove,
    one: number,
    two: number,
    three: number,
  ) => boolean,
): Outcomes {
  return outcomesOf(DRAWN, ([state, move], ...numbers) => theorem(state, move, ...numbers));
}

// biome-ignore format: one theorem per line
describe("each theorem is true of the real functions, and speaks of some machines", () => {
  test.each<[string, Outcomes]>([
    ["admittedMoveIsWhatIsAllowed", outcomes(admittedMoveIsWhatIsAllowed)],
    ["machineMovesDoWhatTheySay", outcomes(machineMovesDoWhatTheySay)],
    ["lossesAwaitEveryCore", outcomes((state, move, core) => lossesAwaitEveryCore(state, move, core as CoreId))],
    ["takenMemoryIsForgotten", outcomes((state, move, entry) => takenMemoryIsForgotten(state, move, entry as EntryName))],
    ["accessReachesNoNewOwner", outcomes((state, _, page, frame, core) => accessReachesNoNewOwner(state, core as CoreId, page as PageName, READING, frame as FrameNumber))],
    ["closedRoundAwaitsNobody", outcomes((state, _, page, core, round) => closedRoundAwaitsNobody(state, round as RoundName, page as PageName, core as CoreId))],
    ["frameHasOneOwner", outcomes((state, _, one, other) => frameHasOneOwner(state, one as PageName, other as PageName))],
    ["movesChangeOneTranslation", outcomes((state, move, page) => movesChangeOneTranslation(state, move, page as PageName))],
    ["movesChangeOneFrame", outcomes((state, move, frame) => movesChangeOneFrame(state, move, frame as FrameNumber))],
    ["keptTranslationIsTrueOrAwaited", outcomes((state, _, entry) => keptTranslationIsTrueOrAwaited(state, entry as EntryName))],
    ["keptWayIsTrueOrAwaited", outcomes((state, _, entry) => keptWayIsTrueOrAwaited(state, entry as EntryName))],
    ["mappedFrameHasItsPage", outcomes((state, _, frame) => mappedFrameHasItsPage(state, frame as FrameNumber))],
    ["shownFrameIsInUse", outcomes((state, _, page) => shownFrameIsInUse(state, page as PageName))],
    ["awaitedCoresRun", outcomes((state, _, page, frame, one) => awaitedCoresRun(state, page as PageName, frame as FrameNumber, one as RoundName, one as CoreId))],
    ["changesHaveHappened", outcomes((state, _, page, __, one) => changesHaveHappened(state, page as PageName, one as RoundName, one as CoreId))],
    ["movesKeepRoundsTrue", outcomes(movesKeepRoundsTrue)],
    ...MACHINE_INVARIANTS.filter(({ name }) => name !== "round-tells-the-truth").map(({ name }) => [`movesKeepMachineSound: ${name}`, outcomes((state, move) => movesKeepMachineSound(state, move, name as MachineInvariantName))] as [string, Outcomes]),
  ])("%s", (_, count) => {
    expect(count.false).toBe(0);
    expect(count.true).toBeGreaterThan(3);
  });
});
