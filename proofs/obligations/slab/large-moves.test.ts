/** The theorems about blocks with pages of their own, and about blocks that stay where they are, run on a few blocks. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SlabClass } from "#impl";
import type { Block, SystemState } from "#spec";
import { finiteMap } from "#support";
import type {
  Address,
  Alignment,
  BlockName,
  ByteCount,
  HeapId,
  PageNumber,
  PageUse,
  UnitCount,
  UnitNumber,
} from "#units";
import { spokenIn } from "../../replay/theorem-property.ts";
import type { OneOfBlocks } from "../heap/one-of-blocks.ts";
import { aSystemAndMove } from "../system/system.arbitrary.ts";
import * as answers from "./block-answers.obligation.ts";
import * as large from "./large-moves.obligation.ts";
import { slabClasses } from "./slab.arbitrary.ts";

const spoken = spokenIn({ seed: 1, numRuns: 300, maxSkipsPerRun: 2000 });
const SLOT = 16_384;

const sizes = fc.oneof(fc.nat(16_384), fc.nat(200)).map((size) => size as ByteCount);
const aligns = fc.nat(15).map((power) => (2 ** power) as Alignment);
const pages = fc.nat(4).map((page) => page as PageNumber);
const heaps = fc.nat(2).map((heap) => heap as HeapId);
const names = fc.nat(2).map((name) => name as BlockName);
const systems = fc.constantFrom(...fc.sample(aSystemAndMove, { seed: 6, numRuns: 300 }));

/** Up to four blocks, each alone in 16384 bytes of its own, and one of them. */
const ones: fc.Arbitrary<OneOfBlocks> = fc
  .tuple(fc.array(fc.tuple(sizes, aligns), { minLength: 1, maxLength: 4 }), fc.nat(3))
  .map(([wishes, pick]) => {
    const blocks = wishes.map(([size, align], slot): [BlockName, Block] => {
      const name = slot as BlockName;
      return [name, { name, start: (SLOT * slot) as Address, size, align, reach: size }];
    });
    const extent = { start: 0 as Address, size: (SLOT * 8) as ByteCount };
    const name = (pick % blocks.length) as BlockName;
    return {
      blocks: finiteMap(blocks),
      dead: finiteMap([]),
      requested: 99_999 as ByteCount,
      extent,
      name,
    };
  });

/** Whoever has `page`, or the first heap. */
function ownerOf({ pages: known }: SystemState, page: PageNumber): HeapId {
  return known.has(page) ? known.get(page).owner : (0 as HeapId);
}

// biome-ignore format: one theorem per line
describe("a block with pages of its own", () => {
  const given = fc.tuple(systems, heaps, pages, pages);
  const lying = fc.tuple(systems.filter(([{ phase }]) => phase === "per-core"), pages, fc.nat(1));
  const back = fc.tuple(systems, names, pages);
  const use = 1 as PageUse;

  test.each([
    ["largePagesBeginAtTheirAlignment", () => spoken(fc.tuple(aligns, pages, pages), ([a, first, more]) => large.largePagesBeginAtTheirAlignment(a, { first: first as number as UnitNumber, count: (1 + more) as UnitCount }))],
    ["largePagesAreGivenOneByOne", () => spoken(given, ([[system], h, f, p]) => large.largePagesAreGivenOneByOne(system, h, f, p, use))],
    ["largeBlockIsPlacedInItsPages", () => spoken(lying, ([[system], p, m]) => large.largeBlockIsPlacedInItsPages(system, ownerOf(system, p), 9 as BlockName, p, (p + m) as PageNumber, p))],
    ["largePagesAreGivenBack", () => spoken(back, ([[system], n, p]) => large.largePagesAreGivenBack(system, n, p))],
  ])("%s of a few blocks", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(3);
  });
});

// biome-ignore format: one theorem per line
describe("a block that stays where it is", () => {
  const slab = fc.tuple(ones, slabClasses.map((index) => Math.max(24, index) as SlabClass), sizes);

  test.each([
    ["slabUsableSizeIsAdmitted", () => spoken(slab, ([o, c]) => answers.slabUsableSizeIsAdmitted(o, c))],
    ["resizedSlabBlockIsAdmitted", () => spoken(slab, ([o, c, s]) => answers.resizedSlabBlockIsAdmitted(o, c, s))],
    ["largeUsableSizeIsAdmitted", () => spoken(ones, (o) => answers.largeUsableSizeIsAdmitted(o))],
    ["resizedLargeBlockIsAdmitted", () => spoken(slab, ([o, , s]) => answers.resizedLargeBlockIsAdmitted(o, s))],
  ])("%s of a few blocks", (_, timesSpoken) => {
    expect(timesSpoken()).toBeGreaterThan(3);
  });
});
