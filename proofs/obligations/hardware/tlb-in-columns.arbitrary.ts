/** Columns that hold two sets of a TLB, full or not, with what is kept in them. */
import fc from "fast-check";
import { ANY_SPACE, type KeptInSlot, keepInSlot, PlainColumn, type Slot } from "#impl";
import { finiteMap } from "#support";
import type { PageNumber, Word32 } from "#units";
import type { TlbInColumns } from "./tlb-set.obligation.ts";

const SLOTS = 8;

/** Few pages, so that a set keeps one of them twice, and of each bit that is packed. */
export const keptPages: fc.Arbitrary<PageNumber> = fc
  .constantFrom(1, 2, 2 ** 20 + 1, 2 ** 36 - 1)
  .map((page) => page as PageNumber);

export const keptTranslations: fc.Arbitrary<KeptInSlot> = fc.record({
  page: keptPages,
  tag: fc.constantFrom(0, 1, 4095, ANY_SPACE),
  cell: fc.constantFrom(0, 0x7014, 2 ** 31, 2 ** 32 - 1).map((cell) => cell as Word32),
});

/** What is in the rows of slots in which nothing is kept is any number. */
export const tlbsInColumns: fc.Arbitrary<TlbInColumns> = fc
  .record({
    kept: fc.array(fc.option(keptTranslations, { freq: 4, nil: undefined }), {
      minLength: SLOTS,
      maxLength: SLOTS,
    }),
    rest: fc.integer({ min: -1, max: 3 }),
  })
  .map(({ kept, rest }) => {
    const columns = {
      lows: new PlainColumn(new Int32Array(SLOTS).fill(rest)),
      tops: new PlainColumn(new Int32Array(SLOTS).fill(-1)),
      cells: new PlainColumn(new Int32Array(SLOTS).fill(rest)),
    };
    kept.forEach((each, slot) => {
      if (each !== undefined) keepInSlot(columns, slot, each.page, each.tag, each.cell);
    });
    const slots = finiteMap(
      kept.flatMap((each, slot) => (each === undefined ? [] : [[slot as Slot, each] as const])),
    );
    return { columns, slots };
  });
