/** The theorems about slab pages, run on real words, real pages and real lists. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BitsWord,
  liveAmong,
  PlainColumn,
  type Rank,
  type SlabBlock,
  type SlabClass,
  type SlabNumber,
} from "#impl";
import type { Block } from "#spec";
import { finiteMap } from "#support";
import type { Address, Alignment, BlockName, ByteCount, HeapId, Word32 } from "#units";
import { spokenIn } from "../../replay/theorem-property.ts";
import type { Page } from "../heap/span-in-memory.ts";
import * as map from "./heap-map.obligation.ts";
import * as lists from "./page-list.obligation.ts";
import { pageLists, slabClasses, slabs } from "./slab.arbitrary.ts";
import * as bits from "./slab-bits.obligation.ts";
import * as classes from "./slab-class.obligation.ts";
import * as counting from "./slab-counting.obligation.ts";
import * as formatting from "./slab-formatting.obligation.ts";
import * as freeing from "./slab-freeing.obligation.ts";
import { halfOf, type SlabInMemory } from "./slab-in-memory.ts";
import * as taking from "./slab-taking.obligation.ts";
import {
  multiplesOfMoreAreMultiples,
  type SlabPage,
  servedRequestIsAdmitted,
  takenSlabBlockIsAdmitted,
} from "./taken-block.obligation.ts";

const spoken = spokenIn({ seed: 1, numRuns: 400, maxSkipsPerRun: 1000 });
const HIGHEST = 99 as Rank;

const words = fc
  .oneof(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.nat(2 ** 32 - 1))
  .map((word) => word as Word32);
const bitNumbers = fc.nat(31).map((bit) => bit as bits.BitNumber);
const sizes = fc.oneof(fc.nat(8168), fc.nat(600)).map((size) => size as ByteCount);
const aligns = fc.nat(13).map((power) => (2 ** power) as Alignment);
const blocks = fc.oneof(fc.nat(1023), fc.nat(40)).map((block) => block as SlabBlock);
const heaps = fc.oneof(fc.nat(9), fc.nat(2 ** 26)).map((heap) => heap as HeapId);
const links = fc.nat(2 ** 31 - 1).map((link) => link as map.PageLink);
const pages = fc.nat(99).map((page) => page as Page);
/** Addresses of words: any of a slab page, or one of the words that are kept. */
const addresses = fc
  .oneof(fc.nat(2047), fc.integer({ min: 990, max: 1023 }))
  .map((word) => (4096 + 4 * word) as Address);

/** The same page with its blocks counted, word by word. */
function counted(slab: SlabInMemory) {
  const below = [0];
  for (let word = 0; word < 32; word++) {
    const live = liveAmong(slab.memory, halfOf(slab), slab.count, word as BitsWord);
    below.push((below[word] as number) + (32 * word < slab.count ? live : 0));
  }
  return { ...slab, below: new PlainColumn(Int32Array.from(below)) };
}

