import { describe, expect, test } from "vitest";
import { InvariantViolation } from "#support";
import {
  type CoreId,
  firstByteOf,
  frameNumber,
  highWord,
  type LeafLevel,
  lowWord,
  type PageNumber,
} from "#units";
import { DEAF_HARDWARE, type HardwareObserver } from "./hardware-observer.ts";
import type { PageRights } from "./page-rights.ts";
import { GLOBAL } from "./page-table-entry.ts";
import { Tlb } from "./tlb.ts";
import { TlbBank } from "./tlb-bank.ts";
import { ANY_SPACE, NO_SLOT } from "./tlb-set.ts";

const READS = 0x14 as PageRights;
const GLOBALLY = (READS | GLOBAL) as PageRights;

/** A TLB of one set of `ways` of each size. */
function smallTlb(ways: number, observer?: HardwareObserver): Tlb {
  const size = { sets: 1, ways };
  return new Tlb(0 as CoreId, { small: size, large: size, largest: size }, observer);
}

function fill(tlb: Tlb, page: number, space = 1, level: LeafLevel = 1, rights = READS): void {
  const address = firstByteOf(page as PageNumber);
  tlb.fill(highWord(address), lowWord(address), space, level, frameNumber(7), rights);
}

function keeps(tlb: Tlb, page: number, space = 1, level: LeafLevel = 1): boolean {
  const address = firstByteOf(page as PageNumber);
  return tlb.bank(level).find(highWord(address), lowWord(address), space) !== NO_SLOT;
}

const pagesOf = (tlb: Tlb): readonly number[] => tlb.kept().map(({ page }) => page);

describe("a TLB", () => {
  test("keeps a page for its address space, and a global page for all of them", () => {
    const tlb = smallTlb(2);

    fill(tlb, 5, 1);
    fill(tlb, 6, 1, 1, GLOBALLY);

    expect([keeps(tlb, 5, 1), keeps(tlb, 5, 2)]).toEqual([true, false]);
    expect([keeps(tlb, 6, 1), keeps(tlb, 6, 2)]).toEqual([true, true]);
    expect(tlb.kept().map(({ space }) => space)).toEqual([1, ANY_SPACE]);
  });

  test("replaces the ways of a full set in turn", () => {
    const tlb = smallTlb(3);

    const kept = [1, 2, 3, 4, 5, 6, 7].map((page) => {
      fill(tlb, page);
      return pagesOf(tlb).toSorted();
    });

    expect(kept.slice(2)).toEqual([
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 5],
      [4, 5, 6],
      [5, 6, 7],
    ]);
  });

  test("keeps one translation of a page, the last that was found", () => {
    const tlb = smallTlb(2);

    fill(tlb, 5);
    tlb.fill(0, 5 * 4096, 1, 1, frameNumber(9), READS);

    expect(tlb.kept().map(({ frame }) => frame)).toEqual([9]);
  });

  test("keeps a page once for whoever is in a space, also if it kept it for the space and for all", () => {
    const heard: number[] = [];
    const tlb = smallTlb(4, { ...DEAF_HARDWARE, evicted: (_, space) => heard.push(space) });
    fill(tlb, 5, 1);
    fill(tlb, 5, 2, 1, GLOBALLY);
    const before = tlb.kept().map(({ space }) => space);

    fill(tlb, 5, 1, 1, GLOBALLY);

    expect(before).toEqual([1, ANY_SPACE]);
    expect(tlb.kept().map(({ space }) => space)).toEqual([ANY_SPACE]);
    expect(heard).toEqual([1, ANY_SPACE]);
  });

  test("forgets a page that is invalidated, of every size and for all spaces, and no other", () => {
    const tlb = smallTlb(4);
    fill(tlb, 513, 1);
    fill(tlb, 513, 2);
    fill(tlb, 513, 3, 1, GLOBALLY);
    fill(tlb, 514, 1);
    fill(tlb, 512, 1, 2);
    fill(tlb, 0, 1, 3);

    tlb.invalidate(513 as PageNumber, 1);

    expect(tlb.kept().map(({ page, space }) => [page, space])).toEqual([
      [513, 2],
      [514, 1],
    ]);
  });

  test("keeps global pages when an address space is flushed, and none when all are", () => {
    const tlb = smallTlb(4);
    fill(tlb, 5, 1);
    fill(tlb, 6, 2);
    fill(tlb, 7, 1, 1, GLOBALLY);

    tlb.flushSpace(1);
    const left = pagesOf(tlb);
    tlb.flushAll();

    expect([left, pagesOf(tlb)]).toEqual([[6, 7], []]);
  });

  test("finds a page in the upper half, whatever its tag is", () => {
    const tlb = smallTlb(1);
    const page = 2 ** 36 - 1;

    fill(tlb, page, 4095);

    expect([keeps(tlb, page, 4095), keeps(tlb, page, 4094)]).toEqual([true, false]);
    expect(tlb.kept()).toMatchObject([{ page, space: 4095, frame: 7, rights: READS }]);
  });
});

test("a bank keeps frames of memory alone, and drops only what it keeps", () => {
  const bank = new TlbBank({ sets: 1, ways: 1 }, 12);

  expect(() => bank.fill(0, 4096, 0, frameNumber(2 ** 20), READS)).toThrow(InvariantViolation);
  expect(() => bank.drop(0)).toThrow(InvariantViolation);
});
