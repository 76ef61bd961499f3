/** Columns that hold a few sets of a TLB, full or not, with what is kept in them. */
import fc from "fast-check";
import { ANY_SPACE, type KeptInSlot, keepInSlot, PlainColumn, type Slot } from "#impl";
import { finiteMap } from "#support";
import type { FrameNumber, PageNumber } from "#units";
import type { TlbInColumns } from "./tlb-set.obligation.ts";

const SLOTS = 8;

/** Few pages, so that a set keeps one of them twice, and of each bit that is packed. */
export const keptPages: fc.Arbitrary<PageNumber> = fc
  .constantFrom(1, 2, 2 ** 20 + 1, 2 ** 36 - 1)
  .map((page) => page as PageNumber);

export const keptTranslations: fc.Arbitrary<KeptInSlot> = fc.record({
  page: keptPages,
  tag: fc.constantFrom(0, 1, 4095, ANY_SPACE),
  frame: fc.constantFrom(0, 7, 2 ** 19, 2 ** 20 - 1).map((frame) => frame as FrameNumber),
  rights: fc.constantFrom(0, 0x14, 0x100, 0xfff),
});

/** What is in the rows of slots in which nothing is kept is any number. */
export const tlbsInColumns: fc.Arbitrary<TlbInColumns> = fc
  .record({
    kept: fc.array(fc.option(keptTranslations, { freq: 4, nil: undefined }), {
      minLength: SLOTS,
      maxLength: SLOTS,
    }),
    ways: fc.constantFrom(1, 2, 4),
    turn: fc.nat(3),
    rest: fc.integer({ min: -1, max: 3 }),
  })
  .map(({ kept, ways, turn, rest }) => {
    const columns = {
      ways,
      lows: new PlainColumn(new Int32Array(SLOTS).fill(rest)),
      tops: new PlainColumn(new Int32Array(SLOTS).fill(-1)),
      cells: new PlainColumn(new Int32Array(SLOTS).fill(rest)),
      turns: new PlainColumn(new Int32Array(SLOTS / ways).fill(turn % ways)),
    };
    kept.forEach((each, slot) => {
      if (each === undefined) return;
      const { page, tag, frame, rights } = each;
      const high = Math.floor(page / 2 ** 20);
      keepInSlot(columns, slot, high, page % 2 ** 20, tag, frame, rights);
    });
    const slots = finiteMap(
      kept.flatMap((each, slot) => (each === undefined ? [] : [[slot as Slot, each] as const])),
    );
    return { columns, slots };
  });
