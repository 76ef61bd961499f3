/** The theorems about large blocks, run on pages that are drawn. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { finiteMap } from "#support";
import type { Address, Alignment, BlockName, ByteCount } from "#units";
import { spokenIn } from "../../replay/theorem-property.ts";
import {
  type LargePage,
  largeBlockIsAdmitted,
  largePagesAreThoseOfTheBytes,
} from "./large-block.obligation.ts";

const RUNS = { seed: 1, numRuns: 300, maxSkipsPerRun: 1000 };
const spoken = spokenIn(RUNS);
const PAGE_SIZE = 4096;

const sizes = fc.oneof(
  fc.nat(3 * PAGE_SIZE),
  fc.nat(4).map((count) => count * PAGE_SIZE),
);

test("largeBlockIsAdmitted of blocks in other pages", () => {
  const drawn = fc.record({
    size: sizes,
    power: fc.nat(14),
    page: fc.nat(9),
    others: fc.uniqueArray(fc.nat(9), { maxLength: 5 }),
  });
  const times = spoken(drawn, ({ size, power, page, others }) => {
    const blocks = others.map((at, index) => {
      const name = index as BlockName;
      const [start, reach] = [(PAGE_SIZE * at) as Address, PAGE_SIZE as ByteCount];
      return [name, { name, start, size: reach, reach, align: 8 as Alignment }] as const;
    });
    // biome-ignore format: the heap, the request and the pages, a line each
    return largeBlockIsAdmitted(
      finiteMap(blocks), finiteMap(), 0 as ByteCount, undefined,
      99 as BlockName, size as ByteCount, (2 ** power) as Alignment,
      page as LargePage, 0 as LargePage, 12 as LargePage,
    );
  });

  expect(times).toBeGreaterThan(50);
});

test("largePagesAreThoseOfTheBytes of sizes around whole pages", () => {
  const property = fc.property(sizes, (size) => largePagesAreThoseOfTheBytes(size as ByteCount));

  fc.assert(property, RUNS);
});
