/** The theorems that end at the judge, run on real heaps with a few live blocks. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, NOTHING_SEEN } from "#spec";
import { finiteMap } from "#support";
import type { Address, Alignment, BlockName, ByteCount } from "#units";
import { isTrueOrVacuous } from "../../replay/theorem-property.ts";
import { carvedBlockIsAdmitted } from "./carved-block.obligation.ts";
import {
  freedBlockIsAdmitted,
  resizedBlockIsAdmitted,
  usableSizeIsAdmitted,
} from "./hole-list-answers.obligation.ts";

type Low = Parameters<typeof carvedBlockIsAdmitted>[5];
type OneOfBlocks = Parameters<typeof freedBlockIsAdmitted>[0];

const SLOT = 128;

/** Up to six blocks, each alone in 128 bytes of its own. */
const heaps = fc
  .array(fc.record({ size: fc.nat(60), slot: fc.nat(7), power: fc.nat(5) }), { maxLength: 6 })
  .map((wishes) => {
    const blocks = wishes.map(({ size, slot, power }, index): readonly [BlockName, Block] => [
      index as BlockName,
      {
        name: index as BlockName,
        start: (slot * SLOT) as Address,
        size: size as ByteCount,
        align: (2 ** power) as Alignment,
        reach: size as ByteCount,
      },
    ]);
    const isFirst = (block: Block, index: number): boolean =>
      blocks.findIndex(([, { start }]) => start === block.start) === index;
    return blocks.filter(([, block], index) => isFirst(block, index));
  });

const numbers = fc.tuple(fc.nat(7), fc.nat(60), fc.nat(60), fc.nat(6));

describe("the judge admits", () => {
  test.each([
    ["a block that is freed", (one: OneOfBlocks) => freedBlockIsAdmitted(one, NOTHING_SEEN)],
    ["the usable size of a block", (one: OneOfBlocks) => usableSizeIsAdmitted(one)],
    [
      "a block that is resized",
      (one: OneOfBlocks, above: number, size: number) =>
        resizedBlockIsAdmitted(one, (8 * above) as ByteCount, size as ByteCount),
    ],
    [
      "a block that is carved",
      ({ blocks, dead, requested, name }: OneOfBlocks, slot: number, size: number, power: number) =>
        carvedBlockIsAdmitted(
          blocks,
          dead,
          requested,
          undefined,
          (name + 100) as BlockName,
          size as Low,
          (2 ** power) as Alignment,
          0 as Low,
          (8 * SLOT) as Low,
          (8 * slot + 64) as Low,
          64 as Low,
        ),
    ],
  ])("%s", (_, theorem) => {
    const property = fc.property(heaps, numbers, (entries, [index, size, above, power]) => {
      const one = {
        blocks: finiteMap(entries),
        dead: finiteMap<BlockName, Address>([]),
        requested: entries.reduce((sum, [, block]) => sum + block.size, 0) as ByteCount,
        extent: { start: 0 as Address, size: (8 * SLOT) as ByteCount },
        name: (entries[index]?.[0] ?? 0) as BlockName,
      };

      expect(isTrueOrVacuous(() => theorem(one, above, size, power))).toBe(true);
    });

    fc.assert(property, { seed: 1, numRuns: 1000, maxSkipsPerRun: 1000 });
  });
});
