/**
 * What a bank adds to the steps that are proved of one set: it finds a page where these keep it, whatever was
 * filled, invalidated and dropped before, and counts what is kept.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FrameNumber, firstByteOf, highWord, lowWord, type PageNumber } from "#units";
import type { PageRights } from "./page-rights.ts";
import { GLOBAL } from "./page-table-entry.ts";
import { TlbBank } from "./tlb-bank.ts";
import { ANY_SPACE, NO_SLOT } from "./tlb-set.ts";

const SETS = 2;

/** Pages of both sets, some of which differ in one of their upper bits alone. */
const pages = fc
  .constantFrom(0, 1, 2, 3, 4, 5, 6, 2 ** 20, 2 ** 20 + 1, 2 ** 35, 2 ** 36 - 1)
  .map((page) => page as PageNumber);

interface Wish {
  readonly kind: "fill" | "invalidate" | "drop";
  readonly page: PageNumber;
  readonly space: number;
  readonly frame: FrameNumber;
  readonly rights: PageRights;
}

const wishes: fc.Arbitrary<readonly Wish[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("fill", "fill", "fill", "fill", "invalidate", "drop"),
    page: pages,
    space: fc.constantFrom(0, 1, 4095),
    frame: fc.constantFrom(0, 7, 2 ** 19, 2 ** 20 - 1).map((frame) => frame as FrameNumber),
    rights: fc.constantFrom(0x14, 0x14 + GLOBAL).map((rights) => rights as PageRights),
  }),
  { maxLength: 40 },
);

/** The words of the first address of `page`, the lower one with a sign. */
function wordsOf(page: PageNumber): readonly [high: number, low: number] {
  const first = firstByteOf(page);
  return [highWord(first), lowWord(first) | 0];
}

function act(bank: TlbBank, { kind, page, space, frame, rights }: Wish): void {
  const [high, low] = wordsOf(page);
  if (kind === "fill") bank.fill(high, low, space, frame, rights);
  if (kind === "invalidate") bank.invalidate(high, low, space);
  const slot = bank.find(high, low, space);
  if (kind === "drop" && slot !== NO_SLOT) bank.drop(slot);
}

/** The first slot of the page's set that keeps `page` under `tag`, by what the bank shows of each slot. */
function slotOf(bank: TlbBank, ways: number, page: PageNumber, tag: number): number {
  const first = (page % SETS) * ways;
  const slots = Array.from({ length: ways }, (_, way) => first + way);
  const isIt = (slot: number): boolean =>
    !bank.isEmpty(slot) && bank.firstAt(slot) === page * 4096 && bank.spaceAt(slot) === tag;
  return slots.find(isIt) ?? NO_SLOT;
}

test.each([1, 2, 4, 6])("a bank of %d ways finds a page where it keeps it", (ways) => {
  const property = fc.property(wishes, pages, fc.constantFrom(0, 1, 4095), (steps, page, space) => {
    const bank = new TlbBank({ sets: SETS, ways }, 12);

    for (const step of steps) {
      act(bank, step);

      const own = slotOf(bank, ways, page, space);
      const slot = own === NO_SLOT ? slotOf(bank, ways, page, ANY_SPACE) : own;
      expect(bank.find(...wordsOf(page), space)).toBe(slot);
    }
  });

  fc.assert(property, { seed: 1, numRuns: 300 });
});

test("a bank counts what it keeps, and shows of a page what was filled last", () => {
  const property = fc.property(wishes, (steps) => {
    const bank = new TlbBank({ sets: SETS, ways: 2 }, 12);

    for (const step of steps) {
      act(bank, step);

      const slots = Array.from({ length: bank.slotCount }, (_, slot) => slot);
      expect(bank.count()).toBe(slots.filter((slot) => !bank.isEmpty(slot)).length);
      if (step.kind !== "fill") continue;
      const slot = bank.find(...wordsOf(step.page), step.space);
      expect([bank.frameAt(slot), bank.rightsAt(slot)]).toEqual([step.frame, step.rights]);
    }
  });

  fc.assert(property, { seed: 1, numRuns: 300 });
});

test("a large page is found by every address that it has", () => {
  const bank = new TlbBank({ sets: 2, ways: 2 }, 21);
  bank.fill(3, 0x7654_3210, 1, 5 as FrameNumber, 0x14 as PageRights);

  const [first, inside, behind] = [0x7640_0000, 0x765f_ffff, 0x7660_0000].map((low) =>
    bank.find(3, low, 1),
  );

  expect(first).not.toBe(NO_SLOT);
  expect([inside, behind]).toEqual([first, NO_SLOT]);
});
