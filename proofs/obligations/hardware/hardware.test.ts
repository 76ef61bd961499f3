/** The theorems about the hardware, run as properties of the real functions. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EntryFlags } from "#impl";
import type { Invalidation } from "#spec";
import type { Word32 } from "#units";
import { type Outcomes, outcomesOf } from "../../replay/theorem-property.ts";
import * as fields from "./address-fields.obligation.ts";
import * as cached from "./cached-translation.obligation.ts";
import {
  aCachedTranslation,
  accessBits,
  aFrame,
  aKeptTranslation,
  aKeptWalk,
  anAccess,
  anAddress,
  anEntry,
  aPage,
  aPath,
  aSetup,
  aWord,
  someControls,
} from "./hardware.arbitrary.ts";
import * as gone from "./kept-and-gone.obligation.ts";
import * as marked from "./marks.obligation.ts";
import * as rights from "./page-rights.obligation.ts";
import * as entries from "./page-table-entry.obligation.ts";
import * as walks from "./walk.obligation.ts";
import * as meaning from "./walk-meaning.obligation.ts";

const level = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const);
const leafLevel = fc.constantFrom(1 as const, 2 as const, 3 as const);
const flags = aWord.map((word) => (word & ~0xf_f000) >>> 0) as fc.Arbitrary<EntryFlags>;
const marks = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean());

/** A path, and the same with other marks. */
const markedPaths = fc.tuple(aPath, marks).map(([path, [a, b, c, d, dirty]]) => {
  const { level4, level3, level2, level1 } = path;
  const marked = {
    level4: { ...level4, isAccessed: a },
    level3: { ...level3, isAccessed: b, isDirty: dirty },
    level2: { ...level2, isAccessed: c, isDirty: dirty },
    level1: { ...level1, isAccessed: d, isDirty: dirty },
  };
  return [path, marked] as const;
});

const anInvalidation: fc.Arbitrary<Invalidation> = fc.oneof(
  fc.record({ kind: fc.constant("page" as const), page: aPage, tag: fc.nat(2) }),
  fc.record({ kind: fc.constant("load" as const), tag: fc.nat(2), isPreserving: fc.boolean() }),
  fc.record({ kind: fc.constant("all" as const) }),
);

/** How often `theorem` is true, false, and says nothing, of 1500 arguments. */
function outcomes<Drawn extends unknown[]>(
  drawn: fc.Arbitrary<Drawn>,
  theorem: (...drawn: Drawn) => boolean,
): Outcomes {
  return outcomesOf(fc.sample(drawn, { seed: 1, numRuns: 1500 }), theorem);
}

const address = fc.tuple(anAddress);
const twoWords = fc.tuple(aWord, aWord);
const highWords = fc.nat(2 ** 16 - 1).map((low) => low + (low < 2 ** 15 ? 0 : 0xffff_0000));
const walked = fc.tuple(aPath, anAccess, someControls);

