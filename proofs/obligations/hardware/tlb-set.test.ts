/** The theorems about the steps of a TLB, run on real columns that hold two sets. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeptInSlot, Slot } from "#impl";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { keptTranslations, tlbsInColumns } from "./tlb-in-columns.arbitrary.ts";
import * as steps from "./tlb-set.obligation.ts";

const RUNS = { seed: 1, numRuns: 500, maxSkipsPerRun: 1000 };

/** A bank, and what a theorem names: a set, a slot, any other slot, a translation, a space. */
interface Scene {
  readonly bank: steps.TlbInColumns;
  readonly set: Slot;
  readonly slot: Slot;
  readonly other: Slot;
  readonly kept: KeptInSlot;
  readonly space: number;
}

const slots = fc.nat(7).map((slot) => slot as Slot);

const scenes: fc.Arbitrary<Scene> = fc.record({
  bank: tlbsInColumns,
  set: fc.nat(1).map((set) => set as Slot),
  slot: slots,
  other: slots,
  kept: keptTranslations,
  space: fc.constantFrom(0, 1, 4095),
});

/** What a walk found of the page of a scene. */
const foundIn = ({ kept, space }: Scene): steps.Found => ({ ...kept, space });

// biome-ignore format: one theorem per line
describe("a set of a TLB", () => {
  test.each([
    ["keepingChangesOneSlot", (s: Scene) => steps.keepingChangesOneSlot(s.bank, s.slot, s.kept, s.other)],
    ["droppingEmptiesOneSlot", (s: Scene) => steps.droppingEmptiesOneSlot(s.bank, s.slot, s.other)],
    ["findingIsComplete", (s: Scene) => steps.findingIsComplete(s.bank, s.set, s.kept.page, s.space, s.other)],
    ["ownTranslationIsFoundFirst", (s: Scene) => steps.ownTranslationIsFoundFirst(s.bank, s.set, s.slot, s.kept.page, s.space)],
    ["placingTakesAnEmptySlot", (s: Scene) => steps.placingTakesAnEmptySlot(s.bank, s.set, s.other)],
    ["fillingKeepsWhatWasFound", (s: Scene) => steps.fillingKeepsWhatWasFound(s.bank, s.set, foundIn(s))],
    ["fillingReplacesThePageOnly", (s: Scene) => steps.fillingReplacesThePageOnly(s.bank, s.set, foundIn(s), s.other)],
    ["filledTranslationIsFound", (s: Scene) => steps.filledTranslationIsFound(s.bank, s.set, foundIn(s))],
    ["fillingKeepsAPageOnce", (s: Scene) => steps.fillingKeepsAPageOnce(s.bank, s.set, foundIn(s))],
    ["invalidatedPageIsNotFound", (s: Scene) => steps.invalidatedPageIsNotFound(s.bank, s.set, s.kept.page, s.space)],
    ["invalidatingChangesThePageOnly", (s: Scene) => steps.invalidatingChangesThePageOnly(s.bank, s.set, s.kept.page, s.space, s.other)],
  ])("%s of real columns", (_, theorem) => {
    const property = fc.property(scenes, (scene) => {
      expect(isTrueOrVacuous(() => theorem(scene))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});
