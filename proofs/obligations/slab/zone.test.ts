/** The theorems about the lists of a heap, run on real heaps; and real heaps do what the theorems are about. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  areListsRight,
  type BitsWord,
  blocksOfSlabClass,
  isAloneIn,
  LAST_FREE,
  type SlabBlock,
  type SlabClass,
  type SlabNumber,
  type ZoneLists,
  type ZonePage,
} from "#impl";
import type { Address, HeapId, PageUse, Word32 } from "#units";
import { spokenIn } from "../../replay/theorem-property.ts";
import type { Page } from "../heap/span-in-memory.ts";
import { aSystemAndMove } from "../system/system.arbitrary.ts";
import * as bits from "./class-bits.obligation.ts";
import type { PageLink } from "./heap-map.obligation.ts";
import { slabClasses, slabs } from "./slab.arbitrary.ts";
import { takenBlocks, type Wish, wishes, ZoneScene, zoneLists } from "./zone.arbitrary.ts";
import * as lists from "./zone-lists.obligation.ts";
import { emptyPagesMayMove } from "./zone-moves.obligation.ts";
import {
  afterGiving,
  afterKeeping,
  afterOpening,
  afterPut,
  afterRefill,
  afterTake,
  hasNoPartial,
  isPartialOf,
} from "./zone-steps.ts";
import * as of from "./zone-words.obligation.ts";

const spoken = spokenIn({ seed: 1, numRuns: 100, maxSkipsPerRun: 1000 });
const PAGES = Array.from({ length: 8 }, (_, page) => page as SlabNumber);
const CLASSES = Array.from({ length: 32 }, (_, index) => index as SlabClass);

const pages = fc.constantFrom(...PAGES);
const classes = fc.constantFrom(31, 30, 29, 23).map((index) => index as SlabClass);
const words = fc.nat(2 ** 32 - 1).map((word) => word as Word32);
/** Drawn once: a heap that is driven costs more than a theorem that is run. */
const someLists = fc.constantFrom(...fc.sample(zoneLists, { seed: 3, numRuns: 200 }));
const someSystems = fc.constantFrom(...fc.sample(aSystemAndMove, { seed: 4, numRuns: 200 }));
const made: fc.Arbitrary<ZonePage> = classes.map(madeOf);

function madeOf(index: SlabClass): ZonePage {
  return { index, count: blocksOfSlabClass(index) as SlabBlock, live: 0 as SlabBlock };
}

// biome-ignore format: one theorem per line
describe("the lists of a heap", () => {
  const named = fc.tuple(someLists, pages, pages, fc.boolean());
  const taken = fc.tuple(someLists, pages, takenBlocks, made);
  const ended = fc.tuple(someLists, classes, pages, pages);
  const moved = fc.tuple(words, slabClasses, slabClasses);

  test.each([
    ["takingKeepsTheLists", () => spoken(taken, ([l, p, t]) => lists.takingKeepsTheLists(l, p, t))],
    ["openingKeepsTheLists", () => spoken(taken, ([l, p, t, m]) => lists.openingKeepsTheLists(l, p, m, t))],
    ["puttingKeepsTheLists of a full page", () => spoken(named, ([l, p, f, a]) => lists.puttingKeepsTheLists(l, p, "full", a, f))],
    ["puttingKeepsTheLists of a partial page", () => spoken(named, ([l, p, f, a]) => lists.puttingKeepsTheLists(l, p, "partial", a, f))],
    ["endingOfKeepingKeepsTheLists", () => spoken(ended, ([l, c, f, p]) => lists.endingOfKeepingKeepsTheLists(l, c, f, p))],
    ["pagesThatComeAndGoKeepTheLists", () => spoken(taken, ([l, p, , m]) => lists.pagesThatComeAndGoKeepTheLists(l, p, m))],
    ["listedPagesHaveRoom", () => spoken(ended, ([l, c, , p]) => lists.listedPagesHaveRoom(l, p, c))],
    ["classesComeAndGoAlone", () => spoken(moved, ([w, c, o]) => bits.classesComeAndGoAlone(w, c, o))],
    ["classesTakeTurns", () => spoken(moved, ([w, c, o]) => bits.classesTakeTurns(w, c, o))],
  ])("%s of real lists", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(3);
  });
});

