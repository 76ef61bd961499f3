/** The theorems about plans, size classes and spans, run as properties of the real functions. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressOfBlock,
  type BlockNumber,
  blocksPerSpan,
  type Memory,
  PlainMemory,
  type SizeClassIndex,
} from "#impl";
import { finiteMap } from "#support";
import type { Address, Alignment, ByteCount } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import * as plans from "./hole-plans.obligation.ts";
import * as classes from "./size-class.obligation.ts";
import * as spans from "./span-chain.obligation.ts";

const RUNS = { seed: 1, numRuns: 1000, maxSkipsPerRun: 1000 };

type Low = Parameters<typeof plans.promisedRunIsNeverRefused>[0];
type Count = Parameters<typeof plans.carvingKeepsToGranules>[0];

const granules = fc.nat(40).map((count) => (8 * count) as Low & Address & ByteCount);
const counts = fc.nat(40).map((count) => count as Count);
const bytes = fc.nat(60).map((count) => count as Low & ByteCount & Address);
const aligns = fc.nat(7).map((exponent) => (2 ** exponent) as Alignment);
const requests = fc.nat(2100).map((size) => size as ByteCount);
const classAligns = fc.nat(12).map((exponent) => (2 ** exponent) as Alignment);
const indices = fc.nat(8).map((index) => index as SizeClassIndex);
const numbers = fc.nat(511).map((block) => block as ByteCount);

// biome-ignore format: one theorem per line
describe("plans and classes", () => {
  test.each([
    ["roundedSizeIsLeast", fc.property(bytes, bytes, (s, o) => isTrueOrVacuous(() => plans.roundedSizeIsLeast(s, o)))],
    ["carvingTakesTheFirstPlaceThatFits", fc.property(granules, granules, granules, aligns, granules, (h, n, s, a, f) => isTrueOrVacuous(() => plans.carvingTakesTheFirstPlaceThatFits(h, n, s, a, f)))],
    ["carvingKeepsToGranules", fc.property(counts, counts, counts, aligns, (h, n, s, a) => isTrueOrVacuous(() => plans.carvingKeepsToGranules(h, n, s, a)))],
    ["promisedRunIsNeverRefused", fc.property(granules, granules, bytes, granules, aligns, (h, n, i, s, a) => isTrueOrVacuous(() => plans.promisedRunIsNeverRefused(h, n, i, s, a)))],
    ["resizingIsRefusedOnlyWhereItMust", fc.property(bytes, bytes, bytes, bytes, (s, u, n, t) => isTrueOrVacuous(() => plans.resizingIsRefusedOnlyWhereItMust(s, u, n, t)))],
    ["sizeClassIsLeast", fc.property(requests, classAligns, indices, (s, a, i) => isTrueOrVacuous(() => classes.sizeClassIsLeast(s, a, i)))],
    ["everySmallRequestHasAClass", fc.property(requests, classAligns, (s, a) => isTrueOrVacuous(() => classes.everySmallRequestHasAClass(s, a)))],
    ["sizeClassIsMonotone", fc.property(requests, classAligns, requests, classAligns, (s, a, m, b) => isTrueOrVacuous(() => classes.sizeClassIsMonotone(s, a, m, b)))],
    ["classSizesDouble", fc.property(indices, (i) => isTrueOrVacuous(() => classes.classSizesDouble(i)))],
    ["blocksFillASpan", fc.property(indices, (i) => isTrueOrVacuous(() => classes.blocksFillASpan(i)))],
    ["blockNumbersAndOffsetsAgree", fc.property(indices, numbers, fc.nat(4095), (i, b, o) => isTrueOrVacuous(() => classes.blockNumbersAndOffsetsAgree(i, b, o as ByteCount)))],
    ["blocksOfASpanAreApart", fc.property(indices, numbers, numbers, (i, b, o) => isTrueOrVacuous(() => classes.blocksOfASpanAreApart(i, b, o)))],
    ["blocksStartAtMultiplesOfTheirSize", fc.property(indices, bytes, numbers, (i, p, b) => isTrueOrVacuous(() => classes.blocksStartAtMultiplesOfTheirSize(i, p, b)))],
    ["classesKeepAlignments", fc.property(requests, classAligns, (s, a) => isTrueOrVacuous(() => classes.classesKeepAlignments(s, a)))],
  ])("%s holds of real numbers", (_, property) => {
    fc.assert<unknown[]>(property as fc.IRawProperty<unknown[]>, RUNS);
  });
});

type Span = Parameters<typeof spans.takingKeepsTheChain>[0];

/** Spans some of whose blocks are free again, chained in any order. */
const chained = fc
  .record({ index: indices, fresh: fc.nat(512), order: fc.uniqueArray(fc.nat(20)) })
  .map(({ index, fresh, order }) => {
    const most = Math.min(fresh, blocksPerSpan(index));
    return spanOf(
      index,
      most,
      order.filter((block) => block < most),
    );
  });

function spanOf(index: SizeClassIndex, fresh: number, order: readonly number[]): Span {
  const memory: Memory = new PlainMemory(4096, 4096);
  order.forEach((block, place) => {
    const address = addressOfBlock(4096 as Address, block, index);
    memory.writeWord(address, (order[place - 1] ?? -1) + 1);
  });
  const free = finiteMap(
    order.map((block, place) => [block as BlockNumber, place as BlockNumber] as const),
  );
  return {
    memory,
    page: 1 as Span["page"],
    index,
    free,
    fresh: fresh as BlockNumber,
    count: order.length as BlockNumber,
    head: (order.at(-1) ?? 0) as BlockNumber,
  };
}

// biome-ignore format: one theorem per line
describe("spans", () => {
  test.each([
    ["takingTakesABlockThatIsNotLive", (s: Span, [x]: Named) => spans.takingTakesABlockThatIsNotLive(s, x)],
    ["takingKeepsTheChain", (s: Span, [x, y]: Named) => spans.takingKeepsTheChain(s, x, y)],
    ["puttingKeepsTheChain", (s: Span, [x, y, z]: Named) => spans.puttingKeepsTheChain(s, z, x, y)],
    ["puttingWritesTheBlockOnly", (s: Span, [x, , z]: Named) => spans.puttingWritesTheBlockOnly(s, z, (4096 + 8 * x) as Address)],
  ])("%s holds of real spans", (_, theorem) => {
    const block = fc.nat(30).map((each) => each as BlockNumber);
    const property = fc.property(chained, fc.tuple(block, block, block), (span, named) => {
      expect(isTrueOrVacuous(() => theorem(span, named))).toBe(true);
    });

    fc.assert(property, RUNS);
  });
});

type Named = readonly [BlockNumber, BlockNumber, BlockNumber];
