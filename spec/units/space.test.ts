import fc from "fast-check";
import { expect, test } from "vitest";
import type { PageNumber } from "./page.ts";
import { KERNEL_SPACE, nameSeenIn, pageIn, pageName, type SpaceId, spaceOf } from "./space.ts";

const aSpace = fc.nat(2 ** 16 - 1).map((id) => id as SpaceId);
const aPage = fc.maxSafeNat().map((number) => (number % 2 ** 36) as PageNumber);

test("the name of a page comes apart into its space and its number", () => {
  const property = fc.property(aSpace, aPage, (space, page) => {
    const name = pageName(space, page);

    expect([spaceOf(name), pageIn(name)]).toEqual([space, page]);
  });

  fc.assert(property, { seed: 1, numRuns: 1000 });
});

test("the last page of a space and the first of the next have names beside each other", () => {
  const last = pageName(1 as SpaceId, (2 ** 36 - 1) as PageNumber);
  const first = pageName(2 as SpaceId, 0 as PageNumber);

  expect([first - last, spaceOf(last), spaceOf(first)]).toEqual([1, 1, 2]);
});

// biome-ignore format: one page per line
test.each<[string, number, number]>([
  ["the first page of the lower half is the space's own", 0,           7],
  ["the last page of the lower half is the space's own",  2 ** 35 - 1, 7],
  ["the first page of the upper half is the kernel's",    2 ** 35,     0],
  ["the last page of the upper half is the kernel's",     2 ** 36 - 1, 0],
])("%s", (_, page, space) => {
  const name = nameSeenIn(7 as SpaceId, page as PageNumber);

  expect([spaceOf(name), pageIn(name), KERNEL_SPACE]).toEqual([space, page, 0]);
});
