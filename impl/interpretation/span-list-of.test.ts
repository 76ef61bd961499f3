/**
 * The real span table, driven by random calls: its columns hold, for each class, the list that the
 * meaning of each call says, and they are well-formed as the theorems have it.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { SizeClassIndex } from "../heap/size-class.ts";
import { linkSpan, unlinkSpan } from "../heap/span-links.ts";
import { SpanTable } from "../heap/span-table.ts";
import { isFirstSpanAt, isSpanListAt, type Span } from "./span-list-meaning.ts";
import { spanListOf, spansFrom } from "./span-list-of.ts";

const PAGES = Array.from({ length: 6 }, (_, page) => page as Span);
const CLASSES = [0, 3, 8].map((index) => index as SizeClassIndex);

interface Wish {
  readonly kind: "open" | "close" | "link" | "unlink";
  readonly page: Span;
  readonly index: SizeClassIndex;
}

const wishes: fc.Arbitrary<readonly Wish[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("open", "open", "close", "link", "unlink"),
    page: fc.constantFrom(...PAGES),
    index: fc.constantFrom(...CLASSES),
  }),
  { maxLength: 40 },
);

/** A table, and for each class the spans with room that it must have, the first in front. */
class Scene {
  readonly table: SpanTable = new SpanTable(PAGES.length);
  readonly meant: Map<SizeClassIndex, readonly Span[]> = new Map(CLASSES.map((each) => [each, []]));

  /** The spans of class `index` that the table has, the first in front. */
  spansOf(index: SizeClassIndex): readonly Span[] {
    return spansFrom(this.table.store().columns.next, this.table.firstOf(index));
  }

  /** Puts `page` into the spans of its class with room, or takes it out of them. */
  relink(change: typeof linkSpan, page: Span, index: SizeClassIndex): void {
    const { columns, first } = this.table.store();
    first.write(index, change(columns.next, columns.previous, first.read(index), page));
  }

  /** Does what is wished for, on a page where that may be. */
  act({ kind, page, index }: Wish): void {
    const spans = this.meant.get(index) ?? [];
    const isOpen = this.table.classOf(page) === index;
    if (kind === "open" ? this.table.classOf(page) !== -1 : !isOpen) return;
    if (kind !== "open" && spans.includes(page) === (kind === "link")) return;

    if (kind === "open" || kind === "close") this.table[kind](page, index);
    else this.relink(kind === "link" ? linkSpan : unlinkSpan, page, index);
    const isPutIn = kind === "open" || kind === "link";
    this.meant.set(index, isPutIn ? [page, ...spans] : spans.filter((each) => each !== page));
  }
}

test("the columns hold the list that each call means, for every class", () => {
  const property = fc.property(wishes, (calls) => {
    const scene = new Scene();

    for (const wish of calls) {
      scene.act(wish);

      expect(CLASSES.map((index) => scene.spansOf(index))).toEqual([...scene.meant.values()]);
    }
  });

  fc.assert(property, { seed: 1, numRuns: 500 });
});

test("the columns are well-formed as far as any two spans can tell", () => {
  const property = fc.property(wishes, (calls) => {
    const scene = new Scene();
    for (const wish of calls) scene.act(wish);
    const { next, previous } = scene.table.store().columns;

    const isListed = CLASSES.every((index) => {
      const list = spanListOf(scene.spansOf(index));
      const first = scene.table.firstOf(index);
      return PAGES.every(
        (one) =>
          isFirstSpanAt(list, first, one) &&
          PAGES.every((other) => isSpanListAt(list, next, previous, one, other)),
      );
    });

    expect(isListed).toBe(true);
  });

  fc.assert(property, { seed: 2, numRuns: 300 });
});

test("columns are not well-formed if one number in a row of the list is another", () => {
  const cells = fc.record({
    page: fc.constantFrom(...PAGES),
    value: fc.integer({ min: -2, max: 6 }),
  });
  const property = fc.property(wishes, cells, fc.boolean(), (calls, { page, value }, isNext) => {
    const scene = new Scene();
    for (const wish of calls) scene.act(wish);
    const { next, previous } = scene.table.store().columns;
    const index = CLASSES.find((each) => scene.spansOf(each).includes(page));
    fc.pre(index !== undefined);
    const list = spanListOf(scene.spansOf(index as SizeClassIndex));
    const column = isNext ? next : previous;
    fc.pre(column.read(page) !== value);

    column.write(page, value);

    expect(PAGES.every((other) => isSpanListAt(list, next, previous, page, other))).toBe(false);
  });

  fc.assert(property, { seed: 3, numRuns: 300 });
});
