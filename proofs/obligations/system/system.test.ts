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
import { type Outcomes, outcomesOf } from "../../replay/theorem-property.ts";
import { fileAt } from "../../source.ts";
import {
  blockIsFreedAtHome,
  movesConservePages,
  movesLeaveBlocksWhereTheyAre,
  switchChangesThePhaseOnly,
} from "../../theorems.ts";
import { casesOf } from "../../translate/symbol.ts";
import { admittedIsWhatIsAllowed, movesDoWhatTheySay } from "./admitted.obligation.ts";
import { movesKeepTotalRunning } from "./conservation.obligation.ts";
import {
  closedHeapsOwnNothing,
  countedPagesAreOwned,
  declinedRequestsChangeNothing,
  heapsAreThoseBelowTheNext,
  keysHaveHeapsOfTheirOwn,
  nothingIsThereBeforeTheBeginning,
  requestsWithoutEffectAreAdmitted,
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

    for (const [state, move] of fc.sample(aSystemAndMove, { seed: 2, numRuns: 12_000 })) {
      if (!isPossible(state, move)) continue;
      const verdict = judgeMove(state, move);
      if (verdict.kind === "admitted") admitted.add(move.kind);
      else broken.add(verdict.rule.name);
    }

    expect(admitted.size).toBe(15);
    expect([...broken].toSorted()).toEqual(SYSTEM_RULES.map(({ name }) => name).toSorted());
  });
});

/** How often `theorem` is true, false, and says nothing, of systems, moves and up to three small numbers. */
function outcomes(
  theorem: (state: SystemState, move: Move, one: number, two: number, three: number) => boolean,
): Outcomes {
  const drawn = fc.tuple(aSystemAndMove, fc.nat(4), fc.nat(4), fc.nat(4));
  return outcomesOf(fc.sample(drawn, { seed: 3, numRuns: 3000 }), ([state, move], ...numbers) =>
    theorem(state, move, ...numbers),
  );
}

// biome-ignore format: one theorem per line
describe("each theorem is true of the real functions, and speaks of some systems", () => {
  test.each<[string, Outcomes]>([
    ["movesConservePages", outcomes((state, move, heap) => movesConservePages(state, belowOf(state), move, heap as HeapId))],
    ["movesKeepTotalRunning", outcomes((state, move, low, high) => movesKeepTotalRunning(state, belowOf(state), move, low as HeapId, high as HeapId))],
    ["blockIsFreedAtHome", outcomes((state, _, name, heap, page) => blockIsFreedAtHome(state, name as BlockName, heap as HeapId, page as PageNumber))],
    ["movesLeaveBlocksWhereTheyAre", outcomes((state, move, name, page) => movesLeaveBlocksWhereTheyAre(state, move, name as BlockName, page as PageNumber))],
    ["switchChangesThePhaseOnly", outcomes((state, move, name, page, heap) => switchChangesThePhaseOnly(state, move, name as BlockName, page as PageNumber, heap as HeapId))],
    ["movesChangeOnePage", outcomes((state, move, page) => movesChangeOnePage(state, move, page as PageNumber))],
    ["keysHaveHeapsOfTheirOwn", outcomes((state, _, one, two) => keysHaveHeapsOfTheirOwn(state, one as Key, two as Key))],
    ["closedHeapsOwnNothing", outcomes((state, _, heap, page, name) => closedHeapsOwnNothing(state, heap as HeapId, page as PageNumber, name as BlockName))],
    ["declinedRequestsChangeNothing", outcomes((before, move, page, name, key) => declinedRequestsChangeNothing({ before, after: before, isGranted: move.kind === "switch" && move.isGranted }, page as PageNumber, name as BlockName, key as Key))],
    ["requestsWithoutEffectAreAdmitted", outcomes((state) => requestsWithoutEffectAreAdmitted(state, uninitialised()))],
    ["countedPagesAreOwned", outcomes((state, _, heap, place) => countedPagesAreOwned(state, heap as HeapId, place as PlaceNumber))],
    ["heapsAreThoseBelowTheNext", outcomes((state, _, heap) => heapsAreThoseBelowTheNext(state, heap as HeapId))],
    ["nothingIsThereBeforeTheBeginning", outcomes((_, __, heap, page, name) => nothingIsThereBeforeTheBeginning(uninitialised(), heap as HeapId, page as PageNumber, name as BlockName))],
    ["phasesGoForward", outcomes(phasesGoForward)],
    ["admittedIsWhatIsAllowed", outcomes(admittedIsWhatIsAllowed)],
    ["movesDoWhatTheySay", outcomes(movesDoWhatTheySay)],
    ...SYSTEM_INVARIANTS.map(({ name }) => [`movesKeepSystemSound: ${name}`, outcomes((state, move) => movesKeepSystemSound(state, move, name as InvariantName))] as [string, Outcomes]),
  ])("%s", (_, count) => {
    expect(count.false).toBe(0);
    expect(count.true).toBeGreaterThan(3);
  });
});
