/** The theorems about what lists and chains are, run on real memories that hold one. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressOfBlock,
  type BlockNumber,
  blocksPerSpan,
  type Granule,
  type Memory,
  PlainMemory,
  type SizeClassIndex,
} from "#impl";
import { finiteMap } from "#support";
import type { Address, Alignment, ByteCount } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { type ArbitraryList, lists } from "./list-in-memory.arbitrary.ts";
import * as holes from "./meaning.obligation.ts";
import * as spans from "./span-meaning.obligation.ts";

const RUNS = { seed: 1, numRuns: 1000, maxSkipsPerRun: 1000 };

const numbers = fc.tuple(fc.nat(80), fc.nat(80), fc.nat(80));

/** Numbers, most of which are where a hole starts. */
function granulesOf(list: ArbitraryList, picks: readonly number[]): readonly Granule[] {
  const starts = list.holes.map(([start]) => start);
  return picks.map((pick) => starts[pick % 7] ?? (pick as Granule));
}

// biome-ignore format: one theorem per line
describe("a list of holes", () => {
  test.each([
    ["holesAreApart", ({ list }: ArbitraryList, [x, y, z]: Three) => holes.holesAreApart(list, x, y, z)],
    ["holesLieInTheExtent", ({ list }: ArbitraryList, [x, , z]: Three) => holes.holesLieInTheExtent(list, x, (8 * list.origin + z) as Address)],
    ["secondWordLeadsToTheNextHole", ({ list }: ArbitraryList, [x, y]: Three) => holes.secondWordLeadsToTheNextHole(list, x, y)],
    ["holesWithTheirWordsAreAList", ({ list }: ArbitraryList, [x, y]: Three) => holes.holesWithTheirWordsAreAList(list, x, y)],
    ["newListHasOneHole", ({ list }: ArbitraryList, [x, y]: Three) => holes.newListHasOneHole(list.memory, list.origin, list.count, x, y)],
    ["emptyListHasNoFirst", (_: ArbitraryList, [x, y]: Three) => holes.emptyListHasNoFirst(finiteMap([]), x, y)],
    ["nothingIsFreeBelowTheFirst", (it: ArbitraryList, [x]: Three) => holes.nothingIsFreeBelowTheFirst(it.list.holes, it.holes[0]?.[0], x)],
    ["lowestHoleIsTheFirst", (it: ArbitraryList, [x]: Three) => holes.lowestHoleIsTheFirst(it.list.holes, it.holes[0]?.[0] ?? x, x)],
    ["firstHoleIsOne", ({ list }: ArbitraryList, [x, y]: Three) => holes.firstHoleIsOne(list.holes, x, y)],
  ])("%s holds of real lists", (_, theorem) => {
    const property = fc.property(lists, numbers, (list, picks) => {
      const [x = 0, y = 0, z = 0] = granulesOf(list, picks);

      expect(isTrueOrVacuous(() => theorem(list, [x as Granule, y as Granule, z as Granule]))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});

type Three = readonly [Granule, Granule, Granule];

type Span = Parameters<typeof spans.headWasFreedLast>[0];

/** Spans some of whose blocks are free again, chained in any order, and the block that was freed last. */
const chained = fc
  .record({ index: fc.nat(8), fresh: fc.nat(40), order: fc.uniqueArray(fc.nat(20)) })
  .map(({ index, fresh, order }) => {
    const most = Math.min(fresh, blocksPerSpan(index as SizeClassIndex));
    const free = order.filter((block) => block < most);
    return spanOf(index as SizeClassIndex, most as BlockNumber, free as BlockNumber[]);
  });

interface Chained {
  readonly span: Span;
  readonly head: BlockNumber;
}

function spanOf(index: SizeClassIndex, fresh: BlockNumber, order: readonly BlockNumber[]): Chained {
  const memory: Memory = new PlainMemory(4096, 4096);
  order.forEach((block, place) => {
    const address = addressOfBlock(4096 as Address, block, index);
    memory.writeWord(address, (order[place - 1] ?? -1) + 1);
  });
  const free = finiteMap(order.map((block, place) => [block, place as BlockNumber] as const));
  const count = order.length as BlockNumber;
  const span = { memory, page: 1 as Span["page"], index, free, fresh, count };
  return { span, head: order.at(-1) ?? (0 as BlockNumber) };
}

// biome-ignore format: one theorem per line
describe("a chain of free blocks", () => {
  test.each([
    ["freeBlockNamesTheOneBefore", ({ span }: Chained, [x]: Two) => spans.freeBlockNamesTheOneBefore(span, x)],
    ["freeBlocksHaveTheirOwnPlaces", ({ span }: Chained, [x, y]: Two) => spans.freeBlocksHaveTheirOwnPlaces(span, x, y)],
    ["blocksWithTheirWordsAreAChain", ({ span }: Chained, [x, y]: Two) => spans.blocksWithTheirWordsAreAChain(span, x, y)],
    ["newSpanHasNoFreeBlock", ({ span }: Chained, [x, y]: Two) => spans.newSpanHasNoFreeBlock({ ...span, free: finiteMap([]), fresh: NONE, count: NONE }, x, y)],
    ["headIsNoneOnlyIfNoBlockIsFree", ({ span }: Chained, [x]: Two) => spans.headIsNoneOnlyIfNoBlockIsFree(span.free, x)],
    ["headWasFreedLast", ({ span, head }: Chained, [x]: Two) => spans.headWasFreedLast(span, head, x)],
    ["blockThatWasFreedLastIsTheHead", ({ span, head }: Chained) => spans.blockThatWasFreedLastIsTheHead(span.free, head)],
  ])("%s holds of real spans", (_, theorem) => {
    const block = fc.nat(24).map((each) => each as BlockNumber);
    const property = fc.property(chained, fc.tuple(block, block), (span, named) => {
      expect(isTrueOrVacuous(() => theorem(span, named))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});

const NONE = 0 as BlockNumber;

type Two = readonly [BlockNumber, BlockNumber];

test("lastClassServesTheLargest holds of real requests", () => {
  const align = fc.nat(12).map((power) => (2 ** power) as Alignment);
  const property = fc.property(fc.nat(2100), align, (size, strict) => {
    expect(isTrueOrVacuous(() => spans.lastClassServesTheLargest(size as ByteCount, strict))).toBe(
      true,
    );
  });

  fc.assert(property, RUNS);
});
