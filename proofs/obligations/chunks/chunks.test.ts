/** The theorems about chunks, run on the real functions with a few units drawn at random. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { windowOf } from "#spec";
import { type ChunkName, type UnitNumber, unitCount } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { aChunkName, aHeldStep, aUnit } from "./chunk-step.arbitrary.ts";
import { type HeldStep, verdictOnChunks } from "./chunk-step.ts";
import {
  countFollowsTheChunks,
  splitsAndMergesLoseNoUnit,
  stepConcernsTheChunksItNames,
  unitsChangeHandsOnce,
} from "./conservation.obligation.ts";
import * as rules from "./each-rule.obligation.ts";
import {
  heldChunksMayBeReleasedAndMerged,
  heldChunksMayBeSplitIntoNewNames,
  misuseIsOfChunksThatAreUsedUp,
  newChunksMayBeAskedFor,
} from "./legal-calls.obligation.ts";
import * as meaning from "./meaning.obligation.ts";
import {
  answersBelongToTheirChunkCalls,
  chunkIsTheOneAskedFor,
  freeUnitsAreRoom,
  judgeOfChunksFollowsTheRules,
  mergedChunksTouch,
  misuseIsRejected,
  noUnitsAreNeverGiven,
  placesDoNotWrap,
  reservedUnitsAreGivenByNumberOnly,
  splitsAreWhereTheyAreAsked,
} from "./rules.obligation.ts";
import { stepKeepsChunksApart, stepKeepsChunksWhereUnitsAre } from "./steps.obligation.ts";

/** A step, two names, and a unit. */
type Drawn = readonly [HeldStep, ChunkName, ChunkName, UnitNumber];

const drawn: fc.Arbitrary<Drawn> = fc.tuple(aHeldStep, aChunkName, aChunkName, aUnit);

const KINDS = ["general", "unreserved", "all"] as const;

describe("a step of an allocator of pages or frames", () => {
  test.each<[string, (...each: Drawn) => boolean]>([
    ["keeps chunks apart", (step, one, two) => stepKeepsChunksApart(step, one, two)],
    ["keeps chunks where units are", (step, name) => stepKeepsChunksWhereUnitsAre(step, name)],
    ["loses no unit of a split", (step, _, __, unit) => splitsAndMergesLoseNoUnit(step, unit)],
    ["gives a unit to one", (step, _, __, unit) => unitsChangeHandsOnce(step, unit)],
    ["counts what is held", (step) => countFollowsTheChunks(step)],
    ["concerns the chunks it names", (step, name) => stepConcernsTheChunksItNames(step, name)],
    ["is judged by the rules", (step) => judgeOfChunksFollowsTheRules(step)],
    ["gives the chunk asked for", (step) => chunkIsTheOneAskedFor(step)],
    ["gives no chunk of no units", (step) => noUnitsAreNeverGiven(step)],
    ["is answered as its call", (step) => answersBelongToTheirChunkCalls(step)],
    ["merges what touches", (step) => mergedChunksTouch(step)],
    [
      "keeps what is reserved",
      (step, _, __, unit) => reservedUnitsAreGivenByNumberOnly(step, unit),
    ],
    ["may ask for units under a new name", (step) => newChunksMayBeAskedFor(step)],
    ["may release and merge what is held", (step) => heldChunksMayBeReleasedAndMerged(step)],
    ["may split into new names", (step) => heldChunksMayBeSplitIntoNewNames(step)],
    ["may misuse what is used up", (step) => misuseIsOfChunksThatAreUsedUp(step)],
    ["rejects misuse", (step) => misuseIsRejected(step)],
    ["splits where it is asked to", (step) => splitsAreWhereTheyAreAsked(step)],
    [
      "finds what is free",
      ({ chunks, contract, call }, _, __, unit) =>
        call.kind !== "acquire" ||
        KINDS.every((kinds) =>
          freeUnitsAreRoom(
            chunks,
            contract,
            kinds,
            windowOf(call.request, call.count),
            unit,
            call.count,
          ),
        ),
    ],
    ["keeps a sound state sound", (step, name) => meaning.chunksOfASoundStateAreSound(step, name)],
    [
      "is given units of areas that have them",
      ({ contract }, _, __, unit) =>
        KINDS.every((kinds) => meaning.unitIsCoveredByAnAreaThatHasIt(contract, kinds, unit)),
    ],
    [
      "is given runs unit by unit",
      ({ chunks, contract }, name) =>
        !chunks.has(name) ||
        KINDS.every((kinds) => meaning.runIsCoveredUnitByUnit(contract, kinds, chunks.get(name))),
    ],
    [
      "is asked what its request says",
      ({ chunks, call }, name) =>
        call.kind !== "acquire" ||
        !chunks.has(name) ||
        meaning.requestAllowsWhatItSays(call.request, chunks.get(name)),
    ],
    [
      "finds only what is free",
      ({ chunks, contract, call }) =>
        call.kind !== "acquire" ||
        KINDS.every((kinds) =>
          meaning.roomIsFreeUnits(
            chunks,
            contract,
            kinds,
            windowOf(call.request, call.count),
            call.count,
          ),
        ),
    ],
    ["breaks the rule that calls return", (step) => rules.callsThatDoNotReturnBreakTheRule(step)],
    ["breaks the rule of answers", (step) => rules.answersOfOtherCallsBreakTheRule(step)],
    ["breaks the rule of kinds", (step) => rules.unitsOfOtherKindsBreakTheRule(step)],
    ["breaks the rule of order", (step) => rules.designatedUnitsTooEarlyBreakTheRule(step)],
    [
      "breaks the rule of refusals",
      (step) =>
        step.call.kind !== "acquire" ||
        rules.refusalsDespiteRoomBreakTheRule(
          step,
          step.call.name,
          step.call.request,
          step.call.count,
        ),
    ],
    ["breaks the rule of splits", (step) => rules.inexactSplitsBreakTheRule(step)],
    ["breaks the rule of merges", (step) => rules.inexactMergesBreakTheRule(step)],
    [
      "wraps nowhere",
      ({ chunks }, name, _, unit) =>
        !chunks.has(name) ||
        (placesDoNotWrap(unit, chunks.get(name)) &&
          placesDoNotWrap(unit, { first: unit, count: unitCount(Number.MAX_SAFE_INTEGER) })),
    ],
  ])("%s", (_, theorem) => {
    const property = fc.property(drawn, (each) => {
      expect(isTrueOrVacuous(() => theorem(...each))).toBe(true);
    });

    fc.assert(property, { seed: 1, numRuns: 500, maxSkipsPerRun: 2000 });
  });

  test("is admitted often enough to be looked at", () => {
    const steps = fc.sample(aHeldStep, { seed: 1, numRuns: 2000 });

    const admitted = steps.filter((step) => {
      try {
        return verdictOnChunks(step).kind === "admitted";
      } catch {
        return false; // a call that is not legal
      }
    });

    const kinds = new Set(admitted.map(({ call, answer }) => `${call.kind} ${answer.kind}`));
    expect([...kinds].sort()).toEqual([
      "acquire acquired",
      "acquire refused",
      "merge merged",
      "merge refused",
      "misuse rejected",
      "release released",
      "split refused",
      "split split",
    ]);
  });
});
