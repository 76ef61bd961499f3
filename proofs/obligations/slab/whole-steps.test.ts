/** The theorems about whole steps of a heap, and those of words that they stand on, run on real memory. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { halfAt, liveBlocks, type SlabBlock, type SlabNumber } from "#impl";
import type { Block } from "#spec";
import type { Address, Alignment, BlockName, ByteCount } from "#units";
import { spokenIn } from "../../replay/theorem-property.ts";
import type { AreaPage } from "./block-homes.obligation.ts";
import type { BlockHome } from "./heap-in-memory.ts";
import { slabs } from "./slab.arbitrary.ts";
import type { BitNumber } from "./slab-bits.obligation.ts";
import { type ArbitrarySlabHeap, slabHeaps } from "./slab-heaps.arbitrary.ts";
import * as put from "./whole-put.obligation.ts";
import * as take from "./whole-take.obligation.ts";
import * as words from "./words-of-steps.obligation.ts";

const spoken = spokenIn({ seed: 1, numRuns: 300, maxSkipsPerRun: 1000 });

const NEW = 99 as BlockName;
const bits = fc.nat(31).map((bit) => bit as BitNumber);
const blocks = fc.oneof(fc.nat(1005), fc.nat(40)).map((block) => block as SlabBlock);
const places = fc.nat(5);
const aligns = fc.constantFrom(1, 8, 16, 64).map((align) => align as Alignment);
const someSize = fc.oneof(fc.nat(64), fc.nat(8168)).map((size) => size as ByteCount);
/** Addresses of words: any, those that are kept of some page, and the head of the list. */
const addresses = fc
  .oneof(
    fc.nat(7167),
    fc
      .tuple(places, fc.integer({ min: 990, max: 1023 }))
      .map(([page, at]) => 1024 * (1 + page) + at),
  )
  .map((word) => (4096 + 4 * word) as Address);

/** One of the pages, and how many blocks it has. */
function anyOf({ pages, counts }: ArbitrarySlabHeap, at: number): [SlabNumber, SlabBlock] {
  return [pages[at] as SlabNumber, counts[at] as SlabBlock];
}

/** A live block and where it is; where there is none, nothing is said. */
function liveOf(
  { heap, names, homes }: ArbitrarySlabHeap,
  at: number,
): [BlockName, Block, BlockHome] {
  fc.pre(names.length > 0);
  const name = names[at % names.length] as BlockName;
  return [name, heap.blocks.get(name), homes[name] as BlockHome];
}

/** Whether the page of `home` is of the class of those in the list. */
function isOfListClass({ pages, length }: ArbitrarySlabHeap, { page }: BlockHome): boolean {
  return pages.indexOf(page) < length;
}

// biome-ignore format: one theorem per line
describe("a block that is taken", () => {
  const drawn = fc.tuple(slabHeaps, places, places);
  const first = (each: ArbitrarySlabHeap): [SlabNumber, SlabBlock] => anyOf(each, 0);

  test.each([
    ["firstFreeIsFound", () => spoken(fc.tuple(slabs, bits), (all) => words.firstFreeIsFound(...all))],
    ["wholeTakeIsAnAlloc", () => spoken(fc.tuple(slabHeaps, someSize, aligns), ([h, size, align]) => take.wholeTakeIsAnAlloc(h.heap, first(h)[0], h.index, first(h)[1], { size, align }, NEW))],
    ["wholeTakeMakesTheBlockLive", () => spoken(slabHeaps, (h) => take.wholeTakeMakesTheBlockLive(h.heap, first(h)[0], h.index, first(h)[1]))],
    ["wholeTakeLeavesOtherBlocks", () => spoken(drawn, ([h, at]) => { const [, block, home] = liveOf(h, at); return take.wholeTakeLeavesOtherBlocks(h.heap, first(h)[0], h.index, first(h)[1], block, home); })],
    ["wholeTakeKeepsEveryPage", () => spoken(fc.tuple(slabHeaps, places, blocks), ([h, at, block]) => take.wholeTakeKeepsEveryPage(h.heap, first(h)[0], h.index, first(h)[1], ...anyOf(h, at), block))],
    ["wholeTakeKeepsTheList", () => spoken(drawn, ([h, one, other]) => take.wholeTakeKeepsTheList(h.heap, first(h)[0], h.index, first(h)[1], anyOf(h, one)[0], anyOf(h, other)[0]))],
    ["wholeTakeWritesWhatIsKept", () => spoken(fc.tuple(slabHeaps, addresses), ([h, at]) => take.wholeTakeWritesWhatIsKept(h.heap, first(h)[0], h.index, first(h)[1], at))],
  ])("%s of real memory", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(30);
  });
});

// biome-ignore format: one theorem per line
describe("a block that is put back", () => {
  const drawn = fc.tuple(slabHeaps, fc.nat(20), fc.nat(20));

  test.each([
    ["freedBitIsFound", () => spoken(fc.tuple(slabs, blocks, bits), (all) => words.freedBitIsFound(...all))],
    ["wholePutIsADealloc", () => spoken(drawn, ([h, at]) => { const [name, , home] = liveOf(h, at); fc.pre(isOfListClass(h, home)); return put.wholePutIsADealloc(h.heap, home.page as number as AreaPage, h.index, home.count, name); })],
    ["wholePutLeavesOtherBlocks", () => spoken(drawn, ([h, at, other]) => { const [, , freed] = liveOf(h, at); const [, block, home] = liveOf(h, other); return put.wholePutLeavesOtherBlocks(h.heap, freed.page, h.index, freed, block, home); })],
    ["wholePutKeepsEveryPage", () => spoken(fc.tuple(drawn, places, blocks), ([[h, at], any, block]) => { const [, , freed] = liveOf(h, at); return put.wholePutKeepsEveryPage(h.heap, freed.page, h.index, freed, ...anyOf(h, any), block); })],
    ["wholePutWritesThreeWords", () => spoken(fc.tuple(drawn, addresses), ([[h, at], word]) => { const [, , freed] = liveOf(h, at); return put.wholePutWritesThreeWords(h.heap, freed.page, h.index, freed, word); })],
  ])("%s of real memory", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(30);
  });
});

test("some of the pages that are drawn leave their list, and some stay", () => {
  const drawn = fc.sample(slabHeaps, { seed: 1, numRuns: 200 }).filter(({ length }) => length > 0);
  const leave = drawn.filter(({ heap, pages, counts }) => {
    const half = halfAt(heap.places, pages[0] as SlabNumber);
    return liveBlocks(heap.memory, half) + 1 === counts[0];
  });

  expect(leave.length).toBeGreaterThan(10);
  expect(drawn.length - leave.length).toBeGreaterThan(30);
});
