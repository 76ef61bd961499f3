/**
 * The steps that are proved of one set, in step with the TLB that a core has: whatever is filled,
 * invalidated and dropped, both keep the same translations in the same slots, and find the same.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type CoreId,
  type FrameNumber,
  firstByteOf,
  highWord,
  lowWord,
  type PageNumber,
  type Word32,
} from "#units";
import type { PageRights } from "./page-rights.ts";
import { GLOBAL } from "./page-table-entry.ts";
import { PlainColumn } from "./plain-column.ts";
import { Tlb } from "./tlb.ts";
import { ANY_SPACE, NO_SLOT } from "./tlb-bank.ts";
import {
  dropFromSlot,
  fillSet,
  findInSet,
  invalidateInSet,
  isEmptySlot,
  placeInSet,
  type TlbColumns,
} from "./tlb-set.ts";

const SETS = 2;
const WAYS = 4;
const SLOTS = SETS * WAYS;
const RIGHTS = 0x14;

/** Pages of both sets, some of which differ in one of their upper bits alone. */
const pages = fc
  .constantFrom(0, 1, 2, 3, 4, 5, 6, 2 ** 20, 2 ** 20 + 1, 2 ** 35, 2 ** 36 - 1)
  .map((page) => page as PageNumber);

const frames = fc.constantFrom(0, 7, 2 ** 19, 2 ** 20 - 1).map((frame) => frame as FrameNumber);

interface Wish {
  readonly kind: "fill" | "invalidate" | "evict";
  readonly page: PageNumber;
  readonly space: number;
  readonly isGlobal: boolean;
  readonly frame: FrameNumber;
  readonly slot: number;
}

const wishes: fc.Arbitrary<readonly Wish[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("fill", "fill", "fill", "fill", "invalidate", "evict"),
    page: pages,
    space: fc.nat(2),
    isGlobal: fc.boolean(),
    frame: frames,
    slot: fc.nat(SLOTS - 1),
  }),
  { maxLength: 40 },
);

/** The words of the first address of `page`, the lower one with a sign. */
function wordsOf(page: PageNumber): { readonly high: number; readonly low: number } {
  const first = firstByteOf(page);
  return { high: highWord(first), low: lowWord(first) | 0 };
}

class Scene {
  readonly tlb: Tlb;
  readonly columns: TlbColumns = {
    lows: new PlainColumn(new Int32Array(SLOTS)),
    tops: new PlainColumn(new Int32Array(SLOTS).fill(-1)),
    cells: new PlainColumn(new Int32Array(SLOTS)),
  };
  readonly #turns: number[] = [0, 0];

  constructor() {
    const [size, other] = [
      { sets: SETS, ways: WAYS },
      { sets: 1, ways: 1 },
    ];
    this.tlb = new Tlb(0 as CoreId, { small: size, large: other, largest: other });
  }

  /** Where each finds `page`: the TLB first, then the columns. */
  found(page: PageNumber, space: number): readonly [number, number] {
    const { high, low } = wordsOf(page);
    return [
      this.tlb.small.find(high, low, space),
      findInSet(this.columns, page % SETS, page, space),
    ];
  }

  act(wish: Wish): void {
    const { kind, page, space, slot } = wish;
    if (kind === "fill") {
      this.#fill(wish);
    } else if (kind === "invalidate") {
      this.tlb.invalidate(page, space);
      invalidateInSet(this.columns, page % SETS, page, space);
    } else if (!this.tlb.small.isEmpty(slot)) {
      this.tlb.evict(1, slot);
      dropFromSlot(this.columns, slot);
    }
  }

  #fill({ page, space, isGlobal, frame }: Wish): void {
    const rights = (RIGHTS + (isGlobal ? GLOBAL : 0)) as PageRights;
    const { high, low } = wordsOf(page);
    this.tlb.fill(high, low, space, 1, frame, rights);
    const tag = isGlobal ? ANY_SPACE : space;
    const cell = (frame * 4096 + rights) as Word32;
    fillSet(this.columns, page % SETS, this.#turn(page, space), page, space, tag, cell);
  }

  /** Whose turn it is in the set of `page`; a set that is full, and has no such page, goes on. */
  #turn(page: PageNumber, space: number): number {
    const set = page % SETS;
    const turn = this.#turns[set] ?? 0;
    const isKept = findInSet(this.columns, set, page, space) !== NO_SLOT;
    const isFull = !isEmptySlot(this.columns, placeInSet(this.columns, set, turn));
    if (isFull && !isKept) this.#turns[set] = (turn + 1) % WAYS;
    return turn;
  }

  /** What each keeps in `slot`. */
  kept(slot: number): readonly [readonly number[], readonly number[]] {
    const { lows, tops, cells } = this.columns;
    const { small } = this.tlb;
    const page = lows.read(slot) + (tops.read(slot) % 2 ** 16) * 2 ** 20;
    const tag = Math.floor(tops.read(slot) / 2 ** 16);
    return [
      small.isEmpty(slot)
        ? []
        : [
            small.firstAt(slot) / 4096,
            small.spaceAt(slot),
            small.frameAt(slot),
            small.rightsAt(slot),
          ],
      isEmptySlot(this.columns, slot)
        ? []
        : [page, tag, cells.read(slot) >>> 12, cells.read(slot) & 0xfff],
    ];
  }
}

test("a TLB and the columns of its sets keep, find, replace and drop the same translations", () => {
  const property = fc.property(wishes, pages, fc.nat(2), (steps, page, space) => {
    const scene = new Scene();

    for (const step of steps) {
      scene.act(step);

      const [inTlb, inColumns] = scene.found(page, space);
      expect(inColumns).toBe(inTlb);
    }

    for (let slot = 0; slot < SLOTS; slot++) {
      const [inTlb, inColumns] = scene.kept(slot);
      expect(inColumns).toEqual(inTlb);
    }
  });

  fc.assert(property, { seed: 1, numRuns: 500 });
});
