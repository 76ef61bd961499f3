/** The theorems about entries and the pages that they show, run on real memory and real words. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EntryFlags, type EntryWords, entryAddress, PhysicalMemory, writeEntry } from "#impl";
import { finiteMap } from "#support";
import {
  address,
  type FrameNumber,
  type LeafLevel,
  type PageNumber,
  type TableIndex,
  type TableLevel,
} from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { aFrame, aPage, aWord } from "./hardware.arbitrary.ts";
import * as leaf from "./leaf-entry.obligation.ts";
import * as steps from "./table-entries.obligation.ts";

const RUNS = { seed: 1, numRuns: 500, maxSkipsPerRun: 1000 };
const TABLE = 2 as FrameNumber;
const FIRST = 1024 as PageNumber;

/** Memory with one table, what is done to an entry, and what else a theorem names. */
interface Scene {
  readonly held: steps.TableInMemory;
  readonly step: steps.EntryStep;
  readonly index: TableIndex;
  readonly other: TableIndex;
  readonly wordAt: number;
}

const indices = fc.constantFrom(0, 1, 2, 255, 511).map((index) => index as TableIndex);
const words: fc.Arbitrary<EntryWords> = fc
  .record({ high: aWord, low: aWord })
  .filter(({ high, low }) => high > 0 || low > 0);

const scenes: fc.Arbitrary<Scene> = fc
  .record({
    used: fc.uniqueArray(fc.tuple(indices, words), { selector: ([index]) => index }),
    kind: fc.constantFrom("use" as const, "change" as const, "clear" as const),
    written: words,
    index: indices,
    other: indices,
    wordAt: fc.nat(3 * 1024 - 1).map((word) => word * 4),
  })
  .map(({ used, kind, written, index, other, wordAt }) => {
    const memory = new PhysicalMemory(3 * 4096);
    for (const [each, { high, low }] of used)
      writeEntry(memory, entryAddress(TABLE, each), high, low);
    const held = { memory, table: TABLE, entries: finiteMap(used) };
    return { held, step: { kind, words: written }, index, other, wordAt };
  });

/** The same memory, said of the pages whose entries the table has. */
function leavesOf({ held: { memory, table, entries } }: Scene): steps.LeavesInMemory {
  const all = Array.from({ length: 512 }, (_, index) => index as TableIndex);
  const used = all.filter((index) => entries.has(index));
  const leaves = finiteMap(used.map((index) => [pageOf(index), entries.get(index)] as const));
  return { memory, table, first: FIRST, leaves };
}

const pageOf = (index: TableIndex): PageNumber => (FIRST + index) as PageNumber;

// biome-ignore format: one theorem per line
describe("a table in memory", () => {
  test.each([
    ["stepChangesOneEntry", (s: Scene) => steps.stepChangesOneEntry(s.held, s.step, s.index, s.other)],
    ["stepWritesTwoWords", (s: Scene) => steps.stepWritesTwoWords(s.held, s.step, s.index, address(s.wordAt))],
    ["writtenWordsAreRead", (s: Scene) => steps.writtenWordsAreRead(s.held, s.step, s.index)],
    ["stepChangesOnePage", (s: Scene) => steps.stepChangesOnePage(leavesOf(s), s.step, pageOf(s.index), pageOf(s.other))],
  ])("%s of real memory", (_, theorem) => {
    const property = fc.property(scenes, (scene) => {
      expect(isTrueOrVacuous(() => theorem(scene))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});

const flags = aWord.map((word) => word as number as EntryFlags);
const leafFlags = flags.map((word) => ((word & 0x8080_011e) >>> 0) as EntryFlags);
const otherFlags = flags.map((word) => ((word & 0x8000_011e) >>> 0) as EntryFlags);
const leafLevels = fc.constantFrom<LeafLevel>(1, 2, 3);
const levels = fc.constantFrom<TableLevel>(1, 2, 3, 4);

// biome-ignore format: one theorem per line
describe("an entry", () => {
  test.each([
    ["askedFlagsAreOfSevenBits", fc.oneof(flags, leafFlags, otherFlags).map((asked) => () => leaf.askedFlagsAreOfSevenBits(asked))],
    ["mappedLeafIsAsAsked", fc.tuple(aFrame, leafFlags, leafLevels).map(([frame, asked, level]) => () => leaf.mappedLeafIsAsAsked(frame, asked, level))],
    ["remappedLeafKeepsItsFrame", fc.tuple(aWord, aWord, otherFlags).map(([high, low, asked]) => () => leaf.remappedLeafKeepsItsFrame(high, low, asked))],
    ["presentEntryIsUsed", fc.tuple(aWord, aWord).map(([high, low]) => () => leaf.presentEntryIsUsed(high, low))],
    ["entryIsThatOfItsPages", fc.tuple(aPage, levels).map(([page, level]) => () => leaf.entryIsThatOfItsPages(page, level))],
    ["entriesAreOfTheirOwnPages", fc.tuple(aPage, aPage, levels).map(([page, other, level]) => () => leaf.entriesAreOfTheirOwnPages(page, other, level))],
  ])("%s of real words", (_, theorems) => {
    const property = fc.property(theorems, (theorem) => {
      expect(isTrueOrVacuous(theorem)).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});