// biome-ignore format: one theorem per line
describe("words and classes", () => {
  test.each([
    ["freeAreTheOnes", () => spoken(fc.tuple(words, bitNumbers), ([w, b]) => bits.freeAreTheOnes(w, b))],
    ["lowestIsTheFirstThatIsFree", () => spoken(fc.tuple(words, bitNumbers), ([w, b]) => bits.lowestIsTheFirstThatIsFree(w, b))],
    ["onlyTheLowestIsTaken", () => spoken(fc.tuple(words, bitNumbers), ([w, b]) => bits.onlyTheLowestIsTaken(w, b))],
    ["onlyThatBitIsFreed", () => spoken(fc.tuple(words, bitNumbers, bitNumbers), ([w, f, b]) => bits.onlyThatBitIsFreed(w, f, b))],
    ["slabWordSaysWhoseAndWhich", () => spoken(fc.tuple(heaps, slabClasses), ([h, c]) => map.slabWordSaysWhoseAndWhich(h, c))],
    ["slabWordIsOfOnePage", () => spoken(words, (w) => map.slabWordIsOfOnePage(w))],
    ["wordsOfPagesAreToldApart", () => spoken(fc.tuple(heaps, slabClasses, links), ([h, c, l]) => map.wordsOfPagesAreToldApart(h, c, l))],
    ["slabClassIsLeast", () => spoken(fc.tuple(sizes, aligns), ([s, a]) => classes.slabClassIsLeast(s, a))],
    ["everySlabRequestHasAClass", () => spoken(fc.tuple(sizes, aligns), ([s, a]) => classes.everySlabRequestHasAClass(s, a))],
    ["slabClassIsMonotone", () => spoken(fc.tuple(sizes, sizes, aligns), ([s, m, a]) => classes.slabClassIsMonotone(s, m, a))],
    ["blocksEndBelowTheirBits", () => spoken(fc.tuple(slabClasses, blocks), ([c, b]) => classes.blocksEndBelowTheirBits(c, b))],
    ["pagesAreUsedWhole", () => spoken(slabClasses, (c) => classes.pagesAreUsedWhole(c))],
    ["slabBlocksAreFoundWhereTheyStart", () => spoken(fc.tuple(slabClasses, blocks, sizes), ([c, b, o]) => classes.slabBlocksAreFoundWhereTheyStart(c, b, o))],
    ["slabBlocksAreApart", () => spoken(fc.tuple(slabClasses, blocks, blocks), ([c, b, o]) => classes.slabBlocksAreApart(c, b, o))],
    ["slabBlocksAreAligned", () => spoken(fc.tuple(slabClasses, pages, blocks), ([c, p, b]) => classes.slabBlocksAreAligned(c, p, b))],
  ])("%s of real numbers", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(3);
  });
});

// biome-ignore format: one theorem per line
describe("a slab page", () => {
  const named = fc.tuple(slabs, blocks, blocks);
  const counts = fc.tuple(slabs.map(counted), blocks);
  const at = fc.tuple(slabs, addresses, blocks);
  const wordOf = (block: SlabBlock): BitsWord => (block >> 5) as BitsWord;

  test.each([
    ["takingTakesAFreeBlock", () => spoken(named, ([s, b]) => taking.takingTakesAFreeBlock(s, b))],
    ["takingKeepsThePage", () => spoken(named, ([s, b]) => taking.takingKeepsThePage(s, b))],
    ["takingWritesThreeWords", () => spoken(at, ([s, a]) => taking.takingWritesThreeWords(s, a))],
    ["freeingFreesThatBlock", () => spoken(named, ([s, b, o]) => freeing.freeingFreesThatBlock(s, b, o))],
    ["freeingKeepsThePage", () => spoken(named, ([s, b, o]) => freeing.freeingKeepsThePage(s, b, o))],
    ["onlyLiveBlocksAreFreed", () => spoken(at, ([s, a, b]) => freeing.onlyLiveBlocksAreFreed(s, b, a))],
    ["freeingWritesThreeWords", () => spoken(at, ([s, a, b]) => freeing.freeingWritesThreeWords(s, b, a))],
    ["takingCountsOneMore", () => spoken(counts, ([s, b]) => counting.takingCountsOneMore(s, wordOf(b)))],
    ["freeingCountsOneLess", () => spoken(fc.tuple(counts, blocks), ([[s, b], w]) => counting.freeingCountsOneLess(s, b, wordOf(w)))],
    ["eachBlockOfAWordCounts", () => spoken(named, ([s, b]) => counting.eachBlockOfAWordCounts(s, b))],
    ["eachBlockOfAPageCounts", () => spoken(counts, ([s, b]) => counting.eachBlockOfAPageCounts(s, b))],
    ["formattingMakesAllFree", () => spoken(fc.tuple(slabs, slabClasses), ([s, c]) => formatting.formattingMakesAllFree(s.memory, s.page, c))],
    ["pageWithAllFreeIsEmpty", () => spoken(named, ([s, b]) => formatting.pageWithAllFreeIsEmpty(s, b))],
    ["formattingWritesWhatIsKept", () => spoken(fc.tuple(slabs, slabClasses, addresses), ([s, c, a]) => formatting.formattingWritesWhatIsKept(s.memory, s.page, c, a))],
  ])("%s of real memory", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(3);
  });
});