// biome-ignore format: one theorem per line
describe("the words of a page and of its lists", () => {
  const at = fc.constantFrom(1, 2).map((page) => page as Page);
  const link = fc.constantFrom(0, 1, 2, 9).map((each) => each as PageLink);
  const head = fc.nat(99).map((word) => (8192 + 4 * word) as Address);
  const wordOf = fc.nat(31).map((word) => word as BitsWord);
  const leaving = fc.tuple(slabs, head, link, link, at, link, at, wordOf);
  const coming = fc.tuple(slabs, head, link, at, at, wordOf);
  const block = fc.nat(1023).map((each) => each as SlabBlock);

  test.each([
    ["leavingAListKeepsTheBlocks", () => spoken(leaving, (all) => of.leavingAListKeepsTheBlocks(...all))],
    ["comingToAListKeepsTheBlocks", () => spoken(coming, (all) => of.comingToAListKeepsTheBlocks(...all))],
    ["wordsWithoutRoomCountAll", () => spoken(fc.tuple(slabs, block), (all) => of.wordsWithoutRoomCountAll(...all))],
  ])("%s of real memory", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(3);
  });
});

test.each(["transfer", "exchange", "give-back"] as const)("emptyPagesMayMove: %s", (kind) => {
  const heaps = fc.nat(2).map((heap) => heap as HeapId);
  const drawn = fc.tuple(someLists, someSystems, fc.constantFrom(1, 2, 3), heaps);

  const times = spoken(drawn, ([zone, [system], page, heap]) =>
    emptyPagesMayMove(zone, system, page as SlabNumber, heap, 1 as PageUse, kind),
  );

  expect(times).toBeGreaterThan(3);
});

/** The same lists, written out. */
function plain(zone: ZoneLists): unknown {
  const each = PAGES.map((page) => [
    zone.pages.has(page) && zone.pages.get(page),
    zone.partial.has(page) && zone.partial.get(page),
    zone.empty.has(page) && zone.empty.get(page),
  ]);
  return { each, kept: CLASSES.filter((index) => zone.kept.has(index)) };
}

function firstOf(zone: ZoneLists, index: SlabClass): SlabNumber {
  return PAGES.find((page) => isPartialOf(zone, page, index)) ?? (PAGES[0] as SlabNumber);
}

/** What `takeBlock` says of a page with `live` blocks of `count`. */
function saidOf({ live, count }: ZonePage): number {
  return live + 1 === count ? LAST_FREE : 0;
}

/** Every page that is kept is made an empty one, as it is before one is given or taken from. */
function allEmptied(zone: ZoneLists): ZoneLists {
  return CLASSES.reduce((each, index) => afterKeeping(each, index, firstOf(each, index)), zone);
}

/** What the steps make of `before`, where the heap did what is wished for, on `page`. */
function meant(before: ZoneLists, wished: Wish, page: SlabNumber): ZoneLists {
  if (wished.kind === "give") return afterGiving(allEmptied(before), page);
  if (wished.kind === "put") {
    const { index } = before.pages.get(page);
    return afterPut(before, page, isAloneIn(before, page, index), firstOf(before, index));
  }
  const { index } = wished;
  if (!hasNoPartial(before, index)) return afterTake(before, page, saidOf(before.pages.get(page)));
  const fresh = madeOf(index);
  const hasEmpty = before.empty.some(() => true);
  const emptied = hasEmpty ? before : allEmptied(before);
  const ready = emptied.pages.has(page) ? emptied : afterRefill(emptied, page, fresh);
  return afterOpening(ready, page, ready.empty.get(page), fresh, saidOf(fresh));
}

test("a heap does to its lists what the steps say, call by call, and has every page where it belongs", () => {
  let count = 0;
  const property = fc.property(wishes, (calls) => {
    const scene = new ZoneScene();
    for (const wished of calls) {
      const before = scene.lists();

      const page = scene.act(wished);

      if (page === undefined) continue;
      count += 1;
      expect(plain(scene.lists())).toEqual(plain(meant(before, wished, page)));
      expect(areListsRight(scene.lists())).toBe(true);
    }
  });

  fc.assert(property, { seed: 2, numRuns: 100 });

  expect(count).toBeGreaterThan(500);
});
