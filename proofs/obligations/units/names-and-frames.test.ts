/** The theorems about names and frames, run on the real functions, at the ends of what there is. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FrameNumber, PageName, PageNumber, PhysicalAddress, SpaceId } from "#units";
import * as theorems from "./names-and-frames.obligation.ts";

const spaces = fc.constantFrom(0, 1, 2 ** 16 - 1).map((space) => space as SpaceId);
const pages = fc
  .constantFrom(0, 1, 2 ** 35 - 1, 2 ** 35, 2 ** 36 - 1)
  .map((page) => page as PageNumber);
const names = fc.bigInt(0n, 2n ** 52n - 1n).map((name) => Number(name) as PageName);
const addresses = fc.bigInt(0n, 2n ** 52n - 1n).map((at) => Number(at) as PhysicalAddress);

const bytesAndFrames = fc
  .tuple(addresses, fc.integer({ min: -1, max: 1 }))
  .map(([at, by]): [PhysicalAddress, FrameNumber] => {
    return [at, Math.max(0, Math.floor(at / 4096) + by) as FrameNumber];
  });

/** Whether `theorem` is true of everything that is drawn. */
function isTrueOf<Drawn extends unknown[]>(
  drawn: fc.Arbitrary<Drawn>,
  theorem: (...drawn: Drawn) => boolean,
): boolean {
  return fc.sample(drawn, { seed: 1, numRuns: 500 }).every((given) => theorem(...given));
}

// biome-ignore format: one theorem per line
test.each([
  ["namesSayPageAndSpace", () => isTrueOf(fc.tuple(spaces, pages), theorems.namesSayPageAndSpace)],
  ["everyNameIsOfAPage", () => isTrueOf(fc.tuple(names), theorems.everyNameIsOfAPage)],
  ["upperHalfIsSharedByAll", () => isTrueOf(fc.tuple(spaces, pages), theorems.upperHalfIsSharedByAll)],
  ["byteIsInItsFrameAlone", () => isTrueOf(bytesAndFrames, theorems.byteIsInItsFrameAlone)],
])("%s is true of the real functions", (_, isTrue) => {
  expect(isTrue()).toBe(true);
});
