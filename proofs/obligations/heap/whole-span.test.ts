/** The theorems about whole steps of a span, run on real columns and real memory. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BlockNumber, Rank, Span } from "#impl";
import type { Address, Alignment, BlockName, ByteCount } from "#units";
import { spokenIn } from "../../replay/theorem-property.ts";
import { type ArbitrarySpanHeap, spanHeaps } from "./span-heaps.arbitrary.ts";
import * as put from "./whole-span-put.obligation.ts";
import * as take from "./whole-span-take.obligation.ts";

const spoken = spokenIn({ seed: 1, numRuns: 300, maxSkipsPerRun: 1000 });

const NEW = 99 as BlockName;
const HIGHEST = 99 as Rank;
const rows = fc.nat(7).map((row) => row as Span);
const numbers = fc.oneof(fc.nat(20), fc.nat(511)).map((block) => block as BlockNumber);
const sizes = fc.oneof(fc.nat(64), fc.nat(2048)).map((size) => size as ByteCount);
const aligns = fc.constantFrom(1, 8, 16, 64).map((align) => align as Alignment);
const words = fc
  .oneof(fc.nat(3 * 1024 - 1), fc.integer({ min: 1024, max: 1100 }))
  .map((word) => (4 * word) as Address);

/** One of the live blocks of the span, and its name; where there is none, nothing is said. */
function liveOf({ live }: ArbitrarySpanHeap, at: number): [BlockName, BlockNumber] {
  fc.pre(live.length > 0);
  const name = at % live.length;
  return [name as BlockName, live[name] as BlockNumber];
}

// biome-ignore format: one theorem per line
describe("a block that is taken of a span", () => {
  test.each([
    ["wholeSpanTakeIsAnAlloc", () => spoken(fc.tuple(spanHeaps, sizes, aligns), ([{ heap, others }, size, align]) => take.wholeSpanTakeIsAnAlloc(heap, others, { size, align }, NEW))],
    ["wholeSpanTakeKeepsTheSpan", () => spoken(fc.tuple(spanHeaps, numbers, numbers), ([{ heap }, one, other]) => take.wholeSpanTakeKeepsTheSpan(heap, one, other))],
    ["wholeSpanTakeKeepsTheList", () => spoken(fc.tuple(spanHeaps, rows, rows), ([{ heap }, one, other]) => take.wholeSpanTakeKeepsTheList(heap, one, other))],
    ["wholeSpanTakeLeavesOtherSpans", () => spoken(fc.tuple(spanHeaps, rows, words), ([{ heap }, row, at]) => take.wholeSpanTakeLeavesOtherSpans(heap, row, at))],
  ])("%s of real memory", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(30);
  });
});

// biome-ignore format: one theorem per line
describe("a block that is put back into a span", () => {
  const drawn = fc.tuple(spanHeaps, fc.nat(5));

  test.each([
    ["wholeSpanPutIsADealloc", () => spoken(drawn, ([each, at]) => put.wholeSpanPutIsADealloc(each.heap, each.others, liveOf(each, at)[0]))],
    ["wholeSpanPutKeepsTheSpan", () => spoken(fc.tuple(drawn, numbers, numbers), ([[each, at], one, other]) => put.wholeSpanPutKeepsTheSpan(each.heap, liveOf(each, at)[1], one, other))],
    ["wholeSpanPutKeepsTheList", () => spoken(fc.tuple(drawn, rows, rows), ([[each, at], one, other]) => put.wholeSpanPutKeepsTheList(each.heap, liveOf(each, at)[1], HIGHEST, one, other))],
    ["wholeSpanPutWritesTheBlockOnly", () => spoken(fc.tuple(drawn, rows, words), ([[each, at], row, word]) => put.wholeSpanPutWritesTheBlockOnly(each.heap, liveOf(each, at)[1], row, word))],
  ])("%s of real memory", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(30);
  });
});

test("some of the spans that are drawn are full, and some have one block left", () => {
  const drawn = fc.sample(spanHeaps, { seed: 1, numRuns: 200 });
  const left = drawn.map(({ heap: { index, fresh, count } }) => (512 >> index) - fresh + count);

  expect(left.filter((each) => each === 0).length).toBeGreaterThan(10);
  expect(left.filter((each) => each === 1).length).toBeGreaterThan(10);
});
