/** The theorems about whose pages are and what records say, run on real memory; and real heaps make these steps. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PlainMemory, type SlabBlock, type SlabNumber } from "#impl";
import type { Address, BlockName, HeapId, PageNumber, Word32 } from "#units";
import { spokenIn } from "../../replay/theorem-property.ts";
import type { Page } from "../heap/span-in-memory.ts";
import * as homes from "./block-homes.obligation.ts";
import type { PageLink } from "./heap-map.obligation.ts";
import { heapsInMemory } from "./heaps.arbitrary.ts";
import * as others from "./other-lists.obligation.ts";
import * as moves from "./page-moves.obligation.ts";
import type { RecordInMemory, RecordNumber } from "./record-in-memory.ts";
import { pageLists, slabClasses } from "./slab.arbitrary.ts";
import * as record from "./zone-record.obligation.ts";

const spoken = spokenIn({ seed: 1, numRuns: 300, maxSkipsPerRun: 1000 });

const pages = fc.nat(3).map((page) => page as PageNumber);
const heaps = fc.nat(2).map((heap) => heap as HeapId);
const names = fc.nat(2).map((name) => name as BlockName);
const words = fc.nat(2 ** 32 - 1).map((word) => word as Word32);
const links = fc.constantFrom(0, 1, 2, 9).map((link) => link as PageLink);

// biome-ignore format: one theorem per line
describe("the pages of a system", () => {
  const moved = fc.tuple(heapsInMemory, pages, heaps, slabClasses, pages, heaps);
  const given = fc.tuple(heapsInMemory, pages, pages, heaps);
  const exchanged = fc.tuple(heapsInMemory, pages, slabClasses, pages, heaps);
  const blocks = fc.tuple(heapsInMemory, pages, names, names);
  const found = fc.tuple(fc.nat(99), slabClasses, fc.nat(40), fc.boolean());

  test.each([
    ["refillIsGrowth", () => spoken(moved, (all) => moves.refillIsGrowth(...all))],
    ["givingAndRefillIsTransfer", () => spoken(moved, (all) => moves.givingAndRefillIsTransfer(...all))],
    ["givingIsGivingBack", () => spoken(given, (all) => moves.givingIsGivingBack(...all))],
    ["newClassIsExchange", () => spoken(exchanged, (all) => moves.newClassIsExchange(...all))],
    ["takenBlockIsPlacedAtHome", () => spoken(blocks, (all) => homes.takenBlockIsPlacedAtHome(...all))],
    ["freedBlockIsReleasedAtHome", () => spoken(blocks, (all) => homes.freedBlockIsReleasedAtHome(...all))],
    ["takenBlockIsFoundAgain", () => spoken(found, ([p, c, b, l]) => homes.takenBlockIsFoundAgain(p as homes.AreaPage, c, b as SlabBlock, l))],
  ])("%s of real memory", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(3);
  });
});

// biome-ignore format: one theorem per line
describe("the record of a heap", () => {
  const at = fc.nat(24).map((page) => page as Page);
  const zones = fc.array(fc.tuple(fc.nat(127), fc.nat(3)), { maxLength: 40, size: "max" }).map((set): RecordInMemory => {
    const memory = new PlainMemory(4 * 4096);
    for (const [word, value] of set) memory.writeWord((4 * word) as Address, value);
    memory.writeWord(260 as Address, 3);
    return { memory, record: 0 as RecordNumber };
  });
  const halves = at.map((page) => (1 + (page % 3)) as Page);
  const addresses = fc.oneof(fc.nat(127), fc.integer({ min: 2040, max: 2047 })).map((word) => (4 * word) as Address);
  const comes = fc.tuple(zones, slabClasses, words, links, halves, halves);
  const goes = fc.tuple(zones, slabClasses, words, links, halves, links, halves);

  test.each([
    ["classWithOneMoreIsNoted", () => spoken(fc.tuple(words, slabClasses, slabClasses, links), (all) => record.classWithOneMoreIsNoted(...all))],
    ["classWithOneLessIsNoted", () => spoken(fc.tuple(words, slabClasses, slabClasses, links, links), (all) => record.classWithOneLessIsNoted(...all))],
    ["pageThatComesIsCounted", () => spoken(fc.tuple(comes, slabClasses), ([all, other]) => record.pageThatComesIsCounted(...all, other))],
    ["pageThatComesWritesSixWords", () => spoken(fc.tuple(comes, addresses), ([all, word]) => record.pageThatComesWritesSixWords(...all, word))],
    ["pageThatGoesIsCounted", () => spoken(fc.tuple(goes, slabClasses), ([all, other]) => record.pageThatGoesIsCounted(...all, other))],
    ["pageThatGoesWritesFiveWords", () => spoken(fc.tuple(goes, addresses), ([all, word]) => record.pageThatGoesWritesFiveWords(...all, word))],
  ])("%s of real memory", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(3);
  });
});

test.each(["in", "out"] as const)("other lists stay where a page is put %s", (way) => {
  const drawn = fc.tuple(pageLists, fc.nat(5), fc.nat(5), fc.nat(5), fc.nat(5), fc.nat(5));

  const times = spoken(drawn, ([{ lists, pages: all }, ...picks]) => {
    const [page, first, one, other, last] = picks.map((pick) => all[pick] as SlabNumber) as [
      SlabNumber,
      SlabNumber,
      SlabNumber,
      SlabNumber,
      SlabNumber,
    ];
    // The list that is there is the other one: the head of the one that changes leads to none.
    const head = (lists.head + 8) as Address;
    const scene = { ...lists, others: lists.list, otherHead: lists.head, head };
    if (way === "in") return others.puttingInLeavesOtherLists(scene, first, page, one, other);
    lists.memory.writeWord(head, page + 1);
    return others.takingOutLeavesOtherLists(scene, page, first, last, one, other);
  });

  expect(times).toBeGreaterThan(3);
});
