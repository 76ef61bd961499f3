import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isPossible,
  judgeMove,
  type Move,
  SYSTEM_INVARIANTS,
  SYSTEM_RULES,
  type SystemState,
  uninitialised,
} from "#spec";
import type { BlockName, HeapId, Key, PageNumber, PlaceNumber } from "#units";
import { fileAt } from "../../source.ts";
import {
  blockIsFreedAtHome,
  movesConservePages,
  movesLeaveBlocksWhereTheyAre,
  switchChangesThePhaseOnly,
} from "../../theorems.ts";
import { casesOf } from "../../translate/symbol.ts";
import { Vacuous } from "../assume.ts";
import { admittedIsWhatIsAllowed, movesDoWhatTheySay } from "./admitted.obligation.ts";
import { movesKeepTotalRunning } from "./conservation.obligation.ts";
import {
  countedPagesAreOwned,
  heapsAreThoseBelowTheNext,
  keysHaveHeapsOfTheirOwn,
  nothingIsThereBeforeTheBeginning,
} from "./corollaries.obligation.ts";
import { type InvariantName, isSound, movesKeepSystemSound } from "./invariants.obligation.ts";
import { movesChangeOnePage, phasesGoForward } from "./moves.obligation.ts";
import { aSystemAndMove, belowOf } from "./system.arbitrary.ts";

const RUNS = { seed: 1, numRuns: 1000 };

test("the theorem is about every invariant", () => {
  const type = fileAt("proofs/obligations/system/invariants.obligation.ts")
    .getTypeAliasOrThrow("InvariantName")
    .getType();

  const names = casesOf(type, "name");

  expect(names.toSorted()).toEqual(SYSTEM_INVARIANTS.map(({ name }) => name).toSorted());
});

describe("of systems that can be reached", () => {
  test("every invariant is true", () => {
    fc.assert(
      fc.property(aSystemAndMove, ([state]) => isSound(state)),
      RUNS,
    );
  });

  test("every kind of move is admitted somewhere, and every rule broken somewhere", () => {
    const admitted = new Set<string>();
    const broken = new Set<string>();

    for (const [state, move] of fc.sample(aSystemAndMove, { seed: 2, numRuns: 3000 })) {
      if (!isPossible(state, move)) continue;
      const verdict = judgeMove(state, move);
      if (verdict.kind === "admitted") admitted.add(move.kind);
      else broken.add(verdict.rule.name);
    }

    expect(admitted.size).toBe(12);
    expect([...broken].toSorted()).toEqual(SYSTEM_RULES.map(({ name }) => name).toSorted());
  });
});

/** How often `theorem` is true, false, and says nothing, of systems, moves and up to three small numbers. */
function outcomes(
  theorem: (state: SystemState, move: Move, one: number, two: number, three: number) => boolean,
): Record<string, number> {
  const count: Record<string, number> = { true: 0, false: 0, vacuous: 0 };
  const drawn = fc.tuple(aSystemAndMove, fc.nat(4), fc.nat(4), fc.nat(4));
  for (const [[state, move], ...numbers] of fc.sample(drawn, { seed: 3, numRuns: 3000 })) {
    const outcome = outcomeOf(() => theorem(state, move, ...numbers));
    count[outcome] = (count[outcome] ?? 0) + 1;
  }
  return count;
}

function outcomeOf(theorem: () => boolean): string {
  try {
    return String(theorem());
  } catch (error) {
    if (error instanceof Vacuous) return "vacuous";
    throw error;
  }
}

// biome-ignore format: one theorem per line
describe("each theorem is true of the real functions, and speaks of some systems", () => {
  test.each<[string, Record<string, number>]>([
    ["movesConservePages", outcomes((state, move, heap) => movesConservePages(state, belowOf(state), move, heap as HeapId))],
    ["movesKeepTotalRunning", outcomes((state, move, low, high) => movesKeepTotalRunning(state, belowOf(state), move, low as HeapId, high as HeapId))],
    ["blockIsFreedAtHome", outcomes((state, _, name, heap, page) => blockIsFreedAtHome(state, name as BlockName, heap as HeapId, page as PageNumber))],
    ["movesLeaveBlocksWhereTheyAre", outcomes((state, move, name, page) => movesLeaveBlocksWhereTheyAre(state, move, name as BlockName, page as PageNumber))],
    ["switchChangesThePhaseOnly", outcomes((state, move, name, page, heap) => switchChangesThePhaseOnly(state, move, name as BlockName, page as PageNumber, heap as HeapId))],
    ["movesChangeOnePage", outcomes((state, move, page) => movesChangeOnePage(state, move, page as PageNumber))],
    ["keysHaveHeapsOfTheirOwn", outcomes((state, _, one, two) => keysHaveHeapsOfTheirOwn(state, one as Key, two as Key))],
    ["countedPagesAreOwned", outcomes((state, _, heap, place) => countedPagesAreOwned(state, heap as HeapId, place as PlaceNumber))],
    ["heapsAreThoseBelowTheNext", outcomes((state, _, heap) => heapsAreThoseBelowTheNext(state, heap as HeapId))],
    ["nothingIsThereBeforeTheBeginning", outcomes((_, __, heap, page, name) => nothingIsThereBeforeTheBeginning(uninitialised(), heap as HeapId, page as PageNumber, name as BlockName))],
    ["phasesGoForward", outcomes(phasesGoForward)],
    ["admittedIsWhatIsAllowed", outcomes(admittedIsWhatIsAllowed)],
    ["movesDoWhatTheySay", outcomes(movesDoWhatTheySay)],
    ...SYSTEM_INVARIANTS.map(({ name }) => [`movesKeepSystemSound: ${name}`, outcomes((state, move) => movesKeepSystemSound(state, move, name as InvariantName))] as [string, Record<string, number>]),
  ])("%s", (_, count) => {
    expect(count["false"]).toBe(0);
    expect(count["true"]).toBeGreaterThan(3);
  });
});