// biome-ignore format: one theorem per line
describe("each theorem is true of the real functions, and speaks of some arguments", () => {
  test.each<[string, Outcomes]>([
    ["fieldsAreTheAddress", outcomes(address, fields.fieldsAreTheAddress)],
    ["fieldsAreInRange", outcomes(address, fields.fieldsAreInRange)],
    ["pageAndOffsetAreTheAddress", outcomes(address, fields.pageAndOffsetAreTheAddress)],
    ["pageHasItsFirstByte", outcomes(fc.tuple(aPage), fields.pageHasItsFirstByte)],
    ["frameHasItsFirstByte", outcomes(fc.tuple(aFrame), fields.frameHasItsFirstByte)],
    ["extendedAddressIsCanonical", outcomes(address, fields.extendedAddressIsCanonical)],
    ["canonicalFormIsUnique", outcomes(fc.tuple(fc.oneof(aWord, highWords) as fc.Arbitrary<Word32>, aWord), fields.canonicalFormIsUnique)],
    ["canonicalIsAllEqual", outcomes(fc.tuple(fc.oneof(aWord, highWords) as fc.Arbitrary<Word32>), fields.canonicalIsAllEqual)],
    ["wordsAreTheAddress", outcomes(address, fields.wordsAreTheAddress)],
    ["writtenEntryIsRead", outcomes(fc.tuple(aFrame, flags), entries.writtenEntryIsRead)],
    ["readEntryIsWritten", outcomes(twoWords, entries.readEntryIsWritten)],
    ["flagsMeanWhatTheySay", outcomes(twoWords, entries.flagsMeanWhatTheySay)],
    ["masksFindReservedBits", outcomes(fc.tuple(aWord, aWord, level, aSetup), entries.masksFindReservedBits)],
    ["allowedIsPermitted", outcomes(fc.tuple(aKeptTranslation, accessBits, someControls), rights.allowedIsPermitted)],
    ["neededIsServed", outcomes(fc.tuple(aKeptTranslation, accessBits, someControls), rights.neededIsServed)],
    ["faultCodesSayWhy", outcomes(fc.tuple(accessBits, someControls), rights.faultCodesSayWhy)],
    ["userStaysOutOfTheSupervisorsPages", outcomes(walked, walks.userStaysOutOfTheSupervisorsPages)],
    ["writeProtectionHolds", outcomes(walked, walks.writeProtectionHolds)],
    ["noExecuteHolds", outcomes(walked, walks.noExecuteHolds)],
    ["translationUsesSoundEntries", outcomes(walked, walks.translationUsesSoundEntries)],
    ["faultsSayWhereTheWalkEnded", outcomes(walked, walks.faultsSayWhereTheWalkEnded)],
    ["supervisorReadsWhatIsThere", outcomes(fc.tuple(aPath, someControls), walks.supervisorReadsWhatIsThere)],
    ["marksChangeNoWalk", outcomes(fc.tuple(markedPaths, anAccess, someControls), ([path, marked], access, controls) => walks.marksChangeNoWalk(path, marked, access, controls))],
    ["cachedTranslationIsAWalk", outcomes(fc.tuple(aKeptWalk, anAccess, someControls), ([kept, path, page], access, controls) => cached.cachedTranslationIsAWalk(kept, path, page, access, controls))],
    ["onlyDirtyPagesAreWritten", outcomes(fc.tuple(aCachedTranslation, anAccess, someControls), cached.onlyDirtyPagesAreWritten)],
    ["invalidatedPageIsNotKept", outcomes(fc.tuple(aCachedTranslation, aPage, fc.nat(2)), cached.invalidatedPageIsNotKept)],
    ["loadedSpaceKeepsGlobalPagesOnly", outcomes(fc.tuple(aCachedTranslation, aPage, fc.nat(2)), cached.loadedSpaceKeepsGlobalPagesOnly)],
    ["keptTranslationIsPartOfItsLeaf", outcomes(fc.tuple(aKeptWalk, someControls), ([kept, path, page], controls) => gone.keptTranslationIsPartOfItsLeaf(kept, path, page, controls))],
    ["walkEndsAtTheFirstEntryThatIsNoTable", outcomes(fc.tuple(aPath, someControls), meaning.walkEndsAtTheFirstEntryThatIsNoTable)],
    ["entriesDownToALevelCount", outcomes(fc.tuple(aPath, level), meaning.entriesDownToALevelCount)],
    ["entryOfALevelIsTheLastThatCounts", outcomes(fc.tuple(aPath, level), meaning.entryOfALevelIsTheLastThatCounts)],
    ["largeLeafBeginsAtAnEvenFrame", outcomes(fc.tuple(anEntry, level), meaning.largeLeafBeginsAtAnEvenFrame)],
    ["translationIsThatOfItsEntries", outcomes(walked, meaning.translationIsThatOfItsEntries)],
    ["firstPageIsAMultiple", outcomes(fc.tuple(aPage, leafLevel), meaning.firstPageIsAMultiple)],
    ["keptIsExactlyWhatTheEntriesSay", outcomes(fc.tuple(aKeptWalk, someControls), ([kept, path, page], controls) => meaning.keptIsExactlyWhatTheEntriesSay(kept, path, page, controls))],
    ["marksAreRightOneByOne", outcomes(fc.tuple(markedPaths, anAccess, someControls), ([path, after], access, controls) => marked.marksAreRightOneByOne(path, after, access, controls))],
    ["translationsGoThenOnly", outcomes(fc.tuple(aCachedTranslation, anInvalidation), gone.translationsGoThenOnly)],
    ["marksAreTwoBits", outcomes(fc.tuple(markedPaths, anEntry, fc.boolean()), ([path, marked], entry, isOther) => gone.marksAreTwoBits(path.level1, isOther ? entry : marked.level1))],
  ])("%s", (_, count) => {
    expect(count.false).toBe(0);
    expect(count.true).toBeGreaterThan(20);
  });
});
