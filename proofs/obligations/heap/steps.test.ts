/** The theorems about one step of one heap, run on the real functions with small heaps drawn at random. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Misuse, Observation } from "#spec";
import { finiteMap } from "#support";
import { address, type BlockName, blockName, bytes } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import {
  addressesAreWrongOnlyThen,
  usableSizesAreWrongOnlyThen,
} from "./address-rules.obligation.ts";
import type { HeapStep } from "./heap-step.ts";
import {
  liveBlocksMayBeNamed,
  newNamesMayBeAskedFor,
  promisedMisuseMayBeTried,
} from "./legal-calls.obligation.ts";
import {
  blocksComeAndGo,
  freeRunsOfAPartAreOfTheExtent,
  overlappingMeansACommonByte,
} from "./live-blocks.obligation.ts";
import {
  answersBelongToTheirCalls,
  countsAreWrongOnlyThen,
  emptyHeapsGrantTheFirstRequest,
  freesAndMisuseAreToldApart,
  harmIsWhatAWitnessSaw,
  noBytesAreAnsweredAsPromised,
  refusalsAreUnjustifiedOnlyThen,
} from "./rules.obligation.ts";
import { aName, aStep } from "./step.arbitrary.ts";
import {
  declinedCallChangesNothing,
  firstGrantIsKept,
  freedBlockIsRemembered,
  onlyAFreeEndsABlock,
  placedBlockIsTheOneAskedFor,
  promisesAndExtentStay,
  requestedIsWhatLiveBlocksAskFor,
  stepConcernsOneBlock,
  usableSizeIsKept,
} from "./steps.obligation.ts";

/** A witness that mostly saw nothing, so that many steps are admitted. */
const aSight: fc.Arbitrary<Observation> = fc.record({
  payload: fc.constantFrom("unseen", "unseen", "intact", "damaged"),
  zeroed: fc.constantFrom("unseen", "unseen", "zero", "dirty"),
  prefix: fc.constantFrom("unseen", "unseen", "kept", "changed"),
  outside: fc.constantFrom("unseen", "unseen", "untouched", "touched"),
  others: fc.constantFrom("unseen", "unseen", "intact", "damaged"),
  used: fc.oneof(fc.constant("unseen" as const), fc.integer({ min: 28, max: 52 }).map(bytes)),
});

const someDead = fc
  .array(fc.tuple(fc.nat(2).map(blockName), fc.nat(40).map(address)), { maxLength: 2 })
  .map((entries) => finiteMap(entries));

const aMisuse: fc.Arbitrary<Misuse> = fc.constantFrom(
  "double-free",
  "foreign-pointer",
  "interior-pointer",
  "wrong-layout",
);

/** A step, two names, and a kind of misuse. */
type Drawn = readonly [HeapStep, BlockName, BlockName, Misuse];

const aHeapStep: fc.Arbitrary<Drawn> = fc
  .tuple(aStep, aSight, someDead, aName, aName, aMisuse)
  .map(([step, seen, dead, one, two, misuse]) => [{ ...step, seen, dead }, one, two, misuse]);

const PART = { start: address(0), size: bytes(48) };

describe("a step of a heap", () => {
  test.each<[string, (...drawn: Drawn) => boolean]>([
    ["places the block that was asked for", (step) => placedBlockIsTheOneAskedFor(step)],
    ["remembers a block that is freed", (step) => freedBlockIsRemembered(step)],
    ["concerns one block", (step, other) => stepConcernsOneBlock(step, other)],
    ["changes nothing if declined", (step, name) => declinedCallChangesNothing(step, name)],
    ["keeps a usable size", (step) => usableSizeIsKept(step)],
    ["counts what is requested", (step) => requestedIsWhatLiveBlocksAskFor(step)],
    ["keeps what was granted first", (step) => firstGrantIsKept(step)],
    ["ends a block by a free only", (step, name) => onlyAFreeEndsABlock(step, name)],
    ["keeps every promise", (step, _, __, kind) => promisesAndExtentStay(step, kind, PART)],
    ["has an answer of its call", (step) => answersBelongToTheirCalls(step)],
    ["answers no bytes as promised", (step) => noBytesAreAnsweredAsPromised(step)],
    ["has a right address or a wrong one", (step) => addressesAreWrongOnlyThen(step)],
    ["has a right usable size or a wrong one", (step) => usableSizesAreWrongOnlyThen(step)],
    ["is refused with reason or without", (step) => refusalsAreUnjustifiedOnlyThen(step)],
    ["grants the first request again", (step) => emptyHeapsGrantTheFirstRequest(step)],
    ["frees, or rejects misuse", (step) => freesAndMisuseAreToldApart(step)],
    ["does the harm that was seen", (step) => harmIsWhatAWitnessSaw(step)],
    ["has a right count or a wrong one", (step) => countsAreWrongOnlyThen(step)],
    ["may ask for a new name", (step) => newNamesMayBeAskedFor(step)],
    ["may name a live block", (step) => liveBlocksMayBeNamed(step)],
    ["may be misuse", (step) => promisedMisuseMayBeTried(step)],
    [
      "asks what overlaps",
      ({ blocks, call }, name) =>
        call.kind !== "misuse" ||
        overlappingMeansACommonByte(blocks, call.address, call.size, name),
    ],
    [
      "has a free run in one part",
      ({ blocks, extent, call }) =>
        call.kind !== "alloc" ||
        freeRunsOfAPartAreOfTheExtent(blocks, [...extent, PART], PART, call.size),
    ],
    [
      "adds and takes out",
      ({ blocks }, one, two) => !blocks.has(one) || blocksComeAndGo(blocks, blocks.get(one), two),
    ],
  ])("%s", (_, theorem) => {
    const property = fc.property(aHeapStep, (drawn) => {
      expect(isTrueOrVacuous(() => theorem(...drawn))).toBe(true);
    });

    fc.assert(property, { seed: 1, numRuns: 500, maxSkipsPerRun: 1000 });
  });
});