describe("a list of slab pages", () => {
  const named = fc.tuple(pageLists, fc.nat(5), fc.nat(5), fc.nat(4));

  test("puttingInKeepsTheList of real memory", () => {
    const times = spoken(named, ([{ lists: list, length, pages: all }, one, other]) => {
      const [first, page] = [all[0] as SlabNumber, all[length] as SlabNumber];
      return lists.puttingInKeepsTheList(
        list,
        first,
        page,
        HIGHEST,
        all[one] as SlabNumber,
        all[other] as SlabNumber,
      );
    });

    expect(times).toBeGreaterThan(3);
  });

  test("takingOutKeepsTheList of real memory", () => {
    const times = spoken(named, ([{ lists: list, length, pages: all }, one, other, pick]) => {
      const page = all[pick % Math.max(1, length)] as SlabNumber;
      return lists.takingOutKeepsTheList(
        list,
        all[0] as SlabNumber,
        page,
        all[one] as SlabNumber,
        all[other] as SlabNumber,
      );
    });

    expect(times).toBeGreaterThan(3);
  });
});

test("multiplesOfMoreAreMultiples of real alignments", () => {
  const drawn = fc.tuple(fc.nat(4096), aligns, aligns);

  const times = spoken(drawn, ([multiple, align, more]) =>
    multiplesOfMoreAreMultiples((multiple * more) as Address, align, more),
  );

  expect(times).toBeGreaterThan(3);
});

test.each(["takenSlabBlockIsAdmitted", "servedRequestIsAdmitted"])(
  "%s of blocks in two pages",
  (theorem) => {
    const placed = fc.record({ page: fc.nat(1), block: fc.nat(9), size: fc.nat(96) });
    const drawn = fc.tuple(
      fc.uniqueArray(placed, { selector: ({ page, block }) => 16 * page + block, maxLength: 8 }),
      fc.nat(9),
    );

    const times = spoken(drawn, ([live, taken]) => {
      const named = live.map((each, name) => ({ ...each, name: name as BlockName }));
      const blocksOf = named.map(({ page, block, size, name }): [BlockName, Block] => {
        const start = (8192 * (3 + page) + 96 * block) as Address;
        const bytes = size as ByteCount;
        return [name, { name, start, size: bytes, reach: bytes, align: 8 as Alignment }];
      });
      const places = named.map(
        ({ page, block, name }) =>
          [name, { page: (3 + page) as SlabPage, block: block as SlabBlock }] as const,
      );
      const [first, count] = [2 as SlabPage, 4 as SlabPage];
      if (theorem === "servedRequestIsAdmitted") {
        const call = {
          name: 99 as BlockName,
          size: (90 - taken) as ByteCount,
          align: 32 as Alignment,
        };
        // biome-ignore format: the heap, the request and the page, a line each
        return servedRequestIsAdmitted(
        finiteMap(blocksOf), finiteMap(places), finiteMap([]), 0 as ByteCount, undefined,
        call, 9 as SlabClass,
        3 as SlabPage, taken as SlabBlock, first, count,
      );
      }
      // biome-ignore format: the heap, the request and the page, a line each
      return takenSlabBlockIsAdmitted(
      finiteMap(blocksOf), finiteMap(places), finiteMap([]), 0 as ByteCount, undefined,
      99 as BlockName, 9 as SlabClass,
      3 as SlabPage, taken as SlabBlock, first, count,
    );
    });

    expect(times).toBeGreaterThan(3);
  },
);
